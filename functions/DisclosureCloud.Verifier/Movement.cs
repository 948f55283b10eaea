using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Verifier;

/// <summary>What one leaf says of money: only what the sums need.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Movement
{
    /// <summary>The kinds that make, move or count money, or amend what does.</summary>
    private static readonly FrozenSet<string> Kinds = FrozenSet.Create(
        StringComparer.Ordinal,
        "fund", "appropriation", "interest", "return-to-source", "pass-down", "opening-balance", "project", "allocation", "allocation-reduction", "commitment",
        "disbursement", "household-transfer", "refund", "claim", "loan", "repayment", "write-off", "correction", "withdrawal");

    public required EntryKey Entry { get; init; }

    public required string Kind { get; init; }

    public required string Fund { get; init; }

    public string? Project { get; init; }

    /// <summary>The entry that it cites; for a correction or withdrawal the one that is amended.</summary>
    public EntryKey Cites { get; init; }

    /// <summary>The amount, in fen; of a reduction what it took away; of a repayment principal and fee.</summary>
    public long Fen { get; init; }

    public bool IsTransferToUnit { get; init; }

    public bool IsDeposit { get; init; }

    /// <summary>What few movements have.</summary>
    public required MovementDetails Details { get; init; }

    public static Movement? Read(EntryKey key, string kind, LeafFields leaf, NameTable names)
    {
        if (!Kinds.TryGetValue(kind, out string? known))
        {
            return null;
        }

        return new Movement
        {
            Entry = key,
            Kind = known,
            Fund = leaf.NameOf("fund"u8, names) ?? "",
            Project = leaf.NameOf("project"u8, names),
            Cites = leaf.Utf8Of("cites"u8) is { IsEmpty: false } cited ? EntryKey.Of(cited) : default,
            Fen = FenOf(known, leaf),
            IsTransferToUnit = leaf.Utf8Of("nature"u8).SequenceEqual("transfer-to-unit"u8),
            IsDeposit = leaf.Utf8Of("type"u8).SequenceEqual("risk-deposit"u8),
            Details = MovementDetails.Read(known, leaf),
        };
    }

    /// <summary>The same, under the id and recorded at the moment of the entry in whose place it stands.</summary>
    public Movement InPlaceOf(in Movement first) => this with
    {
        Entry = first.Entry,
        Details = Details == MovementDetails.None ? Details : Details with { Id = first.Details.Id, RecordedAt = first.Details.RecordedAt },
    };

    private static long FenOf(string kind, LeafFields leaf) => kind switch
    {
        "allocation-reduction" => (leaf.NumberOf("oldAmountFen"u8) ?? 0) - (leaf.NumberOf("newAmountFen"u8) ?? 0),
        "repayment" => (leaf.NumberOf("principalFen"u8) ?? 0) + (leaf.NumberOf("feeFen"u8) ?? 0),
        _ => leaf.NumberOf("amountFen"u8) ?? 0,
    };
}

/// <summary>What few movements have: the many are kept without it.</summary>
internal sealed record MovementDetails
{
    public static MovementDetails None { get; } = new();

    /// <summary>The entry's id, of what is put in an order or tells its replacement.</summary>
    public string Id { get; init; } = "";

    public string RecordedAt { get; init; } = "";

    /// <summary>The pass-down that an appropriation is the receipt of.</summary>
    public EntryKey? PassDown { get; init; }

    /// <summary>What of a batch to households came back, in fen.</summary>
    public long BackFen { get; init; }

    /// <summary>Of an opening balance: what had been by then.</summary>
    public Opening? Before { get; init; }

    public static MovementDetails Read(string kind, LeafFields leaf) => kind switch
    {
        // Any appropriation may be a receipt: a correction can add what it is the receipt of.
        "appropriation" => new MovementDetails
        {
            Id = leaf.TextOf("id"u8)!, RecordedAt = leaf.TextOf("recordedAt"u8) ?? "", PassDown = leaf.Utf8Of("passDown"u8) is { IsEmpty: false } sent ? EntryKey.Of(sent) : null,
        },
        "correction" => new MovementDetails { Id = leaf.TextOf("id"u8)! },
        "household-transfer" => new MovementDetails { BackFen = leaf.NumberOf("returnedFen"u8) ?? 0 },
        "opening-balance" => new MovementDetails { Before = Opening.Read(leaf) },
        _ => None,
    };
}

/// <summary>What a fund, or one project of it, had come to before the log began, in fen.</summary>
internal sealed record Opening(long Appropriated, long Interest, long Returned, long PassedDown, long Allocated, long? Disbursed)
{
    public static Opening Read(LeafFields leaf) => new(
        leaf.NumberOf("appropriatedFen"u8) ?? 0,
        leaf.NumberOf("interestFen"u8) ?? 0,
        leaf.NumberOf("returnedFen"u8) ?? 0,
        leaf.NumberOf("passedDownFen"u8) ?? 0,
        leaf.NumberOf("allocatedFen"u8) ?? 0,
        leaf.NumberOf("disbursedFen"u8));
}
