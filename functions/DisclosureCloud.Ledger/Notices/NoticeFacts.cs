using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Turns a notice into the facts of one commit: fund, appropriations, projects, allocations and pass-downs, payments, notice.</summary>
public static class NoticeFacts
{
    /// <summary>The facts, in the order in which they become the entries 1, 2, 3 … of the posting.</summary>
    /// <param name="content">By which the same notice is known again: <see cref="ContentOf"/>.</param>
    public static ImmutableArray<Fact> Of(NoticeDocument notice, PostingId posting, Fingerprint content)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var facts = ImmutableArray.CreateBuilder<Fact>();
        FundId fund = Id.Parse<FundId>(notice.Id.Value);
        facts.Add(new Fund(
            fund, notice.Title, notice.FiscalYear, notice.Region, notice.RegionNames, notice.Authority, notice.BudgetSubject, Type: null,
            Programmes: [], Categories: [], notice.Id));
        facts.AddRange(notice.Sources.Select(source => new Appropriation(
            fund, source.Level, source.Nature, source.Name, source.Amount, notice.DocumentNumber, PassDown: null, notice.Id)));
        foreach (NoticeRow row in notice.Rows)
        {
            if (row.Recipient == NoticeRecipient.LowerGovernment)
            {
                facts.Add(PassDownOf(notice, fund, row));
            }
            else
            {
                AddProject(facts, notice, fund, row, posting);
            }
        }

        facts.Add(NoticeOf(notice, fund, content, EntryId.Of(posting, 1), EntryId.Of(posting, facts.Count)));
        return facts.ToImmutable();
    }

    /// <summary>SHA-256 over all that the notice states, the same however its amounts and blanks were written.</summary>
    public static Fingerprint ContentOf(NoticeDocument notice)
    {
        ArgumentNullException.ThrowIfNull(notice);

        // The facts hold ids of the posting; a posting that stands for all makes them the same for every sender.
        PostingId anyone = PostingId.Of(Id.Parse<DepartmentId>("anyone"), notice.Id.Value);
        ImmutableArray<Fact> facts = Of(notice, anyone, Fingerprint.Of("content"));
        byte[] form = CanonicalJson.Write(new JsonArray([.. facts.Select(fact => (JsonNode)SealedFact.Plain(fact))]));
        return Fingerprint.Of(Sha256Hex.Of(form).Value);
    }

    public static ProjectId ProjectIdOf(NoticeId notice, int no) =>
        Id.Parse<ProjectId>(string.Create(CultureInfo.InvariantCulture, $"{notice.Value}-p{no:D2}"));

    /// <summary>The fund whose notice would give a project this id; null where the id has not that form.</summary>
    public static FundId? FundOf(ProjectId project)
    {
        int at = project.Value.LastIndexOf("-p", StringComparison.Ordinal);
        bool formed = at > 0 && project.Value.Length - at >= 4 && !project.Value.AsSpan(at + 2).ContainsAnyExceptInRange('0', '9');
        return formed && FundId.TryParse(project.Value[..at], out FundId fund) ? fund : null;
    }

    private static void AddProject(ImmutableArray<Fact>.Builder facts, NoticeDocument notice, FundId fund, NoticeRow row, PostingId posting)
    {
        ProjectId project = ProjectIdOf(notice.Id, row.No);
        ProjectType type = row.Recipient == NoticeRecipient.Programme ? ProjectType.Programme : ProjectType.Project;
        facts.Add(new Project(
            fund, project, type, row.Project, PlaceOf(notice, row), row.Place, row.Content, row.ResponsibleUnit,
            ImplementingUnit: null, row.TotalInvestment, row.SelfRaised, row.Due, row.ProjectCount, Programme: null, Category: null, PlanItem: null,
            Targets: [], Milestones: [], notice.Id));
        facts.Add(new Allocation(
            fund, project, row.Amount, Appropriation: null, OldAmount: null, Tier: null, Reason: null, notice.DocumentNumber, row.Note, row.No, notice.Id));
        if (row.Disbursed is { } paid)
        {
            EntryId allocation = EntryId.Of(posting, facts.Count);
            facts.Add(new Disbursement(
                fund, project, allocation, paid, Nature: null, Commitment: null, PayeeType: null, Payee: null, PayeeCode: null, Reference: null, notice.Id));
        }
    }

    private static PassDown PassDownOf(NoticeDocument notice, FundId fund, NoticeRow row) => new(
        fund, row.Amount, PlaceOf(notice, row), row.Place ?? notice.RegionNames[^1], row.Project, row.Content, row.ResponsibleUnit,
        row.Disbursed, row.TotalInvestment, row.SelfRaised, row.Due, row.ProjectCount, notice.DocumentNumber, row.Note, row.No, notice.Id);

    private static Notice NoticeOf(NoticeDocument notice, FundId fund, Fingerprint content, EntryId first, EntryId last) => new(
        notice.Id, fund, notice.Form, notice.Authority, notice.Title, notice.FiscalYear, notice.Region, notice.RegionNames, notice.Total,
        notice.Unallocated, notice.Published, notice.SourceUrl, notice.DocumentNumber, notice.BudgetSubject, notice.Period?.From,
        notice.Period?.To, notice.Principles, notice.SupervisionPhones, notice.Performance?.Output, notice.Performance?.Households,
        notice.Performance?.Persons, notice.TranscriptionNote, first, last, content);

    private static RegionCode PlaceOf(NoticeDocument notice, NoticeRow row) =>
        PlaceText.Code(notice.Region, notice.RegionNames[^1].Value!, row.Place?.Value);
}
