using System.Text;
using DisclosureCloud.Functions.Tests.Witnessing;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The verb <c>witness</c> of the built executable: what it prints and keeps, how it ends, and that killing it costs nothing.</summary>
public sealed class WitnessVerbTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly TestLog _log;

    public WitnessVerbTests() => _log = new TestLog(_folder.File("site"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Site => _folder.File("site");

    private string State => _folder.File("state");

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Once_AtALogThatGrowsAndThenShrinks_EndsWith0AndThenWith1()
    {
        _log.Publish(600);
        Cli.Ended first = await OnceAsync();
        (first.Code, first.Error).ShouldBe((0, ""));
        first.Lines[0].ShouldStartWith("no key was given: from now on these are believed, as example.com/log shows them today.");
        first.Lines[1].ShouldBe(_log.Vkey);
        first.Lines[2].ShouldStartWith("example.com/log cosigned at 600 leaves");

        _log.Publish(700);
        Cli.Ended second = await OnceAsync();
        second.Code.ShouldBe(0);
        second.Lines.Single().ShouldStartWith("example.com/log cosigned at 700 leaves", customMessage: "the keys are pinned, and nothing is said of them again");

        _log.Publish(699);
        Cli.Ended third = await OnceAsync();
        (third.Code, third.Output).ShouldBe((1, ""));
        third.Error.ShouldContain("alarm: rollback: example.com/log shows 699 leaves, and had signed 700.");
        Directory.GetFiles(Path.Combine(State, "evidence")).Single().ShouldContain("rollback-699-");

        // Other keys at the same place are no reason to believe them.
        using var stranger = new TestLog(Site, seed: 2);
        stranger.Publish(701);
        Cli.Ended fourth = await OnceAsync();
        fourth.Code.ShouldBe(1);
        fourth.Error.ShouldContain("No known key signed");
    }

    [Fact]
    public async Task Once_WithAKey_BelievesThatOne()
    {
        _log.Publish(5);
        using var stranger = new TestLog(_folder.File("other"), seed: 2);
        Cli.Ended wrong = await OnceAsync("--key", stranger.Vkey, "--state", _folder.File("wrong"));
        (wrong.Code, wrong.Error).ShouldBe((1, "The checkpoint is not to be believed: No known key signed the note.\n"));
        Cli.Ended right = await OnceAsync("--key", _log.Vkey, "--name", "witness.example/w1");
        right.Code.ShouldBe(0);
        right.Output.ShouldNotContain("no key was given");
        (await File.ReadAllTextAsync(Path.Combine(State, "witness.vkey"), Cancel)).ShouldStartWith("witness.example/w1+");
        Cli.Ended renamed = await OnceAsync("--name", "witness.example/w2");
        renamed.Code.ShouldBe(1);
        renamed.Error.ShouldContain("another name or key is another witness");
        Cli.Ended none = await OnceAsync("--key", "rubbish");
        (none.Code, none.Error.StartsWith("--key: ", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Theory]
    [InlineData("witness")]
    [InlineData("witness --log http://example.com/ --once")]
    [InlineData("witness --log no/such/folder --once")]
    [InlineData("witness --log . --port 70000")]
    public async Task Witness_UsedWrongly_EndsWith2(string line)
    {
        Cli.Ended ended = await Cli.RunAsync(_folder.Path, line.Split(' '));
        ended.Code.ShouldBe(2);
        ended.Error.ShouldContain("--");
    }

    [Fact]
    public async Task Witness_BesideAnotherOverOneFolder_IsRefused()
    {
        _log.Publish(5);
        await using Cli.Running first = await StartAsync();
        Cli.Ended second = await OnceAsync();
        second.Code.ShouldBe(1);
        second.Error.ShouldContain("is held by another");
    }

    /// <summary>At each size two trees ask at once, neither of which begins with the other, and the witness is killed among them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Witness_KilledWhileItIsAsked_NeverCosignsTwoTrees(int seed)
    {
        var random = new Random(seed);
        var cosigned = new Dictionary<long, string>();
        var chain = new List<TreeHash>(); // What the witness has, as it says itself.
        using var log = new Ed25519Signer(TestLog.Origin, [.. Enumerable.Repeat((byte)1, 32)]);
        using var http = new HttpClient();
        for (int life = 0; life < 4; life++)
        {
            await using Cli.Running witness = await StartAsync();
            Uri address = new((await witness.LineAsync("serving ", Patience)).Split(' ')[1].TrimEnd(';'));
            await LearnAsync(http, address, chain);
            for (int left = random.Next(1, 8); left > 0; left--)
            {
                Task<(AddCheckpointRequest Request, string? Line)>[] asking = [.. "ab".Select(variant => AskAsync(http, address, log, chain, variant))];
                if (left == 1)
                {
                    await witness.KillAsync();
                }

                foreach ((AddCheckpointRequest request, string? line) in await Task.WhenAll(asking))
                {
                    if (line is not null)
                    {
                        string root = request.Checkpoint.Head.Root.ToBase64();
                        cosigned.TryAdd(request.Checkpoint.Head.Size, root).ShouldBeTrue($"seed {seed}: two trees of {request.Checkpoint.Head.Size} leaves");
                    }
                }

                if (left > 1)
                {
                    await LearnAsync(http, address, chain);
                }
            }
        }

        await using Cli.Running last = await StartAsync();
        await LearnAsync(http, new Uri((await last.LineAsync("serving ", Patience)).Split(' ')[1].TrimEnd(';')), chain);
        cosigned.ShouldNotBeEmpty();
        foreach ((long size, string root) in cosigned)
        {
            TreeEdge.Empty.Append([.. chain.Take((int)size)]).Edge.Head.Root.ToBase64().ShouldBe(root, $"seed {seed}: the witness forgot its tree of {size} leaves");
        }
    }

    private static TreeHash Leaf(int index, char variant) => Rfc6962.LeafHash(Encoding.UTF8.GetBytes($"{index}{variant}"));

    /// <summary>Brings the chain to where the witness is: at most a leaf further, of either variant.</summary>
    private static async Task LearnAsync(HttpClient http, Uri address, List<TreeHash> chain)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(address, "checkpoint"), Cancel);
        if (!answer.IsSuccessStatusCode)
        {
            return;
        }

        TreeHead head = Checkpoint.Parse(SignedNote.Parse(await answer.Content.ReadAsByteArrayAsync(Cancel)).Text).Head;
        if (head.Size > chain.Count)
        {
            chain.Add("ab".Select(variant => Leaf(chain.Count, variant)).Single(leaf => TreeEdge.Empty.Append([.. chain, leaf]).Edge.Head == head));
        }

        head.Size.ShouldBe(chain.Count);
    }

    private static async Task<(AddCheckpointRequest Request, string? Line)> AskAsync(HttpClient http, Uri address, Ed25519Signer log, List<TreeHash> chain, char variant)
    {
        TreeGrowth growth = TreeEdge.Empty.Append([.. chain, Leaf(chain.Count, variant)]);
        var tree = new TiledTree(growth.Edge.Head.Size, tile => growth.Tiles.Single(made => made.Coordinate == tile).Bytes);
        var request = new AddCheckpointRequest(
            chain.Count, tree.ConsistencyProof(chain.Count), SignedNote.Sign(new Checkpoint(TestLog.Origin, growth.Edge.Head).Text, [log]));
        try
        {
            using var content = new ByteArrayContent(request.ToBytes());
            using HttpResponseMessage answer = await http.PostAsync(new Uri(address, "add-checkpoint"), content, Cancel);
            return (request, answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(Cancel) : null);
        }
        catch (HttpRequestException)
        {
            return (request, null); // Killed.
        }
    }

    private Task<Cli.Ended> OnceAsync(params string[] more) => Cli.RunAsync(
        _folder.Path, ["witness", "--log", Site, "--once", .. more, .. more.Contains("--state", StringComparer.Ordinal) ? Array.Empty<string>() : ["--state", State]]);

    private async Task<Cli.Running> StartAsync()
    {
        Cli.Running running = Cli.Start(_folder.Path, [], "witness", "--log", Site, "--state", State, "--key", _log.Vkey, "--port", "0");
        await running.LineAsync("serving http://localhost:", Patience);
        return running;
    }
}
