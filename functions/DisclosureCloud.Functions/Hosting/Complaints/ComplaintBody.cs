using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>The body of a call that takes a complaint, which anybody may send.</summary>
internal static class ComplaintBody
{
    /// <summary>64 KiB: the longest text with every character escaped, twice over.</summary>
    public const int LengthMax = 64 << 10;

    private const string LeaveItOut =
        "Nothing was stored: it has what looks like data of a person. Say what happened, and leave out names, numbers and addresses of persons, your own too: "
        + "nobody asks who you are. Whoever wants to be called back calls the hotline, which the site names.";

    public static BodyForm Form { get; } = JsonBody.Form with { LengthMax = LengthMax, WhenTooLarge = "Say it in fewer words.", Pool = BodyPool.Complaints };

    /// <summary>The problem with a complaint that is not taken.</summary>
    public static Problem Refusal(Findings findings) =>
        findings.All.Any(finding => finding.Code == PersonalDataGuard.Code) ? Problem.Of(findings, LeaveItOut) : Problem.Of(findings);
}
