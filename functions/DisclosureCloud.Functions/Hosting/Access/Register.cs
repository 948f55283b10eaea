using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Access;

/// <summary>Who acts for a department, as it posted and approved itself. A role of a token counts only as far as this list has it, too.</summary>
/// <remarks>
/// Read anew each time: who is struck off it acts no more. A department that has named nobody relies on its tokens alone. Whoever imports on
/// the machine itself has the ledger in his hands, and no list would hold him. Decision 0024.
/// </remarks>
internal sealed class Register(ILedgerStore ledger)
{
    /// <summary>Why the register does not let somebody do this; null where it does.</summary>
    public async Task<Finding?> RefusalAsync(Sender sender, DepartmentRole role, CancellationToken cancellationToken) =>
        sender.Channel == Channel.Import ? null : Refusal(await OfAsync(sender.Department, cancellationToken), sender.Person, role);

    /// <summary>What a department last said of itself; null where it never did.</summary>
    public async Task<SuccessionState?> OfAsync(DepartmentId department, CancellationToken cancellationToken) =>
        Outcome.StateOf(await ledger.ReadLastAsync(StreamName.Of(department), cancellationToken)) as SuccessionState;

    /// <summary>The same for who has read the register already.</summary>
    public static Finding? Refusal(SuccessionState? department, PersonId person, DepartmentRole role) =>
        department is { NamesPeople: true } && !(department.People.TryGetValue(person, out Duties? duties) && duties.Roles.Contains(role))
            ? new Finding("", "not-registered", "Your department has named the accounts that act for it, and this one is not among those with this role.", null, Code.Text(role))
            : null;
}
