using System.Globalization;
using System.Text;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DisclosureCloud.Functions.Tests.Complaints;

/// <summary>A complaint is kept whole or not at all, is read with its code alone, and is answered once, whatever breaks on the way.</summary>
public sealed class ComplaintDeskTests
{
    private static readonly PersonId Handler = Id.Parse<PersonId>("petitions-poster");

    private readonly ManualClock _clock = new();
    private readonly MemoryArchive _files = new();
    private readonly MemoryValueStore _keys;

    public ComplaintDeskTests() => _keys = new MemoryValueStore(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_OfAComplaint_IsReadWithItsCode()
    {
        (ComplaintCode code, DateTimeOffset receivedAt) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        FoundComplaint found = (await FindAsync(code)).ShouldNotBeNull();
        found.Said.ShouldBe(ComplaintSamples.Said());
        (found.ReceivedAt, found.State, found.ChangedAt, found.Last).ShouldBe((receivedAt, ComplaintState.Received, receivedAt, null));
    }

    [Fact]
    public async Task Take_OfAComplaint_LeavesNeitherTextNorCodeInTheStores()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        await ReplyAsync(code, new ComplaintReply(ComplaintState.Answered, FreeText.Of("已核实")));
        var stored = new StringBuilder();
        foreach ((string path, byte[] file) in _files.Files)
        {
            stored.Append(path).Append(Encoding.UTF8.GetString(file)).Append(Encoding.Latin1.GetString(file));
        }

        await foreach (Opening opening in _keys.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel))
        {
            stored.Append(opening.Value);
        }

