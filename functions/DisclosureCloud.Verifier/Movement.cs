using System.Runtime.InteropServices;

namespace DisclosureCloud.Verifier;

/// <summary>What one entry does to the books: only what the sums need.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Movement
{
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

    /// <summary>The same, under the id and recorded at the moment of the entry in whose place it stands.</summary>
    public Movement InPlaceOf(in Movement first) => this with
    {
        Entry = first.Entry,
        Details = Details == MovementDetails.None ? Details : Details with { Id = first.Details.Id, RecordedAt = first.Details.RecordedAt },
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
            Id = leaf.TextOf(LeafField.Id)!, RecordedAt = leaf.TextOf(LeafField.RecordedAt) ?? "", PassDown = leaf.Utf8Of(LeafField.PassDown) is { IsEmpty: false } sent ? EntryKey.Of(sent) : null,
        },
        "correction" => new MovementDetails { Id = leaf.TextOf(LeafField.Id)! },
        "household-transfer" => new MovementDetails { BackFen = leaf.NumberOf(LeafField.ReturnedFen) ?? 0 },
        "opening-balance" => new MovementDetails { Before = Opening.Read(leaf) },
        _ => None,
    };
}

/// <summary>What a fund, or one project of it, had come to before the log began, in fen.</summary>
internal sealed record Opening(long Appropriated, long Interest, long Returned, long PassedDown, long Allocated, long? Disbursed)
{
    public static Opening Read(LeafFields leaf) => new(
        leaf.NumberOf(LeafField.AppropriatedFen) ?? 0,
        leaf.NumberOf(LeafField.InterestFen) ?? 0,
        leaf.NumberOf(LeafField.ReturnedFen) ?? 0,
        leaf.NumberOf(LeafField.PassedDownFen) ?? 0,
        leaf.NumberOf(LeafField.AllocatedFen) ?? 0,
        leaf.NumberOf(LeafField.DisbursedFen));
}
