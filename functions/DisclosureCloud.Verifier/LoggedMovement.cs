using System.Runtime.InteropServices;

namespace DisclosureCloud.Verifier;

/// <summary>A <see cref="Movement"/> as a million of them are kept: names by their numbers, so that it refers to nothing the garbage collector would have to follow.</summary>
/// <param name="Kind">The number of the kind's name; 0 for what moves no money.</param>
/// <param name="Fund">The number of the fund's name; 0 where there is none.</param>
/// <param name="Project">The number of the project's name; 0 where there is none.</param>
/// <param name="Cites">The entry that it cites.</param>
/// <param name="Fen">As <see cref="Movement.Fen"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoggedMovement(int Kind, int Fund, int Project, EntryKey Cites, long Fen)
{
    /// <summary>The kinds that make, move or count money, or amend what does.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "fund", "appropriation", "interest", "return-to-source", "pass-down", "opening-balance", "project", "allocation", "allocation-reduction", "commitment",
        "disbursement", "household-transfer", "refund", "claim", "loan", "repayment", "write-off", "correction", "withdrawal",
    ];

    public bool IsTransferToUnit { get; init; }

    public bool IsDeposit { get; init; }

    /// <summary>Reads a leaf. What moves no money gives the default value.</summary>
    /// <param name="kind">The number of the kind's name.</param>
    /// <param name="names">One whose first names are <see cref="Kinds"/>.</param>
    public static LoggedMovement Read(int kind, LeafFields leaf, NameTable names)
    {
        return kind > Kinds.Count ? default : new LoggedMovement(
            kind,
            leaf.NameOf(LeafField.Fund, names),
            leaf.NameOf(LeafField.Project, names),
            leaf.Utf8Of(LeafField.Cites) is { IsEmpty: false } cited ? EntryKey.Of(cited) : default,
            FenOf(names[kind], leaf))
        {
            IsTransferToUnit = leaf.Utf8Of(LeafField.Nature).SequenceEqual("transfer-to-unit"u8),
            IsDeposit = leaf.Utf8Of(LeafField.Type).SequenceEqual("risk-deposit"u8),
        };
    }

    /// <summary>What it says, in words; null where it moves no money.</summary>
    public Movement? Unpack(EntryKey entry, NameTable names, MovementDetails details) => Kind == 0 ? null : new Movement
    {
        Entry = entry,
        Kind = names[Kind],
        Fund = names[Fund],
        Project = Project == 0 ? null : names[Project],
        Cites = Cites,
        Fen = Fen,
        IsTransferToUnit = IsTransferToUnit,
        IsDeposit = IsDeposit,
        Details = details,
    };

    private static long FenOf(string kind, LeafFields leaf) => kind switch
    {
        "allocation-reduction" => (leaf.NumberOf(LeafField.OldAmountFen) ?? 0) - (leaf.NumberOf(LeafField.NewAmountFen) ?? 0),
        "repayment" => (leaf.NumberOf(LeafField.PrincipalFen) ?? 0) + (leaf.NumberOf(LeafField.FeeFen) ?? 0),
        _ => leaf.NumberOf(LeafField.AmountFen) ?? 0,
    };
}
