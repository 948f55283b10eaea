using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A fund with everything that the ledger says about it, each list in the order of the ledger.</summary>
internal sealed class FundView(Posted<Fund> fund, FundBooks books)
{
    public Posted<Fund> Posted { get; } = fund;

    public Fund Fact => Posted.Fact;

    public string Id => Fact.FundId.Value;

    public List<Posted<Appropriation>> Appropriations { get; } = [];

    public List<Posted<PassDown>> PassDowns { get; } = [];

    public List<Posted<Allocation>> Allocations { get; } = [];

    public List<Posted<Disbursement>> Disbursements { get; } = [];

    public List<ProjectView> Projects { get; } = [];

    public List<Posted<Notice>> Notices { get; } = [];

    /// <summary>Passed down, and its receipt not posted.</summary>
    public long AwaitingFen { get; set; }

    public Stages Stages => new(
        Appropriated: books.Appropriated.Fen,
        PassedDown: books.PassedDown.Fen,
        Allocated: books.Allocated.Fen,
        Paid: books.Disbursed.Fen,
        Reported: books.Projects.Values.Where(project => project.Disbursements > 0).Sum(project => project.Allocated.Fen),
        Awaiting: AwaitingFen);
}

/// <summary>How far money has got, in fen. What nobody reported is not zero: it is what <see cref="Unreported"/> holds.</summary>
/// <param name="Reported">The allocations of those projects for which a payment, or that nothing was paid, has been stated.</param>
/// <param name="Awaiting">What of the money passed down waits for its receipt.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Stages(long Appropriated, long PassedDown, long Allocated, long Paid, long Reported, long Awaiting)
{
    /// <summary>Given and neither shared out nor passed down.</summary>
    public long Free => Appropriated - PassedDown - Allocated;

    /// <summary>Allocations about whose payment nobody has said anything.</summary>
    public long Unreported => Allocated - Reported;

    /// <summary>True where at least one payment, be it of zero, has been stated.</summary>
    public bool IsPaidStated => Reported > 0;

    public static Stages operator +(Stages a, Stages b) => new(
        checked(a.Appropriated + b.Appropriated),
        checked(a.PassedDown + b.PassedDown),
        checked(a.Allocated + b.Allocated),
        checked(a.Paid + b.Paid),
        checked(a.Reported + b.Reported),
        checked(a.Awaiting + b.Awaiting));

    public static Stages operator -(Stages a, Stages b) => new(
        checked(a.Appropriated - b.Appropriated),
        checked(a.PassedDown - b.PassedDown),
        checked(a.Allocated - b.Allocated),
        checked(a.Paid - b.Paid),
        checked(a.Reported - b.Reported),
        checked(a.Awaiting - b.Awaiting));
}
