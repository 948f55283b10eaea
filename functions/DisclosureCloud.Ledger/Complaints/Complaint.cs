namespace DisclosureCloud.Ledger;

/// <summary>What somebody complains of. It has no field for who that is, and none is ever asked for.</summary>
public sealed record Complaint(ComplaintSort Sort, ComplaintCategory Category, ComplaintSubject About, FreeText Text);

/// <summary>The one thing that a complaint is about. Exactly one of these is there.</summary>
/// <remarks>
/// Its form is looked at, and not whether it exists: that would tell anybody which funds and projects wait to be published. Those who handle
/// the complaint see what is meant.
/// </remarks>
public sealed record ComplaintSubject(NoticeId? Notice, FundId? Fund, ProjectId? Project, RegionCode? Region, DepartmentId? Department);

/// <summary>What those who handle a complaint did about it.</summary>
/// <param name="State">How far it has come; not <see cref="ComplaintState.Received"/>.</param>
/// <param name="Answer">What whoever complained reads; there where the state closes the complaint.</param>
public sealed record ComplaintReply(ComplaintState State, FreeText? Answer);
