using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Witnessing;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Witnessing;

/// <summary>A witness remembers before it cosigns, whatever ends it in between, and keeps what a log contradicts itself with.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly TemporaryFolder _site = new();
    private readonly TemporaryFolder _state = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _alarms = [];
    private readonly List<IDisposable> _owned = [];
    private readonly TestLog _log;

    public WitnessTests() => _log = new TestLog(_site.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string CheckpointFile => _state.File("checkpoint");

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        _log.Dispose();
        _site.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Look_AtALogThatGrows_CosignsEachCheckpoint()
    {
        (Witness witness, LogWatch watch) = Open();
        foreach (int size in (int[])[0, 1, 5, 255, 256, 257, 600, 70_000])
        {
            _log.Publish(size);
            Sight sight = await watch.LookAsync(Cancel);
            sight.IsWell.ShouldBeTrue(sight.Line);
            Witness.HeadOf(witness.Newest).ShouldBe(_log.Head);
            if (size > 0)
            {
                witness.Newest!.Verify([.. witness.Log.Verifiers, NoteVerifier.Of(witness.VerifierKey)]).Count.ShouldBe(2);
                SignedNote.Parse(File.ReadAllBytes(CheckpointFile)).ToString().ShouldBe(witness.Newest.ToString());
            }
        }

        (await watch.LookAsync(Cancel)).Line.ShouldContain("unchanged at 70000");
        _alarms.ShouldBeEmpty();
    }

    [Fact]
    public async Task Look_AtALogThatShrank_KeepsBothNotesAndSaysNo()
    {
        (Witness witness, LogWatch watch) = Open();
        _log.Publish(600);
        await watch.LookAsync(Cancel);
        SignedNote earlier = witness.Newest!;
        await ShouldBeFoundAsync("rollback", watch, witness, _log.Publish(599), earlier);
        await ShouldBeFoundAsync("rollback", watch, witness, _log.Publish(0), earlier);
    }

    [Theory]
    [InlineData(600, 600, 599)]
    [InlineData(600, 601, 599)]
    [InlineData(600, 70_000, 0)]
    [InlineData(256, 512, 255)]
    [InlineData(1, 2, 0)]
    public async Task Look_AtALogThatGrewIntoAnotherTree_KeepsBothNotesAndSaysNo(int before, int after, int sameTo)
    {
        (Witness witness, LogWatch watch) = Open();
        _log.Publish(before);
        await watch.LookAsync(Cancel);
        await ShouldBeFoundAsync("split-view", watch, witness, _log.Publish(after, sameTo, "!"), witness.Newest!);
    }

    [Fact]
    public async Task Look_AfterARestart_StillKnowsWhatItSaw()
    {
        (_, LogWatch watch) = Open();
        _log.Publish(600);
        await watch.LookAsync(Cancel);
        CloseAll();
        (Witness witness, LogWatch again) = Open();
        await ShouldBeFoundAsync("split-view", again, witness, _log.Publish(700, 500, "!"), witness.Newest!);
    }

    [Fact]
    public async Task Look_TwiceAtOneContradiction_RaisesTheAlarmOnceAndSaysNoTwice()
    {
        (_, LogWatch watch) = Open();
        _log.Publish(10);
        await watch.LookAsync(Cancel);
        _log.Publish(11, 5, "!");
        (await watch.LookAsync(Cancel)).IsWell.ShouldBeFalse();
        (await watch.LookAsync(Cancel)).IsWell.ShouldBeFalse();
        _alarms.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Look_AtWhatIsNotTheLogs_IsNoEvidence()
    {
        (Witness witness, LogWatch watch) = Open();
        _log.Publish(10);
        await watch.LookAsync(Cancel);
        using var stranger = new TestLog(_site.Path, seed: 2);
        stranger.Publish(11);
        await ShouldBeRefusedAsync(watch, "No known key signed");
        _log.PublishCheckpoint(new TreeHead(11, _log.Head.Root), "example.com/other");
        await ShouldBeRefusedAsync(watch, "is of example.com/other");
        _log.Publish(12);
        _log.PublishCheckpoint(new TreeHead(12, Rfc6962.LeafHash("x"u8)));
        await ShouldBeRefusedAsync(watch, "The tiles have the root");
        _log.Write("log/checkpoint", "no note"u8.ToArray());
        await ShouldBeRefusedAsync(watch, "not to be believed");
        _log.Write("log/checkpoint", new byte[SignedNote.SizeMax + 1]);
        (await Should.ThrowAsync<IOException>(() => watch.LookAsync(Cancel))).Message.ShouldContain("is more than");
        _log.Publish(12);
        File.Delete(Path.Combine(_site.Path, "log", "tile", "0", "000.p", "12"));
        await Should.ThrowAsync<FileNotFoundException>(() => watch.LookAsync(Cancel));
        _log.Publish(12).Write("log/tile/0/000.p/12", new byte[5]);
        await ShouldBeRefusedAsync(watch, "damaged");
        Witness.HeadOf(witness.Newest).Size.ShouldBe(10);
        _alarms.ShouldBeEmpty();
        Directory.Exists(_state.File("evidence")).ShouldBeFalse();
    }

    [Fact]
    public async Task Look_WhereAPartialTileIsGone_TakesTheFullOne()
    {
        (_, LogWatch watch) = Open();
        byte[] checkpoint = _log.Publish(200).Note.ToBytes();
        _log.Publish(300).Write("log/checkpoint", checkpoint);
        (await watch.LookAsync(Cancel)).Line.ShouldContain("cosigned at 200 leaves");
    }

    [Fact]
    public async Task Add_WhereTheDiskFails_CosignsNothing()
    {
        (Witness witness, _) = Open();
        Directory.CreateDirectory(CheckpointFile); // What cannot be replaced by a file, even by root.
        await Should.ThrowAsync<Exception>(() => witness.AddAsync(_log.Publish(5).Request(0), Cancel));
        witness.Newest.ShouldBeNull("nobody was given a cosignature, and another tree may come");
        Directory.Delete(CheckpointFile);
        (await witness.AddAsync(_log.Publish(5, 0, "!").Request(0), Cancel)).Decision.ShouldBe(WitnessDecision.Cosign);
    }

    [Fact]
    public async Task Add_WhereTheProcessDiesBeforeTheAnswer_IsRememberedAndNoOtherTreeIsCosigned()
    {
        (Witness witness, _) = Open();
        AddCheckpointRequest first = _log.Publish(5).Request(0);
        _ = await witness.AddAsync(first, Cancel); // The answer never left.
        CloseAll();

        (Witness again, _) = Open();
        WitnessReply refused = await again.AddAsync(_log.Publish(5, 0, "!").Request(0), Cancel);
        (refused.Decision, refused.Size).ShouldBe((WitnessDecision.OtherOldSize, 5));
        (await again.AddAsync(_log.Request(5), Cancel)).Decision.ShouldBe(WitnessDecision.OtherRoot);
        (await again.AddAsync(_log.Publish(9, 0, "?").Request(5), Cancel)).Decision.ShouldBe(WitnessDecision.ProofFails);
        _alarms.Count.ShouldBe(1, "the log signed two trees of 5 leaves");

        WitnessReply second = await again.AddAsync(new AddCheckpointRequest(5, new ConsistencyProof([]), first.Note), Cancel);
        second.Cosignature.ShouldNotBeNull("who lost the answer gets it again");
    }

    [Fact]
    public async Task Add_ByManyAtOnce_CosignsOneOfTwoTrees()
    {
        (Witness witness, _) = Open();
        AddCheckpointRequest one = _log.Publish(5).Request(0);
        AddCheckpointRequest other = _log.Publish(5, 0, "!").Request(0);
        WitnessReply[] replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => witness.AddAsync(i % 2 == 0 ? one : other, Cancel))));
        replies.Count(reply => reply.Cosignature is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Add_WithSignaturesOfStrangers_KeepsTheLogsAlone()
    {
        (Witness witness, _) = Open();
        AddCheckpointRequest request = _log.Publish(5).Request(0);
        SignedNote stuffed = Enumerable.Range(0, SignedNote.SignaturesMax - 1)
            .Aggregate(request.Note, (note, i) => note.With(new NoteSignature($"stranger{i}", new KeyId((uint)i), new byte[64])));
        (await witness.AddAsync(new AddCheckpointRequest(0, request.Proof, stuffed), Cancel)).Decision.ShouldBe(WitnessDecision.Cosign);
        witness.Newest!.Signatures.Select(signature => signature.Name).ShouldBe([TestLog.Origin, witness.VerifierKey.Name]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    public async Task Memory_Damaged_StopsTheWitness(string text)
    {
        (_, LogWatch watch) = Open();
        _log.Publish(5);
        await watch.LookAsync(Cancel);
        CloseAll();
        File.WriteAllText(CheckpointFile, text);
        Should.Throw<InvalidDataException>(() => Open()).Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task Memory_WithACheckpointThatTheWitnessNeverCosigned_StopsTheWitness()
    {
        (_, LogWatch watch) = Open();
        _log.Publish(5);
        await watch.LookAsync(Cancel);
        CloseAll();
        File.WriteAllBytes(CheckpointFile, _log.Publish(5, 0, "!").Note.ToBytes());
        Should.Throw<InvalidDataException>(() => Open()).Message.ShouldContain("damaged");
    }

    [Fact]
    public void Key_KeepsItsNameAndIsItsOwnersAlone()
    {
        var memory = new WitnessMemory(_state.Path);
        using Ed25519Cosigner first = memory.OpenKey("witness.example/w1", "localhost/witness");
        using Ed25519Cosigner second = memory.OpenKey(null, "localhost/witness");
        second.VerifierKey.ToString().ShouldBe(first.VerifierKey.ToString());
        Should.Throw<InvalidDataException>(() => memory.OpenKey("witness.example/w2", "localhost/witness")).Message.ShouldContain("another witness");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_state.File("witness.seed")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Delete(_state.File("witness.seed"));
        Should.Throw<FileNotFoundException>(() => memory.OpenKey(null, "localhost/witness"), "a key that is gone is not made anew under the old name");
    }

    [Fact]
    public void LogKeys_ThatAreNone_AreRefused()
    {
        using var other = new TestLog(_site.Path, seed: 2);
        using var witness = new Ed25519Cosigner(TestLog.Origin, new byte[32]);
        foreach (string[] keys in (string[][])[[], ["x"], [_log.Vkey, _log.Vkey], [_log.Vkey, "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"], [witness.VerifierKey.ToString()], [.. Enumerable.Repeat(_log.Vkey, 65)]])
        {
            Should.Throw<InvalidDataException>(() => WitnessedLog.Of(keys, "here")).Message.ShouldStartWith("here: ");
        }

        WitnessedLog.Of([_log.Vkey, other.Vkey], "here").Origin.ShouldBe(TestLog.Origin);
    }

    private async Task ShouldBeFoundAsync(string kind, LogWatch watch, Witness witness, TestLog log, SignedNote earlier)
    {
        int alarms = _alarms.Count;
        Sight sight = await watch.LookAsync(Cancel);
        sight.IsWell.ShouldBeFalse();
        sight.Line.ShouldStartWith(kind);
        _alarms.Count.ShouldBe(alarms + 1);
        _alarms[^1].ShouldStartWith(kind);
        witness.Newest!.ToString().ShouldBe(earlier.ToString(), "nothing of it is cosigned");
        string file = Directory.GetFiles(_state.File("evidence")).Single(file => _alarms[^1].Contains(file, StringComparison.Ordinal));
        JsonNode evidence = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancel))!;
        foreach ((string part, SignedNote note) in ((string, SignedNote)[])[("earlier", earlier), ("later", log.Note)])
        {
            var kept = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(evidence[part]!.GetValue<string>()));
            kept.ToString().ShouldBe(note.ToString());
            kept.Verify(witness.Log.Verifiers).ShouldNotBeEmpty("anyone can check it");
        }
    }

    private static async Task ShouldBeRefusedAsync(LogWatch watch, string message) =>
        (await Should.ThrowAsync<InvalidDataException>(() => watch.LookAsync(Cancel))).Message.ShouldContain(message);

    private (Witness Witness, LogWatch Watch) Open()
    {
        var memory = new WitnessMemory(_state.Path);
        Ed25519Cosigner cosigner = memory.OpenKey(null, "localhost/witness");
        _owned.Add(cosigner);
        var witness = new Witness(memory, WitnessedLog.Of([_log.Vkey], "here"), cosigner, _clock, _alarms.Add);
        _owned.Add(witness);
        LogSource source = LogSource.Of(_site.Path)!;
        _owned.Add(source);
        return (witness, new LogWatch(source, witness));
    }

    private void CloseAll()
    {
        _owned.ForEach(owned => owned.Dispose());
        _owned.Clear();
    }
}
