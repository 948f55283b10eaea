using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Rebuilding;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using DisclosureCloud.Verifier;
using Microsoft.Extensions.Logging.Abstractions;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>A desk, a site in memory and a publisher between them. Two small notices are in the ledger.</summary>
internal sealed class PublishWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private MemoryArchive _log = new();
    private MemoryCells _logCells = new();
    private LogKeys _keys;
    private LogKeeper _keeper = null!;
    private readonly WitnessClient _witnesses;

    private PublishWorld(WitnessPolicy? witnesses = null)
    {
        Archive = new ArchiveFolder(_folder.File("archive"), TimeProvider.System);
        Deployment = RunningApp.DeploymentOf(_folder.Path);
        _keys = LogKeys.Open(Deployment);
        Witnesses = witnesses ?? WitnessPolicy.None;
        _witnesses = new WitnessClient(Witnesses, TimeProvider.System, NullLogger<WitnessClient>.Instance);
        Alarms = new Alarms(Raised);
        Start();
    }

    public DeskWorld Desks { get; } = new();

    public MemorySiteFiles Site { get; } = new();

    public ArchiveFolder Archive { get; }

    public string ArchiveFolder => _folder.File("archive");

    public MemoryCells Cells { get; } = new();

    public MemoryCells LogCells => _logCells;

    public MemoryTopic Topic { get; } = new();

    public AlarmLog Raised { get; } = new();

    public Alarms Alarms { get; }

    public Archiver Archiver { get; private set; } = null!;

    public ArchiveAudit Audit => new(Desks.Ledger, Archive, Archiver, Alarms);

    public Announcer Announcer { get; private set; } = null!;

    public PositionFollower Positions { get; private set; } = null!;

    public Followers Followers { get; private set; } = null!;

    public KeepUp KeepUp { get; private set; } = null!;

    public Deployment Deployment { get; private set; }

    public Publisher Publisher { get; private set; } = null!;

    public PublicLog PublicLog { get; private set; } = null!;

    public WitnessPolicy Witnesses { get; }

    public Sequencer Sequencer { get; private set; } = null!;

    /// <summary>The log's own files: tiles, bundles, what is staged.</summary>
    public IDictionary<string, byte[]> Log => _log.Files;

    public CheckpointSigner Signer => new(Deployment.Origin, _keys.Signers, _keys.Verifiers);

    private LogFiles Files => new(_log, _log);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A ledger without an entry.</summary>
    public static PublishWorld Empty() => new();

    /// <param name="witnesses">Who cosigns; nobody where none are given.</param>
    public static async Task<PublishWorld> OpenAsync(WitnessPolicy? witnesses = null)
    {
        var world = new PublishWorld(witnesses);
        await world.Desks.RecordAsync(Office.Notice("n-one", "notices/xinxiang-gaoxin-2018.json"), "one");
        await world.Desks.RecordAsync(Office.Notice("n-two", "notices/dehua-2020-batch2.json"), "two");
        return world;
    }

    /// <summary>The publisher over other values.</summary>
    /// <param name="deployment">Another one; null for the world's own.</param>
    public Publisher PublisherOf(IValueStore values, Deployment? deployment = null)
    {
        PublicLog = new PublicLog(Site, Files, Sequencer, Signer, _keys, SuccessionOf(Site), _witnesses, Witnesses);
        return new(deployment ?? Deployment, Desks.Ledger, values, Site, new FileLock(Deployment.PublishLock, TimeProvider.System), Sequencer, PublicLog, Alarms, Desks.Clock);
    }

    /// <summary>A publisher over another ledger and another site, beside the same log and archive; and the sequencer that it has.</summary>
    public (Publisher Publisher, Sequencer Sequencer) Beside(ILedgerStore ledger, IValueStore values, ISiteFiles site)
    {
        var archiver = new Archiver(ledger, Archive, new MemoryCells(), Alarms);
        var keeper = new LogKeeper(Files, Row(), Signer, SuccessionOf(Site));
        var sequencer = new Sequencer(ledger, keeper, Signer, archiver, new Sealer(ledger, Archive, Files, Desks.Clock), site, Alarms, Desks.Clock);
        var log = new PublicLog(site, Files, sequencer, Signer, _keys, SuccessionOf(site), _witnesses, Witnesses);
        return (new(Deployment, ledger, values, site, new FileLock(Deployment.PublishLock, TimeProvider.System), sequencer, log, Alarms, Desks.Clock), sequencer);
    }

    /// <summary>The log's lock row, as any process reads it.</summary>
    public CheckpointCell Row() => new(_logCells, Signer, Deployment.Place.Row);

    /// <summary>What ends the log.</summary>
    public LogFreezer Freezer() => new(Deployment, Row(), Signer, Publisher, Site, new FileLock(Deployment.PublishLock, TimeProvider.System), Desks.Clock);

    /// <summary>What ends a log that refuses to go on.</summary>
    public ForcedFreezer Forced() => new(Freezer(), Row(), Signer, _keeper, PublicLog, Publisher, Site, new FileLock(Deployment.PublishLock, TimeProvider.System));

    /// <summary>What makes a ledger again from the archive and this log.</summary>
    public Rebuilder RebuilderOf(ILedgerStore ledger, IValueStore values, IArchiveFiles archive)
    {
        var leaves = new LoggedLeaves(Files, Row(), Signer, SuccessionOf(Site), Site);
        return new Rebuilder(ledger, values, archive, Site, Cells, new FileLock(Deployment.PublishLock, TimeProvider.System), leaves);
    }

    /// <summary>Goes on, in a place of its own, after the log that has ended: with the settings that its operator gives.</summary>
    /// <returns>The keys of the log that has ended.</returns>
    public IReadOnlyList<VerifierKey> Succeed(string origin, string place, params VerifierKey[] earlier)
    {
        IReadOnlyList<VerifierKey> old = _keys.VerifierKeys;
        Deployment = Deployment with { Origin = origin, Place = LogHome.Read(place), Predecessor = new Predecessor(Deployment.Origin, [.. old, .. earlier]) };
        (_log, _logCells) = (new MemoryArchive(), new MemoryCells());
        _keys.Dispose();
        _keys = LogKeys.Open(Deployment);
        Start();
        return old;
    }

    /// <summary>As a process begins: nothing is remembered but what the stores hold.</summary>
    public void Start()
    {
        Stop();
        Archiver = new Archiver(Desks.Ledger, Archive, Cells, Alarms);
        Announcer = new Announcer(Desks.Ledger, Topic, Cells);
        Positions = new PositionFollower(Desks.Ledger);
        _keeper = new LogKeeper(Files, Row(), Signer, SuccessionOf(Site));
        Sequencer = new Sequencer(Desks.Ledger, _keeper, Signer, Archiver, new Sealer(Desks.Ledger, Archive, Files, Desks.Clock), Site, Alarms, Desks.Clock);
        Publisher = PublisherOf(Desks.Values);
        Followers = new Followers(Positions, Sequencer, Publisher, Announcer, Deployment, Desks.Clock, NullLogger<Followers>.Instance);
        var poison = new PoisonWatch(new Dictionary<string, IMessageQueue>(StringComparer.Ordinal), Alarms);
        KeepUp = new KeepUp(Positions, Desks.Desk, Desks.Sweep, Desks.Forgetting, Desks.EvidenceSweep, new BulkShelf(new MemoryArchive(), Desks.Clock), Desks.ComplaintSweep, Audit, Sequencer, poison, new LogStands(Positions, _logCells, Deployment.Place.Row), Deployment, Desks.Clock, NullLogger<KeepUp>.Instance);
    }

    public Task<Published> PublishAsync(long? at = null) => Publisher.PublishAsync(at, Cancel);

    /// <summary>True where the site shows the last publication whole.</summary>
    public async Task<bool> IsShownAsync() => await Publisher.ShowsAsync((await LastAsync())!, Cancel);

    public Task<PublicationRecord?> LastAsync() => PublicationRecord.LastAsync(Desks.Ledger, Cancel);

    public async Task<int> PublicationsAsync() => (await Desks.CommitsAsync()).Count(commit => commit.Stream == StreamName.Site);

    /// <summary>Every file of the site, by path.</summary>
    public Task<SortedDictionary<string, byte[]>> FilesAsync() => FilesOf(Site);

    /// <summary>Every file of another site.</summary>
    public static async Task<SortedDictionary<string, byte[]>> FilesOf(ISiteFiles site)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in await site.ListAsync(Cancel))
        {
            files[path] = (await site.ReadAsync(path, Cancel))!;
        }

        return files;
    }

    /// <summary>Writes into the site behind the publisher's back; null removes.</summary>
    public async Task MeddleAsync(string path, byte[]? bytes)
    {
        if (bytes is null)
        {
            await Site.ApplyAsync([], [path], Cancel);
            return;
        }

        await Site.StageAsync(path, bytes, Cancel);
        await Site.ApplyAsync([path], [], Cancel);
    }

    /// <summary>Verifies the site as an outsider does.</summary>
    public async Task<VerifyReport> VerifyAsync()
    {
        using var folder = new TemporaryFolder();
        foreach ((string path, byte[] bytes) in await FilesAsync())
        {
            string file = folder.File(path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        using var source = new FolderSource(folder.Path);
        return await SiteVerifier.VerifyAsync(source, new VerifyRequest([], _ => null, VerifyRequest.KnownVerifiers), Cancel);
    }

    /// <summary>One hash over every path and every byte; of the log's own signatures, which are each time others, over what is signed.</summary>
    public async Task<string> HashAsync()
    {
        using var all = new MemoryStream();
        foreach ((string path, byte[] bytes) in await FilesAsync())
        {
            byte[] same = path switch
            {
                "log/vkey" => [],
                Sequencer.PublicPath => System.Text.Encoding.UTF8.GetBytes(Signer.Open(bytes, "the test").Checkpoint.Text),
                _ => bytes,
            };
            all.Write(System.Text.Encoding.UTF8.GetBytes($"{path} {Sha256Hex.Of(same)}\n"));
        }

        return Sha256Hex.Of(all.ToArray()).Value;
    }

    private Succession SuccessionOf(ISiteFiles site) => new(Deployment.Predecessor, Files, Row(), Signer, site);

    public void Dispose()
    {
        Stop();
        _keys.Dispose();
        _witnesses.Dispose();
        _folder.Dispose();
    }

    private void Stop()
    {
        Followers?.Dispose();
        Positions?.Dispose();
        Announcer?.Dispose();
        Sequencer?.Dispose();
        Archiver?.Dispose();
    }
}
