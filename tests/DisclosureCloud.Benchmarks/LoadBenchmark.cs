using System.Diagnostics;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Testing;
using DisclosureCloud.Testing.Load;
using Microsoft.AspNetCore.Builder;

namespace DisclosureCloud.Benchmarks;

/// <summary>How many postings a second one department gets in, and what becomes of another's while it has four times as many senders.</summary>
/// <remarks>The whole app in this process, as <c>serve</c> runs it; the senders are in it too, and take their part of the machine and of the memory.</remarks>
internal static class LoadBenchmark
{
    private const int Within = 1_000;
    private const int Quiet = 200;
    private const int LargeLength = 1 << 20;

    public static async Task RunAsync(TextWriter output)
    {
        using var folder = new TemporaryFolder();
        Deployment deployment = new Deployment(folder.Path, TimeZoneInfo.FindSystemTimeZoneById(Deployment.DefaultZone), SiteSettings.Trial, Authority: null, "disclosurecloud")
            with { Load = new LoadLimits { PostingsAnHour = int.MaxValue } };
        await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, CancellationToken.None);
        using LocalIssuer issuer = LocalIssuer.Open(deployment);
        await using WebApplication app = WebHost.Build(deployment, stores, issuer, new Listening.Own(Port: 0), TimeProvider.System);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var run = new LoadRun(http, Token("noisy"), Token("quiet"));
        double capacity = await run.CapacityAsync(Within, CancellationToken.None);
        byte[] large = new byte[LargeLength];
        Array.Fill(large, (byte)' ');
        LoadFigures figures = await run.OverloadAsync(Quiet, [.. "{}"u8, .. large.AsSpan(2)], CancellationToken.None);
        await app.StopAsync();

        TimeSpan[] waits = [.. figures.Quiet.Select(answer => answer.Took).Order()];
        output.WriteLine(FormattableString.Invariant($"{capacity:F0} postings a second from {LoadRun.SendersWithin} senders of one department"));
        output.WriteLine(FormattableString.Invariant($"with four times as many for {figures.Took.TotalSeconds:F0} s: {LoadFigures.Count(figures.Noisy)}"));
        output.WriteLine(FormattableString.Invariant($"the other department meanwhile: {LoadFigures.Count(figures.Quiet)}; median {waits[waits.Length / 2].TotalMilliseconds:F0} ms, 99 % {waits[waits.Length * 99 / 100].TotalMilliseconds:F0} ms"));
        output.WriteLine(FormattableString.Invariant($"not in order: {figures.Noisy.Concat(figures.Quiet).Count(answer => !answer.IsInOrder)}; this process, senders too, had at most {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));

        string Token(string department) =>
            issuer.Issue(Id.Parse<DepartmentId>(department), Id.Parse<PersonId>($"{department}-poster"), [Role.Poster], region: null, TimeProvider.System);
    }
}
