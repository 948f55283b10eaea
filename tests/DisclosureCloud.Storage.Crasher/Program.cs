using System.Globalization;
using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;

// What it does is the first argument; a line on standard output says what has been done, flushed, so that whoever kills this process
// knows what must have survived.
switch (args)
{
    case ["append", string path, string writers]:
        await AppendAsync(path, int.Parse(writers, CultureInfo.InvariantCulture));
        return 0;
    case ["race", string path, string name, string versions]:
        await RaceAsync(path, name, int.Parse(versions, CultureInfo.InvariantCulture));
        return 0;
    case ["publish", string folder]:
        await PublishAsync(folder);
        return 0;
    case ["lock", string path]:
        await using (await new FileLock(path, TimeProvider.System).AcquireAsync(TimeSpan.Zero, CancellationToken.None))
        {
            Say("held");
            Console.In.ReadLine();
        }

        return 0;
    default:
        Console.Error.WriteLine("append FILE WRITERS | race FILE NAME VERSIONS | publish FOLDER | lock FILE");
        return 2;
}

// Appends to several streams at once until it is killed, a line for every commit that the store answered for.
static async Task AppendAsync(string path, int writers)
{
    await using SqliteLedgerStore store = SqliteLedgerStore.Open(path);
    await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        StreamName stream = TestCommits.Fund($"w{writer}");
        long next = (await store.ReadLastAsync(stream, CancellationToken.None))?.Version + 1 ?? 0;
        for (long version = next; ; version++)
        {
            AppendOutcome outcome = await store.AppendAsync(TestCommits.Of(stream, version, entries: 3), CancellationToken.None);
            Say($"{outcome} {stream} {version}");
        }
    })));
}

// Tries every version of one stream once under a name of its own, a line for every one that it won. After a try the version is taken by
// someone, so the next one is open: of all who race, each version has one winner.
static async Task RaceAsync(string path, string name, int versions)
{
    await using SqliteLedgerStore store = SqliteLedgerStore.Open(path);
    StreamName stream = TestCommits.Fund("race");
    Say("ready");
    Console.In.ReadLine();
    for (int version = 0; version < versions; version++)
    {
        if (await store.AppendAsync(TestCommits.Of(stream, version, $"{name}-{version}"), CancellationToken.None) is AppendOutcome.Appended)
        {
            Say($"{version}");
        }
    }
}

// Publishes one edition of the site after another until it is killed; every file of an edition says its number.
static async Task PublishAsync(string folder)
{
    const int Files = 20;
    var site = new SiteFolder(folder);
    await site.RecoverAsync(CancellationToken.None);
    byte[] last = await site.ReadAsync("status.json", CancellationToken.None) ?? "0"u8.ToArray();
    for (int edition = int.Parse(Encoding.UTF8.GetString(last), CultureInfo.InvariantCulture) + 1; ; edition++)
    {
        string[] paths = [.. Enumerable.Range(0, Files).Select(number => Page(number)), $"only/{edition}.html", "status.json"];
        foreach (string path in paths)
        {
            await site.StageAsync(path, Encoding.UTF8.GetBytes($"{edition}"), CancellationToken.None);
        }

        string[] removals = edition > 1 ? [$"only/{edition - 1}.html"] : [];
        await site.ApplyAsync(paths, removals, CancellationToken.None);
        Say($"{edition}");
    }
}

static string Page(int number) => $"{number % 3}/page-{number}.html";

static void Say(string line)
{
    lock (Console.Out)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
