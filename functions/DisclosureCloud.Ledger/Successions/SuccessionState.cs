using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>A place or a department: whether it goes on as others.</summary>
public sealed record SuccessionState : StreamState
{
    /// <summary>The ids as which it goes on; none while it is what it was.</summary>
    public bool HasSuccessors { get; init; }

    /// <summary>The region that a department works for, as it said last; null where it said none, and for a place.</summary>
    public RegionCode? Region { get; init; }

    public override StreamState With(Fact fact, About about) => fact switch
    {
        RegionChange or UnitChange => this with { HasSuccessors = true },
        Department one => this with { Region = one.Region },
        CreditReport => this,
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a place or a department."),
    };
}
