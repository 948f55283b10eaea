using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Messages;

/// <summary>A message is from whom its token names, as that person signed it and not long ago; else nothing of it is done, and no key is used up.</summary>
public sealed class SignedMessageTests : IDisposable
{
    private readonly IntakeWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    public static TheoryData<string> Alterations =>
    [
        "key", "sentAt", "posting/name", "posting/budgetYear", "posting/fund", "token", "more",
    ];

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task MessageThatWasChangedAfterItWasSigned_IsRefused(string what)
    {
        JsonObject message = JsonNode.Parse(_world.Message(Office.Fund("f-altered")))!.AsObject();
        switch (what)
        {
            case "posting/name":
                message["posting"]!["name"] = "另一笔资金";
                break;
            case "posting/budgetYear":
                message["posting"]!["budgetYear"] = 2021;
                break;
            case "posting/fund":
                message["posting"]!["fund"] = "f-another";
                break;
            case "sentAt":
                message["sentAt"] = Instant.Text(_world.Desks.Clock.GetUtcNow().AddMinutes(-1));
                break;
            case "token":
                _world.Desks.Clock.Advance(TimeSpan.FromSeconds(1));
                message["token"] = _world.Token(); // The same person's, of another second.
                break;
            default:
                message[what] = "another-key";
                break;
        }

        await ShouldBeRefusedAsync(message.ToJsonString(), "bad-signature", "/signature");
        (await _world.FindAsync("another-key")).ShouldBeNull();
    }

    [Fact]
    public async Task EveryFlippedBitOfAMessage_IsRefusedOrNobodys()
    {
        byte[] good = System.Text.Encoding.UTF8.GetBytes(_world.Message(Office.Fund("f-bits")));
        var random = new Random(20261123);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = [.. good];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            string flipped = System.Text.Encoding.UTF8.GetString(bytes);
            if (SaysTheSame(flipped, good))
            {
                continue; // A capital in \u4E13.
            }

            string said = await _world.TakeAsync(flipped);
            (said == "unattributed" || said.EndsWith(" refused", StringComparison.Ordinal)).ShouldBeTrue($"seed 20261123, round {i}: {said}");
        }

