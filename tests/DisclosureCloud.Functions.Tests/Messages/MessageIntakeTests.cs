using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Messages;

/// <summary>What becomes of a message of the queue of postings: a posting, a refusal that its department sees, or an alarm.</summary>
public sealed class MessageIntakeTests : IDisposable
{
    private const string IdentityNumber = "110101199003074258";

    private readonly IntakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Posting_IsProposedAsOverHttp()
    {
        (await _world.TakeAsync(_world.Message(Office.Fund("f-queue")))).ShouldEndWith(" accepted");
        var record = (await _world.FindAsync()).ShouldBeOfType<PostingRecord>();
        record.State.ShouldBe(PostingState.Proposed);
        record.Channel.ShouldBe(Channel.Queue);
        record.Poster.Value.ShouldBe("finance-poster");
        (await _world.Desks.Desk.DecideAsync(record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel))
            .ShouldBeOfType<DecisionAnswer.Decided>().Record.State.ShouldBe(PostingState.Effective);
    }

    [Fact]
    public async Task Messages_BeyondTheHourOfTheirDepartment_AreTakenAndCounted()
    {
        for (int i = 0; i < _world.Limits.PostingsAnHour + 2; i++)
        {
            (await _world.TakeAsync(_world.Message(Office.Fund($"f-queue-{i}"), key: $"hour-{i}"))).ShouldEndWith(" accepted");
        }

        _world.Gate.Count(HourlyOf.Postings, Id.Parse<DepartmentId>("finance")).ShouldNotBeNull("what comes by the queue leaves less for HTTP");
        _world.Gate.Count(HourlyOf.Postings, Id.Parse<DepartmentId>("transport")).ShouldBeNull();
    }

    [Fact]
    public async Task Notice_IsProposedAsOverHttp()
    {
        (await _world.TakeAsync(_world.Message(Office.Notice("n-queue"), name: "notice"))).ShouldEndWith(" accepted");
        (await _world.FindAsync()).ShouldBeOfType<PostingRecord>().Kind.ShouldBe("notice");
    }

