using System.Security.Claims;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>Who reads complaints: those who post and approve for the department that handles them, and auditors.</summary>
internal sealed class ComplaintHandling(Deployment deployment)
{
    private const string Setting = "Disclosure:Complaints:Department";

    /// <summary>The department that the settings name; null where they name none, and auditors alone read complaints.</summary>
    /// <exception cref="InvalidOperationException">It is no department's id.</exception>
    public static DepartmentId? Read(IConfiguration configuration) => configuration[Setting] switch
    {
        null => null,
        string text when DepartmentId.TryParse(text, out DepartmentId department) => department,
        string other => throw new InvalidOperationException($"{Setting} is the id of the department that handles complaints; found '{other}'."),
    };

    /// <summary>True for whoever acts for the department that handles complaints.</summary>
    public bool IsOfHandlers(Sender sender) => deployment.ComplaintsDepartment == sender.Department;

    /// <summary>True for whoever reads complaints at all.</summary>
    public bool MayRead(ClaimsPrincipal user) =>
        user.IsInRole(Role.Auditor) || ((user.IsInRole(Role.Poster) || user.IsInRole(Role.Approver)) && IsOfHandlers(Caller.Of(user, Channel.Http)));

    /// <summary>True where a complaint is about the department that handles complaints: it is for auditors alone, and not for those it is about.</summary>
    /// <remarks>Only where it names the department. Whose a fund, a project or a notice is, is not looked up.</remarks>
    public bool IsAboutHandlers(FoundComplaint complaint) => complaint.Said.About.Department is { } about && about == deployment.ComplaintsDepartment;

    /// <summary>Why the department's register lets somebody read no complaints; null where it does, and for auditors, who are in none.</summary>
    public static async Task<Finding?> RefusalAsync(ClaimsPrincipal user, Register register, CancellationToken cancellationToken)
    {
        if (user.IsInRole(Role.Auditor))
        {
            return null;
        }

        Sender reader = Caller.Of(user, Channel.Http);
        SuccessionState? department = await register.OfAsync(reader.Department, cancellationToken);
        Finding? asPoster = user.IsInRole(Role.Poster) ? Register.Refusal(department, reader.Person, DepartmentRole.Poster) : null;
        Finding? asApprover = user.IsInRole(Role.Approver) ? Register.Refusal(department, reader.Person, DepartmentRole.Approver) : null;
        bool reads = (user.IsInRole(Role.Poster) && asPoster is null) || (user.IsInRole(Role.Approver) && asApprover is null);
        return reads ? null : asPoster ?? asApprover;
    }

    /// <summary>True where somebody who reads complaints sees this one.</summary>
    public bool Sees(ClaimsPrincipal user, FoundComplaint complaint) =>
        IsWithin(Caller.Of(user, Channel.Http), complaint) && (user.IsInRole(Role.Auditor) || !IsAboutHandlers(complaint));

    /// <summary>True for who sees those that cannot be read, of which nobody knows what place they are about.</summary>
    public static bool SeesUnreadable(ClaimsPrincipal user) => Caller.Of(user, Channel.Http).Region is null;

    /// <summary>True where a complaint is within the reader's region. One that names no place is for those alone who act for all places.</summary>
    public static bool IsWithin(Sender reader, FoundComplaint complaint) => reader.Region is not { } region || (complaint.Said.About.Region is { } place && region.Covers(place));
}
