using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What changes how an earlier entry is read: a correction, a withdrawal, a redaction. It belongs where that entry is.</summary>
public interface IAmendment
{
    /// <summary>The entry that it is about.</summary>
    EntryId Amended { get; }

    FreeText Reason { get; }

    FreeText? DocumentNumber { get; }
}

/// <summary>A mistake in an entry, put right by the entry that stands after this one. The old one stays readable.</summary>
/// <remarks>Posted with the whole posting as it should have been, in <c>replacement</c>; that becomes the next entry.</remarks>
[Kind(KindName, "更正", "correction", AlwaysApproved = true)]
public sealed record Correction(
    [Field("所更正的记录", "The entry that was wrong", Name = "cites")] EntryId Corrected,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that it rests on", Name = "reference")] FreeText? DocumentNumber) : Fact, IAmendment
{
    public const string KindName = "correction";

    /// <summary>The member of its posting that holds the posting as it should have been.</summary>
    public const string ReplacementName = "replacement";

    EntryId IAmendment.Amended => Corrected;
}

/// <summary>An entry that should not have been made: from now on it counts for nothing, and stays readable.</summary>
[Kind(KindName, "撤销", "withdrawal", AlwaysApproved = true)]
public sealed record Withdrawal(
    [Field("所撤销的记录", "The entry that is withdrawn", Name = "cites")] EntryId Withdrawn,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that it rests on", Name = "reference")] FreeText? DocumentNumber) : Fact, IAmendment
{
    public const string KindName = "withdrawal";

    EntryId IAmendment.Amended => Withdrawn;
}

/// <summary>Values that should never have been published: from now on they are forgotten. The entry stays, and every figure and proof with it.</summary>
/// <remarks>It forgets values and nothing else: what an entry says of money, dates and ids is in the log for ever. There is no way back.</remarks>
[Kind(KindName, "隐去", "redaction", AlwaysApproved = true)]
public sealed record Redaction(
    [Field("所涉及的记录", "The entry whose values are forgotten", Name = "cites")] EntryId Redacted,
    [Field("隐去的字段", "Which of its values, as JSON pointers: /name, /targets/0/indicator", Required = true)] ImmutableArray<ValuePointer> Values,
    [Field("原因", "Why; never what the value said")] FreeText Reason,
    [Field("文号", "The document that it rests on", Name = "reference")] FreeText? DocumentNumber,
    [Field("批准人", "Who approved it: the id of a person, as tokens have it", FromApproval = true)] PersonId? ApprovedBy) : Fact, IAmendment
{
    public const string KindName = "redaction";

    EntryId IAmendment.Amended => Redacted;
}
