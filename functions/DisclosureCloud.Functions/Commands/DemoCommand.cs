using System.CommandLine;
using System.Reflection;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>demo</c>: the sample world in a ledger, published and served.</summary>
internal static class DemoCommand
{
    private const string NoticesWorld = "notices";
    private const string ResourcePrefix = "notices/";

    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        Option<int> port = CommonOptions.Port();
        var world = new Option<string>("--world") { Description = "Which sample world.", DefaultValueFactory = _ => NoticesWorld };
        world.AcceptOnlyFromAmong(NoticesWorld);
        var command = new Command("demo", "Loads seven real notices, publishes them, and serves the site and the API.") { data, port, world };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            // Whatever the environment says, a demo is nobody's site, and its pages say so.
            Deployment read = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            Deployment deployment = read with { Site = SiteSettings.Trial with { Zone = read.Zone }, Authority = null, Ledger = new LedgerPlace.Sqlite(), Storage = new StoragePlace.Folder(), Topic = null };
            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            await RefuseOtherLedgerAsync(stores.Ledger, deployment, cancellationToken);
            var importer = new Importer(deployment, stores, TimeProvider.System);
            int code = await importer.ImportAllAsync(Notices(), dryRun: false, Console.Out, cancellationToken);
            if (code != CommandLine.Well)
            {
                return code;
            }

            await PublishCommand.RunAsync(deployment, stores, at: null, cancellationToken);
            await ServeCommand.RunAsync(deployment, stores, parsed.GetValue(port), cancellationToken);
            return CommandLine.Well;
        }));
        return command;
    }

    /// <summary>The names of the notices, which are the ids of their funds.</summary>
    public static IEnumerable<string> NoticeIds() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => Path.GetFileNameWithoutExtension(name[ResourcePrefix.Length..]));

    private static IEnumerable<(string Name, Func<CancellationToken, Task<byte[]>> Read)> Notices() =>
        NoticeIds().Select(id => (id, (Func<CancellationToken, Task<byte[]>>)(token => ReadAsync(id, token))));

    private static async Task<byte[]> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{ResourcePrefix}{id}.json")!;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }

    // Sample notices among a county's own books could never be taken out again.
    private static async Task RefuseOtherLedgerAsync(ILedgerStore ledger, Deployment deployment, CancellationToken cancellationToken)
    {
        HashSet<string> ours = [.. NoticeIds().Select(id => $"fund/{id}")];
        bool empty = true;
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            empty &= !read.Commit.Stream.HoldsFacts;
            if (ours.Contains(read.Commit.Stream.Value))
            {
                return;
            }
        }

        if (!empty)
        {
            throw new InvalidOperationException($"{deployment.Data} holds a ledger that is not the demo's. Take another folder with --data.");
        }
    }
}
