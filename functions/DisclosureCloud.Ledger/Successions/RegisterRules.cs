using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>The rules of the accounts that a department names: each once, two of them at least who can do its work, and never none again.</summary>
public static class RegisterRules
{
    internal static Rejection? Check(SuccessionState? state, Department department)
    {
        ImmutableArray<RegisteredPerson> people = department.People.IsDefault ? [] : department.People;
        if (people.IsEmpty)
        {
            // Left out by mistake, the list would be gone, and whoever holds a token would act again.
            return state is { NamesPeople: true } ? new Rejection.PeopleLeftOut() : null;
        }

        return CheckTwice(people) ?? (HasTwoHands(people) ? null : new Rejection.NobodyElseApproves());
    }

    /// <summary>That an amendment leaves no accounts where some were named.</summary>
    internal static Rejection? CheckAmended(StreamState? before, StreamState? after) =>
        before is SuccessionState { NamesPeople: true } && after is SuccessionState { NamesPeople: false } ? new Rejection.PeopleWithdrawn() : null;

    // An account twice would have two sets of roles, and a key of two accounts would not tell which one signed.
    private static Rejection? CheckTwice(ImmutableArray<RegisteredPerson> people)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < people.Length; i++)
        {
            if (!seen.Add(people[i].Person.Value))
            {
                return new Rejection.PersonTwice(i, "person");
            }

            if (people[i].SigningKey is { } key && !seen.Add(key.Value))
            {
                return new Rejection.PersonTwice(i, "signingKey");
            }
        }

        return null;
    }

    // Nobody decides what they posted: with one account alone nothing would ever take effect, the next list neither.
    private static bool HasTwoHands(ImmutableArray<RegisteredPerson> people)
    {
        PersonId[] posters = [.. people.Where(one => one.Roles.Contains(DepartmentRole.Poster)).Select(one => one.Person)];
        return posters.Length > 0 && people.Any(one => one.Roles.Contains(DepartmentRole.Approver) && posters.Any(poster => poster != one.Person));
    }
}