        (await _world.FindAsync()).ShouldBeNull();
        (await _world.TakeAsync(System.Text.Encoding.UTF8.GetString(good))).ShouldEndWith(" accepted");
    }

    [Fact]
    public async Task MessageWithTheSameWordsInAnotherForm_IsTheSameMessage()
    {
        // Its sender's program may write spaces, another order of names, escapes, and 1.50 for 1.5: the canonical form has none of these.
        JsonObject posting = Office.Appropriation("f-form", 1);
        posting["amount"] = 1.5m;
        await _world.TakeAsync(_world.Message(Office.Fund("f-form"), "fund"));
        await _world.Desks.Desk.DecideAsync((await _world.FindAsync("fund"))!.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);
        JsonObject message = JsonNode.Parse(_world.Message(posting))!.AsObject();
        string other = "{" + string.Join(" ,\n ", message.Reverse().Select(member => $"\"\\u{(int)member.Key[0]:x4}{member.Key[1..]}\" : {member.Value!.ToJsonString()}")) + "}";
        (await _world.TakeAsync(other.Replace(":1.5,", ":1.50,", StringComparison.Ordinal))).ShouldEndWith(" accepted");
    }

    [Fact]
    public async Task SignatureOfAnotherPersonsKey_IsRefused()
    {
        JsonObject message = Unsigned("f-other");
        await ShouldBeRefusedAsync(MessageSigner.Sign(message, "finance-approver", Now).ToJsonString(), "bad-signature", "/signature");
        await ShouldBeRefusedAsync(MessageSigner.Sign(message, "transport-poster", Now).ToJsonString(), "bad-signature", "/signature");
        await ShouldBeRefusedAsync(MessageSigner.Sign(message, "nobody", Now).ToJsonString(), "bad-signature", "/signature");
    }

    [Theory]
    [InlineData("signature", "missing", "/signature")]
    [InlineData("sentAt", "missing", "/sentAt")]
    public async Task MessageWithoutSignatureOrMoment_IsRefused(string name, string code, string pointer)
    {
        JsonObject message = JsonNode.Parse(_world.Message(Office.Fund("f-without")))!.AsObject();
        message.Remove(name);
        await ShouldBeRefusedAsync(message.ToJsonString(), code, pointer);
    }

    [Theory]
    [InlineData("signature", "no base64!", "bad-signature")]
    [InlineData("signature", "", "bad-signature")]
    [InlineData("signature", "AAAA", "bad-signature")]
    [InlineData("sentAt", "yesterday", "bad-moment")]
    [InlineData("sentAt", "2026-03-02T08:00:00Z", "bad-moment")]
    [InlineData("sentAt", "2026-03-02T08:00:00.000+08:00", "bad-moment")]
    public async Task SignatureOrMoment_OfAnotherForm_IsRefused(string name, string value, string code)
    {
        JsonObject message = JsonNode.Parse(_world.Message(Office.Fund("f-form")))!.AsObject();
        message[name] = value;
        await ShouldBeRefusedAsync(message.ToJsonString(), code, $"/{name}");
    }

    [Fact]
    public async Task DepartmentWithoutAKey_IsToldToRegisterOne()
    {
        string token = _world.Token("forestry");
        string said = await _world.TakeAsync(_world.Message(Office.Fund("f-forestry"), token: token));
        Finding finding = (await FindingsAsync(said)).ShouldHaveSingleItem();
        (finding.Pointer, finding.Code).ShouldBe(("/signature", "no-signing-key"));
    }

    [Fact]
    public async Task AccountThatIsNotNamed_OrNotAsPoster_IsRefused()
    {
        string stranger = await _world.TakeAsync(_world.Message(Office.Fund("f-stranger"), token: _world.Token(person: "finance-stranger")));
        (await FindingsAsync(stranger)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Pointer.ShouldBe("/token"), one => one.Code.ShouldBe("not-registered"));

        // The token would let the approver post; the department does not.
        string approver = await _world.TakeAsync(_world.Message(Office.Fund("f-stranger"), token: _world.Token(person: "finance-approver")));
        (await FindingsAsync(approver)).ShouldHaveSingleItem().Code.ShouldBe("not-registered");
        (await _world.FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Key_ThatIsStruckOff_SignsNoMore()
    {
        string before = _world.Message(Office.Fund("f-before"));
        (await _world.TakeAsync(before)).ShouldEndWith(" accepted");
        JsonObject others = Registration.Of("finance", ("finance-anew", ["poster"]), ("finance-approver", ["approver"]));
        await _world.RegisterAsync(others, "anew");
        (await FindingsAsync(await _world.TakeAsync(_world.Message(Office.Fund("f-after"), "after")))).ShouldHaveSingleItem().Code.ShouldBe("not-registered");
        (await _world.FindAsync("after")).ShouldBeNull();

        // What was taken before stays taken, if its message comes again.
        (await _world.TakeAsync(before)).ShouldEndWith(" repeated");
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(-7 * 24 * 3600, true)]
    [InlineData((-7 * 24 * 3600) - 1, false)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task Message_IsTakenFromAMinuteBeforeItsMomentToAWeekAfterIt(int secondsFromNow, bool isTaken)
    {
        DateTimeOffset sentAt = Now.AddSeconds(secondsFromNow);
        string token = await TokenOfAsync(sentAt);
        string said = await _world.TakeAsync(MessageSigner.Message(token, "2026-001", Office.Fund("f-time"), sentAt));
        if (isTaken)
        {
            said.ShouldEndWith(" accepted");
            return;
        }

        (await FindingsAsync(said)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => one.Pointer.ShouldBe("/sentAt"),
            one => one.Code.ShouldBe(secondsFromNow > 0 ? "not-yet" : "too-old"),
            one => one.Found.ShouldBe(Instant.Text(sentAt)));
        (await _world.FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task MessageThatWaitedThreeDays_IsTakenThoughItsTokenIsOverByNow()
    {
        string message = _world.Message(Office.Fund("f-waited"));
        _world.Desks.Clock.Advance(TimeSpan.FromDays(3));
        (await _world.TakeAsync(message)).ShouldEndWith(" accepted");
        _world.Raised.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_SentAgainAndAgain_IsOnePostingForEver()
    {
        string message = _world.Message(Office.Fund("f-replay"));
        (await _world.TakeAsync(message)).ShouldEndWith(" accepted");
        for (int day = 0; day < 6; day++)
        {
            _world.Desks.Clock.Advance(TimeSpan.FromDays(1));
            (await _world.TakeAsync(message)).ShouldEndWith(" repeated", Case.Sensitive, string.Create(CultureInfo.InvariantCulture, $"day {day}"));
        }

        (await _world.Desks.CommitsAsync()).Count.ShouldBe(1);

        // The same signature under another key would be another posting: the key is signed, too.
        JsonObject replayed = JsonNode.Parse(message)!.AsObject();
        replayed["key"] = "2026-002";
        (await FindingsAsync(await _world.TakeAsync(replayed.ToJsonString()))).ShouldHaveSingleItem().Code.ShouldBe("bad-signature");
        (await _world.FindAsync("2026-002")).ShouldBeNull();
    }

    private static bool SaysTheSame(string flipped, byte[] good)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(flipped), JsonNode.Parse(good));
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or ArgumentException)
        {
            return false;
        }
    }

    private DateTimeOffset Now => _world.Desks.Clock.GetUtcNow();

    private JsonObject Unsigned(string fund) => new() { ["token"] = _world.Token(), ["key"] = "2026-001", ["posting"] = Office.Fund(fund) };

    // One that was good at that moment, seen from now.
    private Task<string> TokenOfAsync(DateTimeOffset at)
    {
        TimeSpan back = Now - at;
        if (back <= TimeSpan.Zero)
        {
            return Task.FromResult(_world.Token());
        }

        _world.Desks.Clock.Advance(-back);
        string token = _world.Token();
        _world.Desks.Clock.Advance(back);
        return Task.FromResult(token);
    }

    private async Task ShouldBeRefusedAsync(string message, string code, string pointer)
    {
        string said = await _world.TakeAsync(message);
        said.ShouldEndWith(" refused");
        (await FindingsAsync(said)).ShouldContain(one => one.Code == code && one.Pointer == pointer);
        (await _world.FindAsync()).ShouldBeNull("no key is used up by whom nobody knows");
        (await _world.TakeAsync(message)).ShouldBe(said);
        _world.Raised.Lines.ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(string said) => await _world.FindingsAsync(
        (await _world.Desks.Desk.FindAsync(Id.Parse<PostingId>(said.Split(' ')[0]), Cancel)).ShouldBeOfType<TurnedAway>());
}
