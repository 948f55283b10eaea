using DisclosureCloud.Functions.ApprovePosting;
using DisclosureCloud.Functions.GetHealth;
using DisclosureCloud.Functions.GetKindSchema;
using DisclosureCloud.Functions.GetOpenApi;
using DisclosureCloud.Functions.GetPosting;
using DisclosureCloud.Functions.GetPostings;
using DisclosureCloud.Functions.PostNotice;
using DisclosureCloud.Functions.PostPosting;
using DisclosureCloud.Functions.RejectPosting;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Every function that is mapped. A test holds this list, the folders and their <c>function.json</c> together.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        PostPostingFunction.Map(routes);
        PostNoticeFunction.Map(routes);
        GetPostingFunction.Map(routes);
        GetPostingsFunction.Map(routes);
        ApprovePostingFunction.Map(routes);
        RejectPostingFunction.Map(routes);
        GetHealthFunction.Map(routes);
        GetKindSchemaFunction.Map(routes);
        GetOpenApiFunction.Map(routes);
    }
}
