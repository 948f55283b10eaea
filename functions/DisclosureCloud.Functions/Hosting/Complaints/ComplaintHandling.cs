using System.Security.Claims;
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

    /// <summary>True where a complaint is within the reader's region. One that names no place is for those alone who act for all places.</summary>
    public static bool IsWithin(Sender reader, FoundComplaint complaint) => reader.Region is not { } region || (complaint.Said.About.Region is { } place && region.Covers(place));
}
