namespace DisclosureCloud.Site;

/// <summary>How far money has got, in fen. What nobody reported is not zero: it is what <see cref="Unreported"/> holds.</summary>
internal sealed record Stages
{
    /// <summary>Given, before what was returned.</summary>
    public long Appropriated { get; init; }

    public long Interest { get; init; }

    /// <summary>Returned to where it came from.</summary>
    public long Returned { get; init; }

    public long PassedDown { get; init; }

    /// <summary>Lent by revolving funds, each time again.</summary>
    public long Lent { get; init; }

    /// <summary>Come back of loans, fees among it.</summary>
    public long Repaid { get; init; }

    /// <summary>Allocated and not reduced.</summary>
    public long Allocated { get; init; }

    /// <summary>Under contract.</summary>
    public long Committed { get; init; }

    /// <summary>Paid and not come back: moved, placed and spent together.</summary>
    public long Paid { get; init; }

    /// <summary>Paid to units that have not accounted for it.</summary>
    public long Moved { get; init; }

    /// <summary>Paid as deposits.</summary>
    public long Placed { get; init; }

    /// <summary>The allocations of those projects for which a payment, or that nothing was paid, has been stated.</summary>
    public long Reported { get; init; }

    /// <summary>True where at least one payment, be it of zero, has been stated.</summary>
    public bool PaymentsStated { get; init; }

    /// <summary>What of the money passed down waits for its receipt.</summary>
    public long Awaiting { get; init; }

    /// <summary>What can still be shared out (design section 4, rule 1).</summary>
    public long Free => Appropriated + Interest - Returned - PassedDown - Allocated - Lent + Repaid;

    /// <summary>Paid, neither moved nor placed.</summary>
    public long Spent => Paid - Moved - Placed;

    /// <summary>Allocations about whose payment nobody has said anything.</summary>
    public long Unreported => Allocated - Reported;

    /// <summary>True where somebody has stated a contract.</summary>
    public bool IsCommittedStated => Committed > 0;

    /// <summary>Not paid out, as far as payments are stated: what is free, and what is left of the allocations whose payments are known.</summary>
    public long Unspent => Free + Reported - Paid;

    /// <summary>True where what is unspent can be told: nothing is allocated, or a payment is stated.</summary>
    public bool IsUnspentStated => Allocated == 0 || PaymentsStated;

    public bool IsPaidStated => PaymentsStated;

    public static Stages operator +(Stages a, Stages b) => Each(a, b, static (x, y) => checked(x + y)) with { PaymentsStated = a.PaymentsStated || b.PaymentsStated };

    public static Stages operator -(Stages a, Stages b) => Each(a, b, static (x, y) => checked(x - y)) with { PaymentsStated = a.PaymentsStated };

    private static Stages Each(Stages a, Stages b, Func<long, long, long> join) => new()
    {
        Appropriated = join(a.Appropriated, b.Appropriated),
        Interest = join(a.Interest, b.Interest),
        Returned = join(a.Returned, b.Returned),
        PassedDown = join(a.PassedDown, b.PassedDown),
        Lent = join(a.Lent, b.Lent),
        Repaid = join(a.Repaid, b.Repaid),
        Allocated = join(a.Allocated, b.Allocated),
        Committed = join(a.Committed, b.Committed),
        Paid = join(a.Paid, b.Paid),
        Moved = join(a.Moved, b.Moved),
        Placed = join(a.Placed, b.Placed),
        Reported = join(a.Reported, b.Reported),
        Awaiting = join(a.Awaiting, b.Awaiting),
    };
}