    [Fact]
    public async Task Message_DeliveredTwiceOrManyTimesAtOnce_IsOnePosting()
    {
        string message = _world.Message(Office.Fund("f-twice"));
        string[] said = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _world.TakeAsync(message), Cancel)));
        said.Count(one => one.EndsWith(" accepted", StringComparison.Ordinal)).ShouldBe(1);
        said.Count(one => one.EndsWith(" repeated", StringComparison.Ordinal)).ShouldBe(15);
        (await _world.Desks.CommitsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Message_DeliveredAgainWhenItsTokenIsOver_IsStillTheSamePosting()
    {
        string message = _world.Message(Office.Fund("f-late"));
        await _world.TakeAsync(message);
        _world.Desks.Clock.Advance(TimeSpan.FromDays(2));
        (await _world.TakeAsync(message)).ShouldEndWith(" repeated");
        (await _world.Desks.CommitsAsync()).Count.ShouldBe(1);
        _world.Raised.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"token":7}""")]
    [InlineData("""{"token":"a.b.c","key":"k","posting":{}}""")]
    [InlineData("""{"token":"\ud800"}""")]
    public async Task MessageThatNoTokenVouchesFor_IsAnAlarmAndNothingIsStored(string message)
    {
        (await _world.TakeAsync(message)).ShouldBe("unattributed");
        _world.Raised.Lines.ShouldHaveSingleItem().ShouldContain("unattributed-message");
        (await _world.StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task MessageWithAnotherIssuersToken_IsAnAlarmAndNothingIsStored()
    {
        using var other = new IntakeWorld();
        (await _world.TakeAsync(_world.Message(Office.Fund("f-foreign"), token: other.Token()))).ShouldBe("unattributed");
        _world.Raised.Lines.ShouldHaveSingleItem();
        (await _world.StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task TokenThatWasOver_WhenTheMessageWasSigned_IsARefusalThatItsDepartmentSees()
    {
        string old = _world.Token();
        _world.Desks.Clock.Advance(TimeSpan.FromDays(2));
        string message = _world.Message(Office.Fund("f-over"), token: old);
        string said = await _world.TakeAsync(message);
        TurnedAway refused = await RefusedAsync(said);
        refused.Department.Value.ShouldBe("finance");
        (await _world.FindingsAsync(refused)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Pointer.ShouldBe("/token"), one => one.Code.ShouldBe("token-over"));
        _world.Raised.Lines.ShouldBeEmpty();
        (await _world.TakeAsync(message)).ShouldBe(said);

        // Whoever found an old token has used up no key with it.
        (await _world.TakeAsync(_world.Message(Office.Fund("f-over")))).ShouldEndWith(" accepted");
    }

    [Fact]
    public async Task TokenThatIsOverSinceMoreThanAWeek_VouchesForNothing()
    {
        string message = _world.Message(Office.Fund("f-old"));
        _world.Desks.Clock.Advance(TimeSpan.FromDays(8));
        (await _world.TakeAsync(message)).ShouldBe("unattributed");
        (await _world.StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusal_ThatComesAgainWhenItsTokenIsOver_IsTheSame()
    {
        string message = _world.Message(Office.Appropriation("f-none", 1));
        string said = await _world.TakeAsync(message);
        _world.Desks.Clock.Advance(TimeSpan.FromDays(2));
        (await _world.TakeAsync(message)).ShouldBe(said);
        (await _world.Desks.CommitsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task OtherUnreadableMessage_UnderAKeyThatIsUsedUp_IsRefusedByItself()
    {
        string first = await _world.TakeAsync(_world.Message(new JsonObject { ["kind"] = "fund" }));
        string second = await _world.TakeAsync(_world.Message(new JsonObject { ["kind"] = "no-such-kind" }));
        second.ShouldNotBe(first, StringComparer.Ordinal);
        (await _world.FindingsAsync(await RefusedAsync(second))).Select(finding => finding.Code).ShouldBe(["unknown-kind", "key-reused"]);
    }

    [Fact]
    public async Task WhatWasRefused_StandsInNoCommit()
    {
        await _world.TakeAsync(_world.Message(new JsonObject { ["kind"] = "fund", ["某某人"] = "某某人的话" }));
        (await _world.FindingsAsync(await _world.RefusedAsync())).ShouldContain(finding => finding.Pointer == "/posting/某某人");
        foreach (Commit commit in await _world.Desks.CommitsAsync())
        {
            System.Text.Encoding.UTF8.GetString(commit.ToBytes()).ShouldNotContain("某某人");
        }

        (await _world.StoredAsync()).ShouldNotContain("某某人的话");
    }

    [Theory]
    [InlineData(Role.Approver)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Operator)]
    public async Task TokenWithoutTheRole_IsARefusal(string role)
    {
        (await _world.FindingsAsync(await RefusedAsync(await _world.TakeAsync(_world.Message(Office.Fund("f-role"), token: _world.Token(role: role)))))).ShouldHaveSingleItem().Code.ShouldBe("forbidden");
        (await _world.FindAsync()).ShouldBeNull("a key is used up by whoever may post");
    }

    [Fact]
    public async Task PersonalData_IsRefusedAndNothingOfItIsStored()
    {
        JsonObject posting = Office.Fund("f-person");
        posting["name"] = $"张三 {IdentityNumber}";
        await _world.TakeAsync(_world.Message(posting));
        Finding finding = (await _world.FindingsAsync(await _world.RefusedAsync())).ShouldHaveSingleItem();
        (finding.Pointer, finding.Code, finding.Found).ShouldBe(("/posting/name", PersonalDataGuard.Code, null));
        (await _world.StoredAsync()).ShouldNotContain(IdentityNumber);
        (await _world.StoredAsync()).ShouldNotContain("张三");
        (await _world.RefusedAsync()).Content.ShouldBeNull("a hash of what was refused could be guessed at");
    }

    [Fact]
    public async Task PersonalData_InANameOfTheEnvelope_IsNotStoredEither()
    {
        await _world.TakeAsync(_world.Altered(_world.Message(Office.Fund("f-envelope")), message => message[IdentityNumber] = true));
        (await _world.FindingsAsync(await _world.RefusedAsync())).ShouldHaveSingleItem().Code.ShouldBe("bad-message");
        (await _world.StoredAsync()).ShouldNotContain(IdentityNumber);
    }

    [Theory]
    [InlineData("""{"kind":"fund"}""", "missing")]
    [InlineData("""{"kind":"no-such-kind"}""", "unknown-kind")]
    [InlineData("7", "wrong-type")]
    public async Task BodyThatIsWrong_IsARefusalWithWhatIsWrong(string body, string code)
    {
        string message = _world.Message(JsonNode.Parse(body));
        string said = await _world.TakeAsync(message);
        said.ShouldEndWith(" refused");
        TurnedAway refused = await RefusedAsync(said);
        (await _world.FindingsAsync(refused)).Select(finding => finding.Code).ShouldContain(found => found == code);
        (await _world.TakeAsync(message)).ShouldBe(said);
        (await _world.Desks.CommitsAsync()).Count.ShouldBe(1, "it is refused once, however often it comes");
    }

    // No program signs what two could read differently.
    [Theory]
    [InlineData("""{"kind":"appropriation","kind":"fund"}""", "duplicate-key")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "too-deep")]
    public async Task MessageThatCannotBeRead_IsARefusalThatUsesUpNoKey(string body, string code)
    {
        string message = $$"""{"token":"{{_world.Token()}}","key":"2026-001","posting":{{body}}}""";
        string said = await _world.TakeAsync(message);
        (await _world.FindingsAsync(await RefusedAsync(said))).Select(finding => finding.Code).ShouldContain(found => found == code);
        (await _world.TakeAsync(message)).ShouldBe(said);
        (await _world.FindAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("key", "")]
    [InlineData("key", "with space")]
    [InlineData("key", null)]
    [InlineData("posting", null)]
    public async Task EnvelopeThatIsWrong_IsARefusal(string name, string? value)
    {
        string said = await _world.TakeAsync(_world.Altered(_world.Message(Office.Fund("f-wrong")), message =>
        {
            message.Remove(name);
            if (value is not null)
            {
                message[name] = value;
            }
        }));
        said.ShouldEndWith(" refused");
        (await _world.FindingsAsync(await RefusedAsync(said))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task PostingAndNotice_InOneMessage_IsARefusal()
    {
        await _world.TakeAsync(_world.Altered(_world.Message(Office.Fund("f-both")), message => message["notice"] = Office.Notice("n-both")));
        (await _world.FindingsAsync(await _world.RefusedAsync())).ShouldHaveSingleItem().Code.ShouldBe("bad-message");
    }

    [Fact]
    public async Task EvidenceFiles_NamedInAMessage_AreThoseOfItsDepartment()
    {
        EvidenceFileId own = EvidenceSamples.Id0("queue");
        await _world.Desks.Vault.PutAsync(own, DeskWorld.Poster, EvidenceSamples.Pdf, EvidenceSamples.File("queue"), Cancel);
        (await _world.TakeAsync(_world.Message(Office.WithEvidence(Office.Fund("f-shown"), own.Value)))).ShouldEndWith(" accepted");
        await _world.TakeAsync(_world.Message(Office.WithEvidence(Office.Fund("f-none"), new string('a', 26)), key: "2026-002"));
        Finding missing = (await _world.FindingsAsync(await _world.RefusedAsync("2026-002"))).ShouldHaveSingleItem();
        (missing.Pointer, missing.Code).ShouldBe(("/posting/evidenceFiles/0", "no-such-evidence-file"));
    }

    [Fact]
    public async Task WhatARuleRefuses_IsARefusalWithItsNumbers()
    {
        await _world.TakeAsync(_world.Message(Office.Appropriation("f-nowhere", 100)));
        TurnedAway refused = await _world.RefusedAsync();
        refused.Kind.ShouldBe("appropriation");
        (await _world.FindingsAsync(refused)).ShouldHaveSingleItem().Pointer.ShouldStartWith("/posting/");
    }

    [Fact]
    public async Task Refusal_StandsForEverAndAnotherMessageOfItsKeyIsRefusedByItself()
    {
        string refused = await _world.TakeAsync(_world.Message(Office.Appropriation("f-stand", 100)));
        await _world.TakeAsync(_world.Message(Office.Fund("f-stand"), key: "fund"));
        await _world.Desks.Desk.DecideAsync((await _world.FindAsync("fund"))!.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);

        // Now the rules would take it; the answer that its department saw stands all the same.
        (await _world.TakeAsync(_world.Message(Office.Appropriation("f-stand", 100)))).ShouldBe(refused);
        string other = await _world.TakeAsync(_world.Message(Office.Appropriation("f-stand", 200)));
        other.ShouldNotBe(refused, StringComparer.Ordinal);
        TurnedAway second = await RefusedAsync(other);
        (await _world.FindingsAsync(second)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Code.ShouldBe("key-reused"), one => one.Found.ShouldBe(refused.Split(' ')[0]));
        (await _world.TakeAsync(_world.Message(Office.Appropriation("f-stand", 100), key: "anew"))).ShouldEndWith(" accepted");
    }

    [Fact]
    public async Task KeyOfAnotherPosting_IsARefusalBesideIt()
    {
        await _world.TakeAsync(_world.Message(Office.Fund("f-key")));
        string message = _world.Message(Office.Fund("f-other"));
        string said = await _world.TakeAsync(message);
        (await _world.FindAsync()).ShouldBeOfType<PostingRecord>("the first one stays what it is");
        (await _world.FindingsAsync(await RefusedAsync(said))).ShouldHaveSingleItem().Code.ShouldBe("key-reused");
        (await _world.TakeAsync(message)).ShouldBe(said);
    }

    [Fact]
    public async Task OtherDepartment_HasKeysOfItsOwn()
    {
        await _world.TakeAsync(_world.Message(Office.Fund("f-mine")));
        (await _world.TakeAsync(_world.Message(Office.Fund("f-theirs"), token: _world.Token("transport")))).ShouldEndWith(" accepted");
        (await _world.FindAsync(department: "transport")).ShouldBeOfType<PostingRecord>();
    }

    [Theory]
    [InlineData("values")]
    [InlineData("before")]
    [InlineData("after")]
    public async Task StoreThatFails_LeavesTheMessageToComeAgainAndItIsDoneOnce(string where)
    {
        foreach (string message in new[] { _world.Message(Office.Fund("f-fault"), "good"), _world.Message(Office.Appropriation("f-none", 1), "bad") })
        {
            _world.Desks.Values.BeforePut = where == "values" ? () => throw new CrashException() : null;
            _world.Desks.Ledger.BeforeAppend = where == "before" ? _ => throw new CrashException() : null;
            _world.Desks.Ledger.AfterAppend = where == "after" ? _ => throw new CrashException() : null;
            await Should.ThrowAsync<CrashException>(() => _world.TakeAsync(message));
            (_world.Desks.Values.BeforePut, _world.Desks.Ledger.BeforeAppend, _world.Desks.Ledger.AfterAppend) = (null, null, null);
            await _world.TakeAsync(message);
        }

        (await _world.FindAsync("good")).ShouldBeOfType<PostingRecord>();
        (await _world.FindAsync("bad")).ShouldBeOfType<TurnedAway>();
        (await _world.Desks.CommitsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Sweep_KeepsTheValueOfARefusalAndRemovesOrphans()
    {
        await _world.TakeAsync(_world.Message(Office.Appropriation("f-none", 1)));
        _world.Desks.Ledger.BeforeAppend = _ => throw new CrashException();
        await Should.ThrowAsync<CrashException>(() => _world.TakeAsync(_world.Message(Office.Appropriation("f-none", 2), "lost")));
        _world.Desks.Ledger.BeforeAppend = null;
        _world.Desks.Clock.Advance(TimeSpan.FromHours(2));
        (await _world.Desks.Sweep.SweepAsync(Cancel)).ShouldBe(2, "its content, and why");
        (await _world.TakeAsync(_world.Message(Office.Appropriation("f-none", 1)))).ShouldEndWith(" refused");
        (await _world.Desks.CommitsAsync()).Count.ShouldBe(1, "it is known again by its value");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<TurnedAway> RefusedAsync(string said) =>
        (await _world.Desks.Desk.FindAsync(Id.Parse<PostingId>(said.Split(' ')[0]), Cancel)).ShouldBeOfType<TurnedAway>();
}
