using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Witnessing;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Witnessing;

/// <summary>A witness of a log that ends: it cosigns the last tree, says so, and follows no other log by itself.</summary>
public sealed class EndedLogTests : IDisposable
{
    private const string Next = "example.com/next";

    private readonly TemporaryFolder _site = new();
    private readonly TemporaryFolder _state = new();
    private readonly List<string> _alarms = [];
    private readonly TestLog _log;
    private readonly LogSource _source;
    private readonly Ed25519Cosigner _cosigner;
    private readonly Witness _witness;

    public EndedLogTests()
    {
        _log = new TestLog(_site.Path);
        _source = LogSource.Of(_site.Path)!;
        var memory = new WitnessMemory(_state.Path);
        _cosigner = memory.OpenKey(null, "localhost/witness");
        _witness = new Witness(memory, WitnessedLog.Of([_log.Vkey], "here"), _cosigner, new ManualClock(), _alarms.Add);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _witness.Dispose();
        _cosigner.Dispose();
        _source.Dispose();
        _log.Dispose();
        _site.Dispose();
        _state.Dispose();
    }

    [Theory]
    [InlineData(Next, "example.com/next goes on, which is another log: witness it with its own keys and another --state")]
    [InlineData(null, "no log goes on")]
    public async Task Look_AtALogThatHasEnded_CosignsItsLastTreeAndSaysWhoGoesOn(string? next, string said)
    {
        _log.Publish(600);
        End(_log.Head, next);
        Sight sight = await LookAsync();
        sight.IsWell.ShouldBeTrue();
        sight.Line.ShouldStartWith("example.com/log cosigned at 600 leaves");
        sight.Line.ShouldEndWith($"it has ended on 2026-03-02 (closed): {said}");
        Witness.HeadOf(_witness.Newest).ShouldBe(_log.Head);
        (await LookAsync()).Line.ShouldContain("is unchanged at 600 leaves; it has ended");
    }

    /// <summary>The successor's site: the last tree of the old log is proven from the new one's tiles.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public async Task Look_WhereTheSuccessorIsShown_ProvesTheEndOfItsOwnLog(int seen)
    {
        _log.Publish(seen);
        await LookAsync();
        _log.Publish(600);
        TreeHead last = _log.Head;
        SignedNote end = End(last, Next);
        _log.Write("log/before/1/checkpoint", _log.Note.ToBytes());
        _log.Write("log/before/1/frozen", end.ToBytes());
        Grow(_log, 900);
        Sight sight = await LookAsync();
        sight.IsWell.ShouldBeTrue(sight.Line);
        sight.Line.ShouldContain("example.com/log cosigned at 600 leaves");
        sight.Line.ShouldContain("example.com/next goes on");
        Witness.HeadOf(_witness.Newest).ShouldBe(last, "nothing of the other log is cosigned");
        _alarms.ShouldBeEmpty();

        // The old log taken away from there: the other one is none that this witness knows.
        Directory.Delete(_site.File("log/before"), recursive: true);
        (await Should.ThrowAsync<InvalidDataException>(LookAsync)).Message.ShouldContain("not to be believed");
    }

    [Theory]
    [InlineData(599)] // Signed on after the end.
    [InlineData(600)] // Another tree of the same size.
    public async Task Look_AtALogThatIsNotWhatItEndedWith_KeepsBothNotes(int size)
    {
        _log.Publish(600);
        SignedNote end = End(new TreeHead(size, Rfc6962.LeafHash([1])), Next);
        Sight sight = await LookAsync();
        sight.IsWell.ShouldBeFalse();
        sight.Line.ShouldStartWith("beyond-end");
        _alarms.ShouldHaveSingleItem().ShouldStartWith("beyond-end");
        JsonNode evidence = JsonNode.Parse(await File.ReadAllTextAsync(Directory.GetFiles(_state.File("evidence")).ShouldHaveSingleItem(), Cancel))!;
        (evidence["earlier"]!.GetValue<string>(), evidence["later"]!.GetValue<string>()).ShouldBe((end.ToString(), _log.Note.ToString()));
    }

    [Fact]
    public async Task Look_AtAnEndThatTheLogDidNotSign_IsNotTold()
    {
        _log.Publish(600);
        using var stranger = new Ed25519Signer(TestLog.Origin, [.. Enumerable.Repeat((byte)9, 32)]);
        _log.Write("log/frozen", SignedNote.Sign(EndOf(_log.Head, Next).Text, [stranger]).ToBytes());
        (await Should.ThrowAsync<InvalidDataException>(LookAsync)).Message.ShouldContain("log/frozen is not to be believed");
        Witness.HeadOf(_witness.Newest).ShouldBe(_log.Head, "the checkpoint is the log's, whatever lies beside it");
        _log.Write("log/frozen", "ended\n"u8.ToArray());
        (await Should.ThrowAsync<InvalidDataException>(LookAsync)).Message.ShouldContain("log/frozen is not to be believed");
    }

    private Task<Sight> LookAsync() => new LogWatch(_source, _witness).LookAsync(Cancel);

    private static FrozenLog EndOf(TreeHead head, string? next) => new(TestLog.Origin, head, new DateOnly(2026, 3, 2), FreezeReason.Closed, next);

    private SignedNote End(TreeHead head, string? next)
    {
        SignedNote note = _log.Sign(EndOf(head, next).Text);
        _log.Write("log/frozen", note.ToBytes());
        return note;
    }

    // The successor goes on in the same tiles, under its own name and with its own key.
    private void Grow(TestLog log, int size)
    {
        // As a publisher does, it keeps the partial tiles of the old tree until the full ones are there.
        Dictionary<string, byte[]> earlier = Directory.EnumerateFiles(_site.File("log/tile"), "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(_site.Path, file), File.ReadAllBytes, StringComparer.Ordinal);
        log.Publish(size);
        foreach ((string path, byte[] bytes) in earlier.Where(file => !File.Exists(_site.File(file.Key))))
        {
            log.Write(path, bytes);
        }

        using var key = new Ed25519Signer(Next, [.. Enumerable.Repeat((byte)5, 32)]);
        log.Write("log/checkpoint", SignedNote.Sign(new Checkpoint(Next, log.Head).Text, [key]).ToBytes());
        File.Delete(_site.File("log/frozen"));
    }
}
