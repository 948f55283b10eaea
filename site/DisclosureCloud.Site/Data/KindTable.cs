using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>The table of one kind as its record has it, so that a new kind is public data without a line of code here.</summary>
/// <remarks>
/// It has the kind's own name, without a plural: who knows the kind, from the column <c>kind</c> or from its schema, knows the file.
/// First stands what the entry belongs to, then the kind's fields in their order, then what every entry has.
/// </remarks>
internal static class KindTable
{
    public static DataTable Of(KindSchema kind) => new(
        kind.Name, Language.Chinese.Of(kind), Language.English.Of(kind), Common.Entry.Name, Columns(kind), [kind]);

    private static ImmutableArray<Column> Columns(KindSchema kind)
    {
        Column[] own = [.. kind.Fields.Where(field => !IsShared(field)).SelectMany(field => FieldColumns.Of(kind, field))];

        // A field says the same as a shared column of its name, or says it of the fact itself: a work plan's budget year is not its fund's.
        return
        [
            .. (kind.IsAmendment ? OfWhatItAmends : Belongs(KindParts.Of(kind))).Where(shared => own.All(column => column.Name != shared.Name)),
            .. own,
            .. kind.HasMoney ? [FieldColumns.Currency(kind)] : Array.Empty<Column>(),
            .. Common.Recorded,
        ];
    }

    private static IEnumerable<Column> Belongs(KindParts parts) =>
    [
        Common.Entry,
        .. parts.Fund is null ? Array.Empty<Column>() : [Common.Fund, Common.FundName, Common.BudgetYear],
        .. parts.Project is null ? Array.Empty<Column>() : [Common.Project, Common.ProjectName],
        .. parts is { Fund: null, Project: null, Place: null } ? Array.Empty<Column>() : [Common.Region, Common.RegionName],
    ];

    // An amendment names an entry and nothing else: whose it is stands with what it amends.
    private static IEnumerable<Column> OfWhatItAmends =>
    [
        Common.Entry, Common.AmendedKind, Common.Fund, Common.FundName, Common.BudgetYear, Common.Project, Common.ProjectName, Common.PlanItem, Common.PlanItemName,
        Common.Region, Common.RegionName,
    ];

    /// <summary>True for a field that one of the shared columns holds.</summary>
    private static bool IsShared(FieldSchema field) => field is { Name: "fund" or "project" or "region", IsArray: false }
        && (field.ValueType == typeof(FundId) || field.ValueType == typeof(ProjectId) || field.ValueType == typeof(RegionCode));
}
