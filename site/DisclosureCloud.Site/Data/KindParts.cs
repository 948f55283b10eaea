using System.Collections.Frozen;
using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Which of a kind's fields say what several kinds say: what the entry belongs to, its money, its words.</summary>
/// <remarks>
/// Found by name and type, so that a new kind needs no line here: <c>fund</c>, <c>project</c>, <c>planItem</c>, <c>notice</c>, <c>amount</c> and
/// <c>reference</c> mean one thing in every kind.
/// </remarks>
internal sealed record KindParts
{
    private static readonly FrozenDictionary<KindSchema, KindParts> ByKind =
        KindSchema.All.ToFrozenDictionary(kind => kind, kind => new KindParts(kind));

    private KindParts(KindSchema kind)
    {
        Fund = Find<FundId>(kind, "fund");
        Project = Find<ProjectId>(kind, "project");
        PlanItem = Find<PlanItemId>(kind, "planItem");
        Notice = Find<NoticeId>(kind, "notice");
        Amount = Find<Money>(kind, "amount");
        Cites = Find<EntryId>(kind, "cites", "passDown");
        Reference = Find<FreeText>(kind, "reference", "documentNumber");
        Text = Find<FreeText>(kind, "name", "title", "purpose")
            ?? kind.Fields.FirstOrDefault(field => field.ValueType == typeof(FreeText) && !field.IsArray && field != Reference);
        Place = kind.Fields.FirstOrDefault(field => field.ValueType == typeof(RegionCode) && !field.IsArray);
    }

    /// <summary>The kinds whose entries are public data. What the program says of itself is not of money: its place is the log.</summary>
    public static ImmutableArray<KindSchema> Public { get; } = [.. KindSchema.All.Where(kind => !kind.IsOfProgram)];

    public FieldSchema? Fund { get; }

    public FieldSchema? Project { get; }

    /// <summary>The item of the project library that the fact speaks of or carries out.</summary>
    public FieldSchema? PlanItem { get; }

    /// <summary>The notice that states the fact, or that the fact is.</summary>
    public FieldSchema? Notice { get; }

    /// <summary>The money that the fact moves. A total that a notice states moves none.</summary>
    public FieldSchema? Amount { get; }

    /// <summary>The entry that the fact rests on.</summary>
    public FieldSchema? Cites { get; }

    public FieldSchema? Reference { get; }

    /// <summary>The words of the entry that say most.</summary>
    public FieldSchema? Text { get; }

    /// <summary>The place that the fact itself names.</summary>
    public FieldSchema? Place { get; }

    public static KindParts Of(KindSchema kind) => ByKind[kind];

    private static FieldSchema? Find<T>(KindSchema kind, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (kind.Fields.FirstOrDefault(field => field.Name == name && field.ValueType == typeof(T) && !field.IsArray) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>What facts of several kinds have in common.</summary>
internal static class FactParts
{
    public static FundId? FundOf(this Fact fact) => (FundId?)Parts(fact).Fund?.Value(fact);

    public static ProjectId? ProjectOf(this Fact fact) => (ProjectId?)Parts(fact).Project?.Value(fact);

    public static PlanItemId? PlanItemOf(this Fact fact) => (PlanItemId?)Parts(fact).PlanItem?.Value(fact);

    public static NoticeId? NoticeOf(this Fact fact) => (NoticeId?)Parts(fact).Notice?.Value(fact);

    public static Money? AmountOf(this Fact fact) => (Money?)Parts(fact).Amount?.Value(fact);

    public static EntryId? CitesOf(this Fact fact) => (EntryId?)Parts(fact).Cites?.Value(fact);

    public static RegionCode? PlaceOf(this Fact fact) => (RegionCode?)Parts(fact).Place?.Value(fact);

    public static FreeText? ReferenceOf(this Fact fact) => (FreeText?)Parts(fact).Reference?.Value(fact);

    public static FreeText? TextOf(this Fact fact) => (FreeText?)Parts(fact).Text?.Value(fact);

    private static KindParts Parts(Fact fact) => KindParts.Of(KindSchema.Of(fact));
}
