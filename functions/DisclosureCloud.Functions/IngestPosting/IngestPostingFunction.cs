using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.IngestPosting;

/// <summary>For each message of the queue <c>postings</c>: takes the posting, or keeps its refusal for its department.</summary>
internal static class IngestPostingFunction
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapQueue<MessageIntake>("IngestPosting", (intake, text, cancellationToken) => intake.TakeAsync(text, cancellationToken));
}
