using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>The list of what a department has sent.</summary>
public sealed class PostingListTests : IAsyncLifetime
{
    private readonly RunningApp _app = new();

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task List_OfOnePosting_SaysWhatItIsAndHowFarItHasCome()
    {
        var office = new Office(_app);
        (await ListAsync(office.Poster)).ShouldBe(200).Text.ShouldBe("""{"postings":[]}""");
        Answer posted = await office.PostAsync(Office.Fund("fund-listed"));

        JsonElement line = Lines(await ListAsync(office.Poster)).ShouldHaveSingleItem();
        line.EnumerateObject().Select(member => $"{member.Name} {member.Value}").ShouldBe(
            [$"id {posted.Id}", "kind fund", "state proposed", $"receivedAt {posted.Json.GetProperty("receivedAt")}", "fund fund-listed",
            "poster finance-poster", "approval needed"]);
        Ids(await ListAsync(office.Approver, "?state=proposed")).ShouldBe([posted.Id]);
        Ids(await ListAsync(office.Approver, "?state=effective")).ShouldBeEmpty();

        await office.ApproveAsync(posted.Id);
        Ids(await ListAsync(office.Approver, "?state=proposed")).ShouldBeEmpty();
        Lines(await ListAsync(office.Poster, "?state=effective")).ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("effective");
    }

    [Fact]
    public async Task List_OfTwoDepartments_ShowsEachItsOwnWhateverTheRole()
    {
        var finance = new Office(_app);
        var transport = new Office(_app, "transport");
        Answer one = await finance.PostAsync(Office.Fund("fund-one"));
        Answer other = await transport.PostAsync(Office.Fund("fund-other"));

        // As with a single posting: the department counts, and whoever belongs to it may look.
        foreach (string role in Role.All)
        {
            Ids(await ListAsync(_app.Token("finance", "someone", role))).ShouldBe([one.Id]);
            Ids(await ListAsync(_app.Token("transport", "someone", role))).ShouldBe([other.Id]);
            Ids(await ListAsync(_app.Token("audit", "someone", role))).ShouldBeEmpty();
        }

        (await ListAsync(finance.Poster, $"?after={one.Id}")).ShouldBe(200).Text.ShouldBe("""{"postings":[]}""");
        Answer foreign = (await ListAsync(finance.Poster, $"?after={other.Id}")).ShouldBeProblem(400, "bad-query");
        (await ListAsync(finance.Poster, $"?after={new string('a', 26)}")).Text.ShouldBe(foreign.Text);
    }

    [Fact]
    public async Task List_InPagesWhilePostingsArrive_HasEachThatWasThereExactlyOnce()
    {
        var office = new Office(_app);
        Answer[] posted = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => office.PostAsync(Office.Fund($"fund-page-{i}"))));
        using var stop = new CancellationTokenSource();
        Task arriving = ArriveAsync(office, stop.Token);

        var read = new List<JsonElement>();
        for (string? query = "?limit=7"; query is not null;)
        {
            Answer page = (await ListAsync(office.Poster, query)).ShouldBe(200);
            read.AddRange(Lines(page));
            query = page.Json.TryGetProperty("next", out JsonElement next) ? $"?limit=7&after={next.GetString()}" : null;
        }

        await stop.CancelAsync();
        await arriving;
        string[] ids = [.. read.Select(line => line.GetProperty("id").GetString()!)];
        ids.ShouldBeUnique(StringComparer.Ordinal);
        posted.Select(answer => answer.Id).Except(ids, StringComparer.Ordinal).ShouldBeEmpty();
        read.Select(line => line.GetProperty("receivedAt").GetString()!).ShouldBeInOrder(SortDirection.Descending, StringComparer.Ordinal);
    }

    [Fact]
    public async Task List_RightAfterAPosting_HasIt()
    {
        var office = new Office(_app);
        for (int i = 0; i < 20; i++)
        {
            Answer posted = await office.PostAsync(Office.Fund($"fund-own-{i}"));
            Ids(await ListAsync(office.Poster, "?limit=1")).ShouldBe([posted.Id]);
        }
    }

    [Theory]
    [InlineData("?status=proposed")]
    [InlineData("?State=proposed")]
    [InlineData("?state=waiting")]
    [InlineData("?state=Proposed")]
    [InlineData("?state=")]
    [InlineData("?state=proposed&state=effective")]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=1.5")]
    [InlineData("?limit=%201")]
    [InlineData("?limit=99999999999")]
    [InlineData("?limit=1&Limit=2")]
    [InlineData("?after=")]
    [InlineData("?after=no-posting-id")]
    [InlineData("?after=aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("?page=2")]
    [InlineData("?=")]
    public async Task List_WithAQueryThatIsNone_Is400(string query) =>
        (await ListAsync(new Office(_app).Poster, query)).ShouldBeProblem(400, "bad-query");

    private Task<Answer> ListAsync(string token, string query = "") => _app.GetAsync($"/api/postings{query}", token);

    private static async Task ArriveAsync(Office office, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            (await office.PostAsync(Office.Fund($"fund-arrives-{i}"))).ShouldBe(201);
        }
    }

    private static JsonElement[] Lines(Answer answer) => [.. answer.Json.GetProperty("postings").EnumerateArray()];

    private static string[] Ids(Answer answer) => [.. Lines(answer).Select(line => line.GetProperty("id").GetString()!)];
}
