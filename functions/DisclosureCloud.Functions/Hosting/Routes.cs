using DisclosureCloud.Functions.AnswerComplaint;
using DisclosureCloud.Functions.ApplyBulk;
using DisclosureCloud.Functions.ApprovePosting;
using DisclosureCloud.Functions.FollowLedger;
using DisclosureCloud.Functions.GetBulk;
using DisclosureCloud.Functions.GetComplaint;
using DisclosureCloud.Functions.GetComplaints;
using DisclosureCloud.Functions.GetConsistency;
using DisclosureCloud.Functions.GetEntries;
using DisclosureCloud.Functions.GetEntryProof;
using DisclosureCloud.Functions.GetEvidenceFile;
using DisclosureCloud.Functions.GetEvidencePack;
using DisclosureCloud.Functions.GetHealth;
using DisclosureCloud.Functions.GetKindSchema;
using DisclosureCloud.Functions.GetOpenApi;
using DisclosureCloud.Functions.GetPosting;
using DisclosureCloud.Functions.GetPostings;
using DisclosureCloud.Functions.GetTemplate;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.IngestPosting;
using DisclosureCloud.Functions.OnArchiveBlob;
using DisclosureCloud.Functions.PostBulk;
using DisclosureCloud.Functions.PostComplaint;
using DisclosureCloud.Functions.PostEvidenceFile;
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
    /// <summary>Maps what a process of that role serves.</summary>
    /// <param name="behindHost">
    /// Only behind the Functions host are there paths for its triggers: by itself the app would let anybody call them.
    /// </param>
    /// <exception cref="InvalidOperationException">What is mapped is not what the <see cref="AccessTable"/> lists.</exception>
    public static void Map(IEndpointRouteBuilder app, AppRole role, bool behindHost)
    {
        IEndpointRouteBuilder routes = AccessTable.Guard(app);
        GetHealthFunction.Map(routes);
        if (role != AppRole.Publisher)
        {
            PostPostingFunction.Map(routes);
            PostNoticeFunction.Map(routes);
            PostBulkFunction.Map(routes);
            GetBulkFunction.Map(routes);
            PostEvidenceFileFunction.Map(routes);
            GetEvidenceFileFunction.Map(routes);
            PostComplaintFunction.Map(routes);
            GetComplaintFunction.Map(routes);
            GetComplaintsFunction.Map(routes);
            AnswerComplaintFunction.Map(routes);
            GetPostingFunction.Map(routes);
            GetPostingsFunction.Map(routes);
            GetEntriesFunction.Map(routes);
            GetEntryProofFunction.Map(routes);
            GetConsistencyFunction.Map(routes);
            GetEvidencePackFunction.Map(routes);
            ApprovePostingFunction.Map(routes);
            RejectPostingFunction.Map(routes);
            GetKindSchemaFunction.Map(routes);
            GetTemplateFunction.Map(routes);
            GetOpenApiFunction.Map(routes);
            if (behindHost)
            {
                IngestPostingFunction.Map(routes);
                ApplyBulkFunction.Map(routes);
            }
        }

        if (role != AppRole.Api && behindHost)
        {
            ReconcileFunction.Map(routes);
            PublishSiteFunction.Map(routes);
            TurnDayFunction.Map(routes);
            FollowLedgerFunction.Map(routes);
            OnArchiveBlobFunction.Map(routes);
        }

        AccessTable.Check(app, role, behindHost);
    }
}
