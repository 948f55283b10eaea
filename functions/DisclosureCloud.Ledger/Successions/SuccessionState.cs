using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>A place or a department: whether it goes on as others.</summary>
public sealed record SuccessionState : StreamState
{
    /// <summary>The ids as which it goes on; none while it is what it was.</summary>
    public bool HasSuccessors { get; init; }

    /// <summary>The region that a department works for, as it said last; null where it said none, and for a place.</summary>
    public RegionCode? Region { get; init; }

    /// <summary>The accounts that act for a department, as it said last; none for a place, and before it named any.</summary>
    public ImmutableSortedDictionary<PersonId, Duties> People { get; init; } = NoPeople;

    /// <summary>True once a department has said which accounts act for it.</summary>
    public bool NamesPeople => !People.IsEmpty;

    private static readonly ImmutableSortedDictionary<PersonId, Duties> NoPeople = ImmutableSortedDictionary.Create<PersonId, Duties>(new IdOrder<PersonId>());

    public override StreamState With(Fact fact, About about) => fact switch
    {
        RegionChange or UnitChange => this with { HasSuccessors = true },
        Department one => this with { Region = one.Region, People = PeopleOf(one) },
        CreditReport => this,
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a place or a department."),
    };
    private static ImmutableSortedDictionary<PersonId, Duties> PeopleOf(Department one) => one.People.IsDefaultOrEmpty
        ? NoPeople
        : NoPeople.AddRange(one.People.Select(person => KeyValuePair.Create(person.Person, new Duties { Roles = person.Roles, SigningKey = person.SigningKey })));
}

/// <summary>What one account may do for its department.</summary>
public sealed record Duties
{
    public ImmutableArray<DepartmentRole> Roles { get; init; } = [];

    /// <summary>The public key to what it signs messages with; null where it sends none.</summary>
    public SigningKey? SigningKey { get; init; }
}
