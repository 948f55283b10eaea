using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <content>Departments and places that go on as others.</content>
public abstract partial record Rejection
{
    public sealed record SucceededBefore(string Subject)
        : Rejection("succeeded-before", "", $"'{Subject}' goes on as others already.");

    /// <summary>A department speaks of itself alone.</summary>
    public sealed record OfOtherDepartment : Rejection
    {
        public OfOtherDepartment(DepartmentId found, DepartmentId wanted)
            : base("of-other-department", "/departmentId", "A department says its name and what it goes on as itself.") => (Found, Wanted) = (found.Value, wanted.Value);
    }

    public sealed record NamesDoNotMatch : Rejection
    {
        public NamesDoNotMatch(int found, int wanted)
            : base("names-do-not-match", "/successorNames", "There is one name for each successor, in the same order.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), wanted.ToString(CultureInfo.InvariantCulture));
    }
}
