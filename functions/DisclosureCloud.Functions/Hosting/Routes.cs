using DisclosureCloud.Functions.ApprovePosting;
using DisclosureCloud.Functions.GetHealth;
using DisclosureCloud.Functions.GetKindSchema;
using DisclosureCloud.Functions.GetOpenApi;
using DisclosureCloud.Functions.GetPosting;
using DisclosureCloud.Functions.GetPostings;
using DisclosureCloud.Functions.PostNotice;
using DisclosureCloud.Functions.PostPosting;
using DisclosureCloud.Functions.PublishSite;
using DisclosureCloud.Functions.Reconcile;
using DisclosureCloud.Functions.RejectPosting;
using DisclosureCloud.Functions.TurnDay;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Every function that there is. A test holds this list, the folders and their <c>function.json</c> together.</summary>
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

    /// <summary>What the Functions host calls by its triggers. Only behind it: by itself the app would let anybody call them.</summary>
    public static void MapTriggers(IEndpointRouteBuilder routes)
    {
        ReconcileFunction.Map(routes);
        PublishSiteFunction.Map(routes);
        TurnDayFunction.Map(routes);
    }
}
