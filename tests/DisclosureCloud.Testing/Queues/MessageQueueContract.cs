using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="IMessageQueue"/>, point by point, for every implementation.</summary>
public abstract class MessageQueueContract : IAsyncDisposable
{
    /// <summary>The shortest that may be asked for: a queue with a clock of its own makes us wait that long.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly List<IAsyncDisposable> opened = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a queue of this test, which is there or is made; a second call opens the same one again, as another process would.</summary>
    /// <returns>The queue, and what is to be closed in the end, if anything.</returns>
    protected abstract Task<(IMessageQueue Queue, IAsyncDisposable? Owned)> OpenStoreAsync(string name);

    /// <summary>Comes back when what was hidden for a second can be received again.</summary>
    protected abstract Task WaitASecondAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in opened)
        {
            await owned.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("{\"kind\":\"notice\",\"text\":\"县农业农村局 <b>&amp;</b> \\u0001\"}")]
    [InlineData("\u0001\r\n\t\0 𠮷")]
    [InlineData("bm90IGJhc2U2NA==")]
    public async Task Point1_Text_ComesAsItWasSent(string text)
    {
        await (await OpenAsync()).SendAsync(text, Cancel);
        QueueMessage message = (await (await OpenAsync()).ReceiveAsync(1, Long, Cancel)).ShouldHaveSingleItem();
        message.Text.ShouldBe(text);
        message.Receives.ShouldBe(1);
    }

    [Fact]
    public async Task Point1_LongestText_IsTakenAndOneByteMoreIsNot()
    {
        IMessageQueue queue = await OpenAsync();
        string longest = new('村', IMessageQueue.SizeMax / 3); // Three bytes each.
        await queue.SendAsync(longest, Cancel);
        await Should.ThrowAsync<ArgumentException>(() => queue.SendAsync(longest + "a", Cancel));
        (await queue.ReceiveAsync(2, Long, Cancel)).ShouldHaveSingleItem().Text.ShouldBe(longest);
    }

    [Fact]
    public async Task Point1_NoText_IsRefused()
    {
        IMessageQueue queue = await OpenAsync();
        await Should.ThrowAsync<ArgumentException>(() => queue.SendAsync("", Cancel));
        await Should.ThrowAsync<ArgumentException>(() => queue.SendAsync("half of a pair: " + (char)0xd800, Cancel));
        (await queue.ReceiveAsync(1, Long, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point3_Received_IsHiddenFromTheOthers()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("one", Cancel);
        await queue.SendAsync("two", Cancel);
        string first = (await queue.ReceiveAsync(1, Long, Cancel)).ShouldHaveSingleItem().Text;
        string second = (await (await OpenAsync()).ReceiveAsync(32, Long, Cancel)).ShouldHaveSingleItem().Text;
        new[] { first, second }.Order(StringComparer.Ordinal).ShouldBe(["one", "two"]);
        (await queue.ReceiveAsync(32, Long, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point3_NotDeletedInTime_ComesAgainAndIsCounted()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("one", Cancel);
        (await queue.ReceiveAsync(1, Short, Cancel)).ShouldHaveSingleItem().Receives.ShouldBe(1);
        await WaitASecondAsync();
        QueueMessage again = (await queue.ReceiveAsync(1, Long, Cancel)).ShouldHaveSingleItem();
        again.Text.ShouldBe("one");
        again.Receives.ShouldBe(2);
    }

    [Fact]
    public async Task Point3_ManyMessagesAndReceivers_EachMessageOnce()
    {
        const int Messages = 80;
        IMessageQueue[] queues = [await OpenAsync(), await OpenAsync()];
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => queues[number % 2].SendAsync($"{number}", Cancel)));
        IEnumerable<QueueMessage>[] received = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(
            async () =>
            {
                var mine = new List<QueueMessage>();
                IReadOnlyList<QueueMessage> next;
                while ((next = await queues[number % 2].ReceiveAsync(3, Long, Cancel)).Count > 0)
                {
                    next.Count.ShouldBeLessThanOrEqualTo(3);
                    mine.AddRange(next);
                }

                return mine.AsEnumerable();
            },
            Cancel)));
        received.SelectMany(mine => mine).Select(message => message.Text).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, Messages).Select(number => $"{number}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(33, 1000)]
    [InlineData(1, 0)]
    [InlineData(1, 999)]
    [InlineData(1, 1500)]
    [InlineData(1, 604_801_000)]
    public async Task Point3_ReceiveBeyondALimit_IsRefused(int count, int hiddenMilliseconds)
    {
        IMessageQueue queue = await OpenAsync();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(count, TimeSpan.FromMilliseconds(hiddenMilliseconds), Cancel));
    }

    [Fact]
    public async Task Point4_ReceivedFiveTimes_IsSetAsideByTheSixthReceive()
    {
        IMessageQueue queue = await OpenAsync();
        IMessageQueue poison = await OpenAsync("-poison");
        await queue.SendAsync("bad", Cancel);
        for (int receive = 1; receive <= IMessageQueue.ReceivesMax; receive++)
        {
            (await queue.ReceiveAsync(1, Short, Cancel)).ShouldHaveSingleItem().Receives.ShouldBe(receive);
            await WaitASecondAsync();
        }

        (await poison.ReceiveAsync(1, Long, Cancel)).ShouldBeEmpty();
        (await queue.ReceiveAsync(1, Short, Cancel)).ShouldBeEmpty();
        await WaitASecondAsync();
        (await queue.ReceiveAsync(1, Short, Cancel)).ShouldBeEmpty();
        QueueMessage bad = (await poison.ReceiveAsync(32, Long, Cancel)).ShouldHaveSingleItem();
        bad.Text.ShouldBe("bad");
        (await poison.DeleteAsync(bad.Receipt, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Point4_InThePoisonQueue_IsGivenHoweverOften()
    {
        IMessageQueue poison = await OpenAsync("-poison");
        await poison.SendAsync("bad", Cancel);
        for (int receive = 1; receive <= IMessageQueue.ReceivesMax + 1; receive++)
        {
            (await poison.ReceiveAsync(1, Short, Cancel)).ShouldHaveSingleItem().Receives.ShouldBe(receive);
            await WaitASecondAsync();
        }
    }

    [Fact]
    public async Task Point5_Deleted_IsGone()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("one", Cancel);
        QueueMessage message = (await queue.ReceiveAsync(1, Short, Cancel)).ShouldHaveSingleItem();
        (await (await OpenAsync()).DeleteAsync(message.Receipt, Cancel)).ShouldBeTrue();
        (await queue.DeleteAsync(message.Receipt, Cancel)).ShouldBeFalse();
        await WaitASecondAsync();
        (await queue.ReceiveAsync(1, Short, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point5_StaleReceipt_DeletesNothing()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("one", Cancel);
        QueueMessage slow = (await queue.ReceiveAsync(1, Short, Cancel)).ShouldHaveSingleItem();
        await WaitASecondAsync();
        QueueMessage next = (await queue.ReceiveAsync(1, Long, Cancel)).ShouldHaveSingleItem();

        (await queue.DeleteAsync(slow.Receipt, Cancel)).ShouldBeFalse();
        (await queue.DeleteAsync(next.Receipt, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Point5_LateButReceivedByNobodyElse_IsDeleted()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("one", Cancel);
        QueueMessage slow = (await queue.ReceiveAsync(1, Short, Cancel)).ShouldHaveSingleItem();
        await WaitASecondAsync();
        (await queue.DeleteAsync(slow.Receipt, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Point5_ReceiptOfNoStore_IsRefused()
    {
        IMessageQueue queue = await OpenAsync();
        await Should.ThrowAsync<FormatException>(() => queue.DeleteAsync(default, Cancel));
        await Should.ThrowAsync<FormatException>(() => queue.DeleteAsync(new QueueReceipt("one"), Cancel));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Postings")]
    [InlineData("a--b")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("a_b")]
    [InlineData("ab-poison")]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-1234567")]
    public async Task Point7_NameOfAnotherForm_IsRefused(string name) => await Should.ThrowAsync<ArgumentException>(() => OpenStoreAsync(name));

    [Fact]
    public async Task Point8_Count_TellsOfEveryMessageThatIsNotDeletedAlsoAHiddenOne()
    {
        IMessageQueue queue = await OpenAsync();
        (await queue.CountAsync(Cancel)).ShouldBe(0);
        await queue.SendAsync("one", Cancel);
        await queue.SendAsync("two", Cancel);
        await queue.SendAsync("three", Cancel);
        (await (await OpenAsync()).CountAsync(Cancel)).ShouldBe(3);
        QueueMessage hidden = (await queue.ReceiveAsync(1, Long, Cancel)).ShouldHaveSingleItem();
        (await queue.CountAsync(Cancel)).ShouldBe(3);
        await queue.DeleteAsync(hidden.Receipt, Cancel);
        (await (await OpenAsync()).CountAsync(Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Point8_Count_LeavesOutTheQueueForPoison()
    {
        (IMessageQueue queue, IMessageQueue poison) = (await OpenAsync(), await OpenAsync("-poison"));
        await queue.SendAsync("one", Cancel);
        await poison.SendAsync("bad", Cancel);
        await poison.SendAsync("worse", Cancel);
        (await queue.CountAsync(Cancel)).ShouldBe(1);
        (await poison.CountAsync(Cancel)).ShouldBe(2);
    }

    /// <summary>This test's queue, or with a suffix another one of it.</summary>
    protected async Task<IMessageQueue> OpenAsync(string suffix = "")
    {
        (IMessageQueue queue, IAsyncDisposable? owned) = await OpenStoreAsync(Name + suffix);
        if (owned is not null)
        {
            opened.Add(owned);
        }

        return queue;
    }

    protected virtual string Name => "postings";
}
