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

    /// <summary>A department that named its accounts names them each time.</summary>
    public sealed record PeopleLeftOut()
        : Rejection("people-left-out", "", "The department has named the accounts that act for it: it names them again, or others, each time it posts of itself.");

    public sealed record PeopleWithdrawn()
        : Rejection("people-withdrawn", "/cites", "Without this entry no account would be named, and every token would act again. Post the department anew with other accounts.");

    /// <summary>An account, or a key, that stands for two.</summary>
    public sealed record PersonTwice(int At, string Field)
        : Rejection("person-twice", JsonPointer.Down(JsonPointer.Down("/people", At), Field), "Each account is named once, and no two have one key.");

    public sealed record NobodyElseApproves()
        : Rejection("nobody-else-approves", "/people", "One account at least posts, and another one approves: alone, nobody could change this list again.");
}
