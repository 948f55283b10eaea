namespace DisclosureCloud.Ledger;

/// <summary>A mistake in an entry, put right by the entry that stands after this one. The old one stays readable.</summary>
/// <remarks>Posted with the whole posting as it should have been, in <c>replacement</c>; that becomes the next entry.</remarks>
[Kind(KindName, "更正", "correction", AlwaysApproved = true)]
public sealed record Correction(
    [Field("所更正的记录", "The entry that was wrong", Name = "cites")] EntryId Corrected,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that it rests on", Name = "reference")] FreeText? DocumentNumber) : Fact
{
    public const string KindName = "correction";

    /// <summary>The member of its posting that holds the posting as it should have been.</summary>
    public const string ReplacementName = "replacement";
}

/// <summary>An entry that should not have been made: from now on it counts for nothing, and stays readable.</summary>
[Kind(KindName, "撤销", "withdrawal", AlwaysApproved = true)]
public sealed record Withdrawal(
    [Field("所撤销的记录", "The entry that is withdrawn", Name = "cites")] EntryId Withdrawn,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that it rests on", Name = "reference")] FreeText? DocumentNumber) : Fact
{
    public const string KindName = "withdrawal";
}
