using System.Collections.Immutable;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>The accounts that a department names: what may stand in the list, and that it never becomes empty again.</summary>
public sealed class RegisterRulesTests
{
    private readonly TinyLedger _ledger = new();
    private int _postings;

    [Fact]
    public void Department_ThatNamesPeople_IsKeptWithTheirRolesAndKeys()
    {
        Post(Of(Person("a", [DepartmentRole.Poster], SigningKey.Example.Value), Person("b", [DepartmentRole.Approver, DepartmentRole.Poster]))).ShouldBeNull();
        SuccessionState state = State();
        state.NamesPeople.ShouldBeTrue();
        state.People.Keys.Select(person => person.Value).ShouldBe(["account-a", "account-b"]);
        state.People[Account("a")].SigningKey!.Value.Value.ShouldBe(SigningKey.Example.Value);
        state.People[Account("b")].Roles.ShouldBe([DepartmentRole.Approver, DepartmentRole.Poster]);
        state.People[Account("b")].SigningKey.ShouldBeNull();
    }

    [Fact]
    public void LaterList_TakesThePlaceOfTheEarlierOne()
    {
        Post(Of(Person("a", [DepartmentRole.Poster]), Person("b", [DepartmentRole.Approver]))).ShouldBeNull();
        Post(Of(Person("c", [DepartmentRole.Poster]), Person("b", [DepartmentRole.Approver]))).ShouldBeNull();
        State().People.Keys.Select(person => person.Value).ShouldBe(["account-b", "account-c"]);
    }

    [Fact]
    public void LaterPosting_WithoutPeople_IsRefused()
    {
        Post(Of()).ShouldBeNull("nobody is named, and that is allowed before anybody was");
        Post(Of(Person("a", [DepartmentRole.Poster]), Person("b", [DepartmentRole.Approver]))).ShouldBeNull();
        Post(Of()).ShouldBeOfType<Rejection.PeopleLeftOut>();
        State().NamesPeople.ShouldBeTrue();
    }

    public static TheoryData<string, string> BadLists => new()
    {
        { "a=poster", "nobody-else-approves" },
        { "a=approver", "nobody-else-approves" },
        { "a=poster b=poster", "nobody-else-approves" },
        { "a=approver b=approver", "nobody-else-approves" },
        { "a=poster+approver", "nobody-else-approves" },
        { "a=poster b=approver a=approver", "person-twice" },
        { "a=poster+key b=approver+key", "person-twice" },
    };

    [Theory]
    [MemberData(nameof(BadLists))]
    public void ListThatCouldNotWork_IsRefused(string list, string code) => Post(Of(Read(list))).ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("a=poster b=approver")]
    [InlineData("a=poster+approver b=poster")]
    [InlineData("a=poster+approver b=approver")]
    [InlineData("a=poster+approver b=poster+approver")]
    public void ListOfTwoHands_IsTaken(string list) => Post(Of(Read(list))).ShouldBeNull();

    /// <summary>Every list of up to three accounts against the rule in other words: whoever posts, somebody else can approve it.</summary>
    [Fact]
    public void EverySmallList_IsTakenExactlyWhenOneAccountCanApproveWhatAnotherPosts()
    {
        int taken = 0;
        for (int code = 1; code < 64; code++)
        {
            int[] roles = [code & 3, (code >> 2) & 3, (code >> 4) & 3];
            RegisteredPerson[] people = [.. roles.Select((bits, i) => (bits, i)).Where(one => one.bits != 0).Select(one => Person(((char)('a' + one.i)).ToString(), RolesOf(one.bits)))];
            bool works = roles.Select((bits, i) => (bits, i)).Any(one => (one.bits & 1) != 0 && roles.Select((bits, i) => (bits, i)).Any(other => other.i != one.i && (other.bits & 2) != 0));
            (new RegisterRulesTests().Post(Of(people)) is null).ShouldBe(works, $"roles {string.Join(' ', roles)}");
            taken += works ? 1 : 0;
        }

        taken.ShouldBeInRange(20, 60);
    }

    [Fact]
    public void WithdrawalOrCorrection_ThatWouldLeaveNobodyNamed_IsRefused()
    {
        Post(Of()).ShouldBeNull();
        Post(Of(Person("a", [DepartmentRole.Poster]), Person("b", [DepartmentRole.Approver]))).ShouldBeNull();
        EntryId named = _ledger.Entries[^1].Id;
        Post(new Withdrawal(named, FreeText.Of("误报"), null)).ShouldBeOfType<Rejection.PeopleWithdrawn>();
        Post(new Correction(named, FreeText.Of("误报"), null), Of()).ShouldBeOfType<Rejection.PeopleWithdrawn>();
        State().NamesPeople.ShouldBeTrue();

        Post(Of(Person("a", [DepartmentRole.Poster]), Person("c", [DepartmentRole.Approver]))).ShouldBeNull();
        Post(new Withdrawal(_ledger.Entries[^1].Id, FreeText.Of("误报"), null)).ShouldBeNull("the list before it counts again");
        State().People.ContainsKey(Account("b")).ShouldBeTrue();
    }

    private static DepartmentRole[] RolesOf(int bits) => [.. new[] { DepartmentRole.Poster, DepartmentRole.Approver }.Where((_, i) => (bits & (1 << i)) != 0)];

    private static RegisteredPerson[] Read(string list) => [.. list.Split(' ').Select(item => item.Split('=')).Select(parts => Person(
        parts[0],
        [.. parts[1].Split('+').Where(word => word != "key").Select(word => word == "poster" ? DepartmentRole.Poster : DepartmentRole.Approver)],
        parts[1].EndsWith("key", StringComparison.Ordinal) ? SigningKey.Example.Value : null))];

    private static PersonId Account(string name) => Id.Parse<PersonId>($"account-{name}");

    private static RegisteredPerson Person(string name, DepartmentRole[] roles, string? key = null) =>
        new(Account(name), [.. roles], key is null ? null : Id.Parse<SigningKey>(key));

    private static Department Of(params RegisteredPerson[] people) => new(TinyLedger.Finance, FreeText.Of("某县财政局"), null, null, null, [.. people]);

    private Rejection? Post(params Fact[] facts) => _ledger.Post(PostingId.Of(TinyLedger.Finance, $"register-{++_postings}"), [.. facts]);

    private SuccessionState State() => (SuccessionState)_ledger.StateOf(StreamName.Of(TinyLedger.Finance))!;
}
