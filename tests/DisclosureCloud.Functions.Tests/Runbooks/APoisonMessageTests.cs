using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>a-poison-message.md</c>.</summary>
public sealed class APoisonMessageTests(Counties counties)
{
    [Fact]
    public async Task Steps_ListWhatWasSetAside_AndPutItBack()
    {
        IReadOnlyList<string> steps = Runbook.Open("a-poison-message.md").Tried("On one machine");
        steps.Count.ShouldBe(2);
        using County county = await counties.OpenAsync();
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using var queues = SqliteQueues.Open(Path.Combine(county.Data, "queues.db"), TimeProvider.System);
        await queues.Queue("postings-poison").SendAsync("""{"token":"secret"}""", cancel);
        await queues.Queue("postings-poison").SendAsync("another", cancel);

        string listed = await county.RunAsync(steps[0]);
        listed.ShouldContain("2 messages are set aside");
        listed.ShouldNotContain("secret");

        (await county.RunAsync(steps[1])).ShouldContain("2 messages were put back");
        (await queues.Queue("postings-poison").CountAsync(cancel)).ShouldBe(0);
        (await queues.Queue("postings").CountAsync(cancel)).ShouldBe(2);

        // The fourth step, with a name that the list gave.
        await queues.Queue("postings-poison").SendAsync("third", cancel);
        string name = (await county.RunAsync(steps[0])).Split(' ')[0];
        (await county.RunAsync($"disclosurecloud poison --data \"$DATA\" --drop {name}")).ShouldStartWith($"dropped {name}  postings-poison  5 bytes");
        (await county.TryAsync($"disclosurecloud poison --data \"$DATA\" --drop {name}")).Code.ShouldBe(1);
    }
}
