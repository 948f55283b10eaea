namespace DisclosureCloud.Verifier;

/// <summary>What a fund, one project of it, or all of them have come to, in fen: the figures that pages show.</summary>
internal sealed class Account
{
    // What a page shows wherever there is any of it; what follows from these it may leave out.
    private static readonly string[] Stated = ["appropriated", "interest", "returned", "passed-down", "lent", "repaid", "allocated"];

    public long Appropriated { get; set; }

    public long Interest { get; set; }

    public long Returned { get; set; }

    public long PassedDown { get; set; }

    public long Lent { get; set; }

    /// <summary>Come back of loans, fees among it.</summary>
    public long Repaid { get; set; }

    /// <summary>Allocated and not reduced.</summary>
    public long Allocated { get; set; }

    public long Committed { get; set; }

    /// <summary>Paid and not come back.</summary>
    public long Paid { get; set; }

    /// <summary>Paid to units that have not accounted for it.</summary>
    public long Moved { get; set; }

    /// <summary>Paid as deposits.</summary>
    public long Placed { get; set; }

    /// <summary>The allocations of projects for which a payment was stated, be it of nothing.</summary>
    public long Reported { get; set; }

    /// <summary>How many payments were stated.</summary>
    public long Payments { get; set; }

    public bool IsDeposit { get; set; }

    private long Free => checked(Appropriated + Interest - Returned - PassedDown - Allocated - Lent + Repaid);

    /// <summary>The figures by the name that a page marks them with; null where nobody stated what it would take.</summary>
    public long? Figure(string name) => name switch
    {
        "appropriated" => Appropriated,
        "interest" => Interest,
        "returned" => Returned,
        "passed-down" => PassedDown,
        "lent" => Lent,
        "repaid" => Repaid,
        "allocated" => Allocated,
        "committed" => Committed > 0 ? Committed : null,
        "paid" => Payments > 0 ? Paid : null,
        "moved" => Moved,
        "placed" => Placed,
        "spent" => Payments > 0 ? Paid - Moved - Placed : null,
        "unreported" => Allocated - Reported,
        "free" => Free,
        "unspent" => Allocated == 0 || Payments > 0 ? Free + Reported - Paid : null,
        _ => null,
    };

    /// <summary>The figures that a page about it must show.</summary>
    public IEnumerable<string> Wanted() => Appropriated + PassedDown + Allocated == 0
        ? []
        : Stated.Where(name => Figure(name) > 0).Concat(Allocated > 0 && Payments > 0 ? ["paid"] : Array.Empty<string>());

    public void Add(Account other)
    {
        checked
        {
            Appropriated += other.Appropriated;
            Interest += other.Interest;
            Returned += other.Returned;
            PassedDown += other.PassedDown;
            Lent += other.Lent;
            Repaid += other.Repaid;
            Allocated += other.Allocated;
            Committed += other.Committed;
            Paid += other.Paid;
            Moved += other.Moved;
            Placed += other.Placed;
            Reported += other.Reported;
            Payments += other.Payments;
        }
    }
}
