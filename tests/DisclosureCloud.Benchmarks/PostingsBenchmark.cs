using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using Microsoft.AspNetCore.Builder;

namespace DisclosureCloud.Benchmarks;

/// <summary>How long an entry takes from its approval to a checkpoint that covers it, while departments post at a steady rate over HTTP.</summary>
/// <remarks>The whole app in this process, as <c>serve</c> runs it, with a ledger, a log and a site of its own. The departments are in this process too, and take their part of the machine.</remarks>
internal static class PostingsBenchmark
{
    public const int RateDefault = 50;
    public const int SecondsDefault = 60;

    private const int Departments = 5;
    private const string Checked = """{"checked":"Nothing in it is secret."}""";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromMinutes(10);

    /// <returns>0; 1 where an entry was in no checkpoint in the end.</returns>
    public static async Task<int> RunAsync(int rate, int seconds, TextWriter output)
    {
        using var folder = new TemporaryFolder();
        var deployment = new Deployment(folder.Path, TimeZoneInfo.FindSystemTimeZoneById(Deployment.DefaultZone), SiteSettings.Trial, Authority: null, "disclosurecloud");
        await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, CancellationToken.None);
        using LocalIssuer issuer = LocalIssuer.Open(deployment);
        await using WebApplication app = WebHost.Build(deployment, stores, issuer, new Listening.Own(Port: 0), TimeProvider.System);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = CatchUpMax };
        Office[] offices = [.. Enumerable.Range(0, Departments).Select(i => new Office(http, issuer, string.Create(CultureInfo.InvariantCulture, $"office-{i}")))];
        foreach (Office office in offices)
        {
            await office.OpenFundAsync();
        }

        var locked = new Sizes(() => CheckpointCell.SizeAsync(stores.LogCells, LogHome.First.Row, CancellationToken.None));
        var log = new PublishedLog(stores.Site);
        var published = new Sizes(async () => await log.TreeSizeAsync(CancellationToken.None));
        using var done = new CancellationTokenSource();
        Task watching = Task.WhenAll(locked.WatchAsync(LookEvery, done.Token), published.WatchAsync(LookEvery, done.Token));
        (Dictionary<string, long> approved, double took) = await PostAsync(offices, rate, seconds);
        Dictionary<string, long> leaves = await LeavesAsync(log, approved);
        await done.CancelAsync();
        await watching;
        await app.StopAsync();
        output.WriteLine(Invariant($"{approved.Count} postings, each approved, in {took:F1} s: {approved.Count / took:F1} a second from {Departments} departments; wanted {rate}"));
        if (leaves.Count < approved.Count)
        {
            output.WriteLine(Invariant($"{approved.Count - leaves.Count} of them were not published in {CatchUpMax.TotalMinutes} minutes."));
            return 1;
        }

        Report(output, "to a checkpoint in the lock row", [.. leaves.Select(leaf => locked.SecondsTo(leaf.Value, approved[leaf.Key]))]);
        Report(output, "to the site's log/checkpoint", [.. leaves.Select(leaf => published.SecondsTo(leaf.Value, approved[leaf.Key]))]);
        return 0;
    }

    // Each department posts one after the other; where it falls behind, it posts without a pause.
    private static async Task<(Dictionary<string, long> Approved, double Seconds)> PostAsync(Office[] offices, int rate, int seconds)
    {
        long begun = Stopwatch.GetTimestamp();
        int each = rate * seconds / offices.Length;
        IEnumerable<(string Entry, long At)>[] all = await Task.WhenAll(offices.Select((office, place) => Task.Run(async () =>
        {
            var entries = new List<(string Entry, long At)>(each);
            for (int i = 0; i < each; i++)
            {
                TimeSpan due = TimeSpan.FromSeconds((double)((i * offices.Length) + place) / rate) - Stopwatch.GetElapsedTime(begun);
                if (due > TimeSpan.Zero)
                {
                    await Task.Delay(due);
                }

                entries.Add((await office.AppropriateAsync(), Stopwatch.GetTimestamp()));
            }

            return (IEnumerable<(string Entry, long At)>)entries;
        })));
        return (all.SelectMany(entries => entries).ToDictionary(entry => entry.Entry, entry => entry.At, StringComparer.Ordinal), Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>Reads the published leaves until all entries are among them.</summary>
    /// <returns>Leaf indexes.</returns>
    private static async Task<Dictionary<string, long>> LeavesAsync(PublishedLog log, IReadOnlyDictionary<string, long> entries)
    {
        var leaves = new Dictionary<string, long>(StringComparer.Ordinal);
        long begun = Stopwatch.GetTimestamp();
        for (long next = 0; leaves.Count < entries.Count && Stopwatch.GetElapsedTime(begun) < CatchUpMax;)
        {
            long end = Math.Min(await log.TreeSizeAsync(CancellationToken.None), ((next / TileCoordinate.WidthMax) + 1) * TileCoordinate.WidthMax);
            if (next >= end)
            {
                await Task.Delay(LookEvery);
                continue;
            }

            foreach (ReadOnlyMemory<byte> leaf in await log.LeavesAsync(next, end, new ReadCount(), CancellationToken.None))
            {
                string id = LeafTerms.IdOf(leaf.Span);
                if (entries.ContainsKey(id))
                {
                    leaves.Add(id, next);
                }

                next++;
            }
        }

        return leaves;
    }

    private static void Report(TextWriter output, string what, double[] seconds)
    {
        Array.Sort(seconds);
        output.WriteLine(Invariant($"from approval {what}: median {seconds[seconds.Length / 2]:F2} s, 99 % {seconds[seconds.Length * 99 / 100]:F2} s, max {seconds[^1]:F2} s"));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>How large a tree was, look by look.</summary>
    private sealed class Sizes(Func<Task<long?>> read)
    {
        private readonly List<(long At, long Size)> _looks = [];

        public async Task WatchAsync(TimeSpan every, CancellationToken stop)
        {
            bool more;
            do
            {
                more = !stop.IsCancellationRequested; // What came after the last look is seen by one more.
                if (await read() is { } size)
                {
                    _looks.Add((Stopwatch.GetTimestamp(), size));
                }

                await Task.Delay(every, CancellationToken.None);
            }
            while (more);
        }

        /// <summary>From a moment to the first look that saw the leaf in the tree.</summary>
        public double SecondsTo(long leafIndex, long from) =>
            Math.Max(0, Stopwatch.GetElapsedTime(from, _looks.First(look => look.Size > leafIndex).At).TotalSeconds);
    }

    /// <summary>A department: one who posts, and another who approves.</summary>
    private sealed class Office(HttpClient http, LocalIssuer issuer, string name)
    {
        private readonly string _poster = Token(issuer, name, Role.Poster);
        private readonly string _approver = Token(issuer, name, Role.Approver);
        private int _posted;

        public Task OpenFundAsync() => EnterAsync(
            $$"""{"kind":"fund","date":"2026-01-02","fund":"{{name}}","name":"专项扶贫资金","budgetYear":2026,"region":"430511","regionNames":["湖南省","邵阳市","北塔区"],"authority":"北塔区财政局"}""");

        /// <returns>The entry's id, when it is in the ledger.</returns>
        public Task<string> AppropriateAsync() => EnterAsync(
            $$"""{"kind":"appropriation","date":"2026-03-02","fund":"{{name}}","unit":"yuan","level":"central","nature":"earmarked","sourceName":"中央财政专项扶贫资金","reference":"湘财预〔2026〕{{_posted}}号","amount":{{1000 + _posted}}}""");

        private async Task<string> EnterAsync(string posting)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"key-{_posted++}");
            string id = (await SendAsync("/api/postings", posting, _poster, key)).GetProperty("id").GetString()!;
            JsonElement decided = await SendAsync($"/api/postings/{id}/approval", Checked, _approver, key: null);
            return decided.GetProperty("state").GetString() == "effective" ? $"{id}-1" : throw new InvalidOperationException($"The posting {id} did not take effect: {decided}");
        }

        private async Task<JsonElement> SendAsync(string path, string body, string token, string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            }

            using HttpResponseMessage response = await http.SendAsync(request);
            string answer = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode ? JsonElement.Parse(answer) : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {answer}");
        }

        private static string Token(LocalIssuer issuer, string department, string role) =>
            issuer.Issue(Id.Parse<DepartmentId>(department), Id.Parse<PersonId>($"{department}-{role}"), [role], region: null, TimeProvider.System);
    }
}
