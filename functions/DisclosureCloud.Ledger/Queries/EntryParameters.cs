using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A parameter of a query.</summary>
/// <param name="Description">One sentence.</param>
/// <param name="Schema">A JSON Schema (2020-12) of its value.</param>
public sealed record EntryParameter(string Name, string Description, Func<JsonObject> Schema);

/// <summary>All that a query of entries can say: the one list behind the interface, the command line and their descriptions.</summary>
public static class EntryParameters
{
    /// <summary>The longest text that is looked for, in UTF-16 units.</summary>
    public const int TextLengthMax = 200;

    public static ImmutableArray<EntryParameter> All { get; } =
    [
        new("id", "One entry.", Pattern(EntryId.Pattern)),
        new("posting", "The entries of one posting.", Pattern(PostingId.Pattern)),
        new("kind", "The kind of entry.", () => new JsonObject { ["enum"] = new JsonArray([.. KindSchema.All.Select(kind => (JsonNode)kind.Name)]) }),
        new("fund", "The fund that the entry names.", Pattern(FundId.Pattern)),
        new("project", "The project that the entry names.", Pattern(ProjectId.Pattern)),
        new("department", "The department that posted it.", Pattern(DepartmentId.Pattern)),
        new("region", "The place that the entry itself names, or any place above it: 410500 finds 410503 and all below. An entry that names no place has none.", Pattern(RegionCode.Pattern)),
        new("budgetYear", "The budget year that the entry itself names.", Whole(Ledger.BudgetYear.First, Ledger.BudgetYear.Last)),
        new("nature", "The nature of the money or of the payment.", Codes([.. Natures])),
        new("source", "The level that the money came from.", Codes([.. Code.Texts(typeof(SourceLevel))])),
        new("from", "The first day on which it happened; an entry that does not say when is in no period.", Date),
        new("to", "The last day on which it happened.", Date),
        new("recordedFrom", "The first day in the deployment's zone, or moment in UTC, of its recording.", Moment),
        new("recordedTo", "The last day or moment of its recording.", Moment),
        new("amountMin", "In fen: any amount that the entry states is as large or larger.", Whole(0, Money.FenMax)),
        new("amountMax", "In fen: that amount is as large or smaller.", Whole(0, Money.FenMax)),
        new("document", "The whole number of the document; white space, width and the sort of brackets do not matter.", Text),
        new("voucher", "The whole number of the voucher, likewise.", Text),
        new("contract", "The whole number of the contract, likewise, or the id of the contract's entry, which also finds what was paid for it.", Text),
        new("payee", "A part of the name of who was paid or contracted, or the whole of its unified social credit code.", Text),
        new("text", "A part of any published text of the entry; width and case do not matter.", Text),
        new("asOf", "The size of the tree whose entries are wanted: the newest published one by default.", Whole(0, Money.FenMax)),
        new("limit", "How many entries a page has at most.", Limit),
        new("cursor", "The 'next' of the page before, with the same filters.", () => new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9_-]{44}$" }),
        new("format", "The form of the answer; without it, what Accept wants.", Codes([.. Code.Texts(typeof(EntryFormat))])),
    ];

    /// <summary>The codes of either sort of nature, each once.</summary>
    internal static IEnumerable<string> Natures =>
        Code.Texts(typeof(SourceNature)).Concat(Code.Texts(typeof(DisbursementNature))).Distinct(StringComparer.Ordinal);

    private static JsonObject Date() => new() { ["type"] = "string", ["format"] = "date" };

    private static JsonObject Moment() => new() { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{3})?Z)?$" };

    private static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = TextLengthMax };

    private static JsonObject Limit() => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = EntryRequest.LimitMax, ["default"] = EntryRequest.LimitDefault };

    private static Func<JsonObject> Pattern(string pattern) => () => new JsonObject { ["type"] = "string", ["pattern"] = pattern };

    private static Func<JsonObject> Whole(long min, long max) => () => new JsonObject { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max };

    private static Func<JsonObject> Codes(ImmutableArray<string> codes) => () => new JsonObject { ["enum"] = new JsonArray([.. codes.Select(code => (JsonNode)code)]) };
}
