using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>What the commits of a stream of facts carry, so that the next fact can be decided upon the last commit alone.</summary>
public abstract record StreamState
{
    /// <summary>The entries that were corrected or withdrawn: whoever cites one must look at how it stands now.</summary>
    public ImmutableArray<EntryId> Amended { get; init; } = [];

    /// <summary>The entries that took others' places: they are known by the ids of those, and nothing cites them.</summary>
    public ImmutableArray<EntryId> Replacements { get; init; } = [];

    /// <summary>True where what the stream is about was withdrawn: its id stands for nothing and is not given again.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The state when all entries of the stream are withdrawn.</summary>
    public StreamState Emptied() => this switch
    {
        PlanState plan => plan with { IsWithdrawn = true },
        ProjectState => new ProjectState(),
        SuccessionState => new SuccessionState(),
        _ => this with { IsWithdrawn = true },
    };

    /// <summary>The state after a fact that the rules have accepted.</summary>
    /// <exception cref="InvalidOperationException">The fact does not belong to such a stream.</exception>
    public abstract StreamState With(Fact fact, About about);

    public JsonObject ToJson() => StateJson.Write(this, CurrencyOf(this));

    /// <summary>The state that a commit of that stream carries.</summary>
    public static StreamState FromJson(StreamType type, JsonObject json) => type switch
    {
        StreamType.Fund => StateJson.Read<FundBooks>(json),
        StreamType.Project => StateJson.Read<ProjectState>(json),
        StreamType.Plan => StateJson.Read<PlanState>(json),
        StreamType.Place or StreamType.Unit => StateJson.Read<SuccessionState>(json),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Such a stream holds no facts."),
    };

    /// <summary>The state of a stream in which nothing was recorded yet, after its first fact.</summary>
    public static StreamState Open(Fact fact, About about) => fact switch
    {
        Fund one => FundBooks.Open(one),
        PlanItem one => PlanState.Open(one),
        _ => StreamName.For(fact).Type switch
        {
            StreamType.Project => new ProjectState().With(fact, about),
            StreamType.Place or StreamType.Unit => new SuccessionState().With(fact, about),
            _ => throw new InvalidOperationException($"No stream of facts begins with a {KindSchema.Of(fact).Name}."),
        },
    };

    private static Currency CurrencyOf(StreamState state) => state is FundBooks books ? books.Appropriated.Currency : Currency.Cny;
}

/// <summary>What the rules know of an entry besides its fact.</summary>
/// <param name="Id">The id that it has or will have.</param>
/// <param name="Date">When it happened; null where a notice does not say.</param>
/// <param name="Department">Who posted it.</param>
/// <param name="Cited">What it cites in another stream, or deeper in its own than the state remembers, as that stands now; null where there is no such entry.</param>
/// <param name="Plan">The item of the project library that it cites; null where there is none.</param>
/// <param name="Rules">The rules of the place in force on the date; the built-in ones where null.</param>
public sealed record About(EntryId Id, DateOnly? Date = null, DepartmentId Department = default, Fact? Cited = null, PlanState? Plan = null, RuleBook? Rules = null)
{
    public RuleBook RulesOrDefault => Rules ?? RuleBook.BuiltIn;
}
