using System.Globalization;
using System.Text;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>A publish that is cut off anywhere leaves the old site, or recovery makes the new one; never a mixture.</summary>
public sealed class SiteFolderCrashTests : IDisposable
{
    private static readonly string[] Old = ["data/a.csv: 1", "gone/deep/page.html: 1", "index.html: 1", "status.json: 1"];
    private static readonly string[] New = ["data/a.csv: 2", "en/new/page.html: 2", "index.html: 2", "status.json: 2"];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Apply_CutOffAtEachStep_RecoversToTheOldSiteOrToTheNewOne()
    {
        List<string> steps = await StepsAsync("whole", cutOffAt: null);
        int durable = steps.IndexOf("after journal");
        int committed = steps.IndexOf("after put status.json");
        durable.ShouldBePositive();
        committed.ShouldBeGreaterThan(durable);
        steps.Count.ShouldBeGreaterThanOrEqualTo(16);

        for (int cut = 0; cut < steps.Count; cut++)
        {
            string name = $"cut-{cut}";
            (await StepsAsync(name, steps[cut])).ShouldBe(steps.Take(cut + 1));

            var next = new SiteFolder(folder.File(name));
            string status = Encoding.UTF8.GetString((await next.ReadAsync("status.json", Cancel))!);
            status.ShouldBe(cut >= committed ? "2" : "1", steps[cut]); // The commit point is put last.
            if (status == "2")
            {
                (await ReadSiteAsync(next)).ShouldBe(New, steps[cut]);
            }

            await next.RecoverAsync(Cancel);
            (await ReadSiteAsync(next)).ShouldBe(cut >= durable ? New : Old, steps[cut]);
            await ShouldBeReadyAsync(next, name);
        }
    }

    [Fact]
    public async Task Recover_ItselfCutOffAtEachStep_IsFinishedByTheNext()
    {
        List<string> steps = await StepsAsync("whole", cutOffAt: null);
        string[] recovering = [.. steps.Skip(steps.IndexOf("after journal") + 1)];
        foreach ((int cut, string step) in recovering.Index())
        {
            string name = $"cut-{cut}";
            await StepsAsync(name, "after journal");
            var broken = new SiteFolder(folder.File(name), at => CutOff(at, step));
            await Should.ThrowAsync<IOException>(() => broken.RecoverAsync(Cancel));

            var next = new SiteFolder(folder.File(name));
            await next.RecoverAsync(Cancel);
            (await ReadSiteAsync(next)).ShouldBe(New, step);
            await ShouldBeReadyAsync(next, name);
        }
    }

    [Fact]
    public async Task Apply_CutOff_StagingAndApplyingWaitForRecovery()
    {
        await StepsAsync("site", "before put index.html");
        var next = new SiteFolder(folder.File("site"));
        await Should.ThrowAsync<InvalidOperationException>(() => next.StageAsync("data/a.csv", "3"u8.ToArray(), Cancel));
        await Should.ThrowAsync<InvalidOperationException>(() => next.ApplyAsync([], ["index.html"], Cancel));
    }

    [Fact]
    public async Task Publish_ProcessKilledTenTimes_SiteIsOneWholeEdition()
    {
        const int Seed = 20260302;
        var random = new Random(Seed);
        int said = 0;
        for (int round = 0; round < 10; round++)
        {
            await using OtherProcess publisher = OtherProcess.Start("publish", folder.File("site"));
            for (int wanted = random.Next(1, 20); wanted > 0; wanted--)
            {
                said = int.Parse(await publisher.ReadLineAsync(Cancel), CultureInfo.InvariantCulture);
            }

            said = (await publisher.KillAsync(Cancel)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).LastOrDefault(said);

            var site = new SiteFolder(folder.File("site"));
            await site.RecoverAsync(Cancel);
            int edition = int.Parse((await site.ReadAsync("status.json", Cancel))!, NumberStyles.None, CultureInfo.InvariantCulture);
            edition.ShouldBeInRange(said, said + 1, $"seed {Seed}, round {round}");
            IReadOnlyList<string> lines = await ReadSiteAsync(site);
            lines.Count.ShouldBe(22, $"seed {Seed}, round {round}");
            lines.ShouldAllBe(line => line.EndsWith($": {edition}", StringComparison.Ordinal), $"seed {Seed}, round {round}");
        }
    }

    /// <summary>Publishes edition 1, then edition 2 until it is cut off, and gives the steps that were reached.</summary>
    private async Task<List<string>> StepsAsync(string name, string? cutOffAt)
    {
        var first = new SiteFolder(folder.File(name));
        string[] old = ["data/a.csv", "gone/deep/page.html", "index.html", "status.json"];
        await StageAsync(first, "1", old);
        await first.ApplyAsync(old, [], Cancel);
        (await ReadSiteAsync(first)).ShouldBe(Old);

        var steps = new List<string>();
        var second = new SiteFolder(folder.File(name), step =>
        {
            steps.Add(step);
            CutOff(step, cutOffAt);
        });
        string[] puts = ["data/a.csv", "en/new/page.html", "index.html", "status.json"];
        await StageAsync(second, "2", puts);
        Task applying = second.ApplyAsync(puts, ["gone/deep/page.html"], Cancel);
        await (cutOffAt is null ? applying : Should.ThrowAsync<IOException>(applying));
        return steps;
    }

    private static void CutOff(string step, string? at)
    {
        if (step == at)
        {
            throw new IOException($"Cut off {step}.");
        }
    }

    private static async Task StageAsync(SiteFolder site, string text, string[] paths)
    {
        foreach (string path in paths)
        {
            await site.StageAsync(path, Encoding.UTF8.GetBytes(text), Cancel);
        }
    }

    /// <summary>Nothing is left lying beside the site, and the next publish works.</summary>
    private async Task ShouldBeReadyAsync(SiteFolder site, string name)
    {
        Directory.GetFileSystemEntries(folder.Path)
            .Where(path => path.StartsWith(folder.File(name) + ".", StringComparison.Ordinal))
            .ShouldBeEmpty(name);
        Directory.Exists(Path.Combine(folder.File(name), "gone")).ShouldBe(await site.ReadAsync("gone/deep/page.html", Cancel) is not null);
        await StageAsync(site, "3", ["data/a.csv", "status.json"]);
        await site.ApplyAsync(["data/a.csv", "status.json"], [], Cancel);
        (await ReadSiteAsync(site)).Where(line => line.EndsWith('3')).ShouldBe(["data/a.csv: 3", "status.json: 3"]);
    }

    private static async Task<IReadOnlyList<string>> ReadSiteAsync(SiteFolder site)
    {
        var lines = new List<string>();
        foreach (string path in await site.ListAsync(Cancel))
        {
            lines.Add($"{path}: {Encoding.UTF8.GetString((await site.ReadAsync(path, Cancel))!)}");
        }

        return lines;
    }
}