        stored.ToString().ShouldContain(ComplaintId.Of(code).Value, Case.Sensitive, "else this test looks at the wrong stores");
        foreach (string trace in new[] { ComplaintSamples.Text, "已核实", "430511", code.Value, code.Value.Replace("-", "", StringComparison.Ordinal), Handler.Value })
        {
            stored.ToString().ShouldNotContain(trace, Case.Sensitive);
        }
    }

    // A seed that failed once stays in the list.
    [Theory]
    [InlineData(20261123)]
    public async Task Codes_OfTwoHundredComplaints_OpenEachItsOwn(int seed)
    {
        var random = new Random(seed);
        ComplaintDesk desk = Desk(seed);
        var said = new Dictionary<ComplaintCode, Complaint>();
        foreach (int number in Enumerable.Range(0, 200))
        {
            Complaint complaint = ComplaintSamples.Said(string.Create(CultureInfo.InvariantCulture, $"第{number}件,{random.Next()}"));
            said.Add((await desk.TakeAsync(complaint, Cancel)).Code, complaint);
            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(3)));
        }

        foreach ((ComplaintCode code, Complaint complaint) in said)
        {
            (await FindAsync(code)).ShouldNotBeNull($"seed {seed}").Said.ShouldBe(complaint, $"seed {seed}");

            // One letter of it is another: as good as any code that nobody was given.
            string plain = code.Value.Replace("-", "", StringComparison.Ordinal);
            int at = random.Next(plain.Length);
            string near = $"{plain[..at]}{(plain[at] == 'a' ? 'b' : 'a')}{plain[(at + 1)..]}";
            (await FindAsync(Id.Parse<ComplaintCode>(near))).ShouldBeNull($"seed {seed}");
        }
    }

    [Theory]
    [InlineData("before the key", false)]
    [InlineData("after the key", false)]
    [InlineData("before the file", false)]
    [InlineData("after the file", true)]
    public async Task Take_CrashedOnTheWay_IsThereWholeOrForNobody(string where, bool isThere)
    {
        Break(where);
        var salts = new SeededSalts(1);
        await Should.ThrowAsync<CrashException>(() => Desk(salts).TakeAsync(ComplaintSamples.Said(), Cancel));
        Mend();
        var code = ComplaintCode.New(new SeededSalts(1)); // Which nobody was told.
        ((await FindAsync(code)) is not null).ShouldBe(isThere);
        (await ListAsync()).Count.ShouldBe(isThere ? 1 : 0);
        _clock.Advance(ComplaintSweep.OpenMax + TimeSpan.FromDays(2));
        await Sweep().SweepAsync(Cancel);
        (_files.Files.Count, _keys.Count).ShouldBe((0, 0), "what a crash left goes in the end");
    }

    [Theory]
    [InlineData("before the key", false)]
    [InlineData("after the key", false)]
    [InlineData("before the file", false)]
    [InlineData("after the file", true)]
    public async Task Reply_CrashedOnTheWay_WasSaidOrNot_AndIsSaidOnceByRepeating(string where, bool isThere)
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        var reply = new ComplaintReply(ComplaintState.Answered, FreeText.Of("已核实"));
        Break(where);
        await Should.ThrowAsync<CrashException>(() => ReplyAsync(code, reply));
        Mend();
        (await FindAsync(code))!.State.ShouldBe(isThere ? ComplaintState.Answered : ComplaintState.Received);

        _clock.Advance(TimeSpan.FromMinutes(1));
        FoundComplaint kept = (await ReplyAsync(code, reply, salts: 3)).ShouldBeOfType<ReplyAnswer.Kept>().Complaint;
        (kept.State, kept.Changes).ShouldBe((ComplaintState.Answered, 1));
        (await FindAsync(code)).ShouldBe(kept);
        _files.Files.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reply_TwoAtOnce_OneIsFirstAndTheOtherIsToldSo()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        var first = new ComplaintReply(ComplaintState.Referred, FreeText.Of("已转交通局"));
        MemoryArchive other = _files.Open();
        _files.BeforeWrite = _ =>
        {
            _files.BeforeWrite = null;
            ReplyAsync(code, first, salts: 9, other).GetAwaiter().GetResult().ShouldBeOfType<ReplyAnswer.Kept>();
        };
        (await ReplyAsync(code, new ComplaintReply(ComplaintState.Answered, FreeText.Of("已核实")))).ShouldBe(new ReplyAnswer.AlreadyClosed(ComplaintState.Referred));
        (await FindAsync(code))!.Last!.Reply.ShouldBe(first);
        _keys.Count.ShouldBe(2, "the slower one's key is of nothing, and forgotten");
    }

    [Fact]
    public async Task Reply_TheSameTwiceAtOnce_IsOneAndGoodForBoth()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        var reply = new ComplaintReply(ComplaintState.InHand, Answer: null);
        MemoryArchive other = _files.Open();
        _files.BeforeWrite = _ =>
        {
            _files.BeforeWrite = null;
            ReplyAsync(code, reply, salts: 9, other).GetAwaiter().GetResult();
        };
        (await ReplyAsync(code, reply)).ShouldBeOfType<ReplyAnswer.Kept>().Complaint.Changes.ShouldBe(1);
    }

    [Fact]
    public async Task Reply_WhileAnotherIsInHand_IsNotTakenForTheirs()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        MemoryArchive other = _files.Open();
        _files.BeforeWrite = _ =>
        {
            _files.BeforeWrite = null;
            ReplyAsync(code, new ComplaintReply(ComplaintState.InHand, FreeText.Of("现场核实中")), salts: 9, other).GetAwaiter().GetResult();
        };
        (await ReplyAsync(code, new ComplaintReply(ComplaintState.Answered, FreeText.Of("已核实")))).ShouldBeOfType<ReplyAnswer.ChangedMeanwhile>();
    }

    [Fact]
    public async Task Reply_AfterTheLastWord_ChangesNothing()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        var last = new ComplaintReply(ComplaintState.NotOurs, FreeText.Of("请向市供电公司反映"));
        await ReplyAsync(code, new ComplaintReply(ComplaintState.InHand, Answer: null));
        await ReplyAsync(code, last);
        (await ReplyAsync(code, last)).ShouldBeOfType<ReplyAnswer.Kept>();
        (await ReplyAsync(code, last with { Answer = FreeText.Of("另一个答复") })).ShouldBe(new ReplyAnswer.AlreadyClosed(ComplaintState.NotOurs));
        (await ReplyAsync(code, new ComplaintReply(ComplaintState.InHand, Answer: null))).ShouldBe(new ReplyAnswer.AlreadyClosed(ComplaintState.NotOurs));
        FoundComplaint found = (await FindAsync(code))!;
        (found.Changes, found.Last!.Reply, found.Last.By).ShouldBe((2, last, Handler));
    }

    [Fact]
    public async Task Reply_MoreOftenThanItMayBe_IsRefusedSaveForTheLastWord()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        for (int i = 0; i < ComplaintDesk.ChangesMax; i++)
        {
            (await ReplyAsync(code, Note(i), salts: 10 + i)).ShouldBeOfType<ReplyAnswer.Kept>();
        }

        (await ReplyAsync(code, Note(ComplaintDesk.ChangesMax))).ShouldBeOfType<ReplyAnswer.TooManyChanges>();
        (await ReplyAsync(code, new ComplaintReply(ComplaintState.Answered, FreeText.Of("已核实")))).ShouldBeOfType<ReplyAnswer.Kept>();

        static ComplaintReply Note(int number) => new(ComplaintState.InHand, FreeText.Of(string.Create(CultureInfo.InvariantCulture, $"第{number}次核实")));
    }

    [Fact]
    public async Task Find_OfAComplaintWhoseKeyWasLost_IsOurMistake()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        await ReplyAsync(code, new ComplaintReply(ComplaintState.InHand, Answer: null));
        await foreach (Opening opening in _keys.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel))
        {
            if (ComplaintKey.Read(KeptKey.Of(opening)).Number == 1)
            {
                await _keys.ForgetAsync([opening.Key], Cancel);
            }
        }

        await Should.ThrowAsync<InvalidDataException>(() => FindAsync(code));
    }

    [Fact]
    public async Task Find_OfAComplaintThatWasAltered_IsOurMistake()
    {
        (ComplaintCode code, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        _files.Files.Single().Value[^1] ^= 1;
        await Should.ThrowAsync<InvalidDataException>(() => FindAsync(code));
    }

    [Fact]
    public async Task Find_OfOneComplaintInThePlaceOfAnother_IsOurMistake()
    {
        // Whoever may write to the files alone cannot give one person's answer to another.
        (ComplaintCode one, _) = await Desk(1).TakeAsync(ComplaintSamples.Said(), Cancel);
        (ComplaintCode other, _) = await Desk(2).TakeAsync(ComplaintSamples.Said("别的事"), Cancel);
        _files.Files[PathOf(one)] = _files.Files[PathOf(other)];
        await Should.ThrowAsync<InvalidDataException>(() => FindAsync(one));

        string PathOf(ComplaintCode code) => _files.Files.Keys.Single(path => path.EndsWith(ComplaintId.Of(code).Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("altered")]
    [InlineData("cut off")]
    [InlineData("emptied")]
    [InlineData("key lost")]
    public async Task List_WithOneThatIsDamaged_HasTheOthersAndTellsIt(string how)
    {
        (ComplaintCode older, _) = await Desk(1).TakeAsync(ComplaintSamples.Said("旧"), Cancel);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (ComplaintCode damaged, DateTimeOffset at) = await Desk(2).TakeAsync(ComplaintSamples.Said(), Cancel);
        await ReplyAsync(damaged, new ComplaintReply(ComplaintState.InHand, Answer: null), salts: 5);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (ComplaintCode newer, _) = await Desk(3).TakeAsync(ComplaintSamples.Said("新"), Cancel);
        await DamageChangeAsync(damaged, how);

        ComplaintPage page = await Desk(98).ReadAsync(_ => true, state: null, after: null, limit: 10, Cancel);
        page.Complaints.Select(one => one.Id).ShouldBe([ComplaintId.Of(newer), ComplaintId.Of(older)]);
        page.Damaged.Select(one => (one.Place.Id, one.Place.ReceivedAt)).ShouldBe([(ComplaintId.Of(damaged), at)]);
        InvalidDataException fault = await Should.ThrowAsync<InvalidDataException>(() => FindAsync(damaged));
        fault.Message.ShouldContain(ComplaintId.Of(damaged).Value, Case.Sensitive, "diagnostics say which");
    }

    private async Task DamageChangeAsync(ComplaintCode code, string how)
    {
        string path = _files.Files.Keys.Single(one => one.EndsWith($"{ComplaintId.Of(code).Value}.1", StringComparison.Ordinal));
        switch (how)
        {
            case "altered":
                _files.Files[path][^1] ^= 1;
                return;
            case "cut off":
                _files.Files[path] = _files.Files[path][..^1];
                return;
            case "emptied":
                _files.Files[path] = [];
                return;
            default:
                await foreach (Opening opening in _keys.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel))
                {
                    if (ComplaintKey.Read(KeptKey.Of(opening)) is { Number: 1 })
                    {
                        await _keys.ForgetAsync([opening.Key], Cancel);
                    }
                }

                return;
        }
    }

    private static void Die() => throw new CrashException();

    private void Break(string where)
    {
        _keys.BeforePut = where == "before the key" ? Die : null;
        _keys.AfterPut = where == "after the key" ? Die : null;
        _files.BeforeWrite = where == "before the file" ? _ => Die() : null;
        _files.AfterWrite = where == "after the file" ? _ => Die() : null;
    }

    private void Mend() => (_keys.BeforePut, _keys.AfterPut, _files.BeforeWrite, _files.AfterWrite) = (null, null, null, null);

    private Task<FoundComplaint?> FindAsync(ComplaintCode code) => Desk(99).FindAsync(ComplaintId.Of(code), Cancel);

    private async Task<ReplyAnswer> ReplyAsync(ComplaintCode code, ComplaintReply reply, int salts = 2, MemoryArchive? files = null) =>
        await Desk(new SeededSalts(salts), files).ReplyAsync((await FindAsync(code))!, reply, Handler, Cancel);

    private async Task<IReadOnlyList<FoundComplaint>> ListAsync() => (await Desk(98).ReadAsync(_ => true, state: null, after: null, limit: 10, Cancel)).Complaints;

    private ComplaintSweep Sweep() => new(Vault(new SeededSalts(97)), _clock);

    private ComplaintDesk Desk(int salts) => Desk(new SeededSalts(salts));

    private ComplaintDesk Desk(SeededSalts salts, MemoryArchive? files = null) => new(Vault(salts, files), salts, _clock, NullLogger<ComplaintDesk>.Instance);

    private ComplaintVault Vault(SeededSalts salts, MemoryArchive? files = null) => new(files ?? _files, new SealKeys(_keys, salts), salts);
}
