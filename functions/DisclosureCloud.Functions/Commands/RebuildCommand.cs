using System.CommandLine;
using System.Globalization;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Rebuilding;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>rebuild</c>: makes the ledger again from archive and log alone.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        var dryRun = new Option<bool>("--dry-run") { Description = "Hold archive, log and ledger against each other, and write nothing." };
        var without = new Option<string[]>("--without")
        {
            Description = "A file of the archive that is none of ours and is left out; may be given again.",
            HelpName = "PATH",
            AllowMultipleArgumentsPerToken = false,
        };
        var command = new Command("rebuild", "Makes the ledger again from archive and log, or gives an old copy of it what it lacks.") { data, dryRun, without };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            var request = new RebuildRequest(parsed.GetValue(dryRun), parsed.GetValue(without) ?? []);
            return await RunAsync(deployment, stores, request, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> RunAsync(Deployment deployment, Stores stores, RebuildRequest request, CancellationToken cancellationToken)
    {
        await using ServiceProvider services = LogServices.ForVerb(deployment, stores);
        try
        {
            Rebuilder rebuilder = services.GetRequiredService<Rebuilder>();
            RebuildReport report = await rebuilder.RebuildAsync(request, static line => Console.Error.WriteLine(line), cancellationToken);
            foreach (string line in Lines(report, request.IsDryRun))
            {
                await Console.Out.WriteLineAsync(line);
            }

            return CommandLine.Well;
        }
        catch (RebuildRefusedException refused)
        {
            foreach (string line in refused.Lines)
            {
                await Console.Error.WriteLineAsync(line);
            }

            return CommandLine.Refused;
        }
    }

    private static IEnumerable<string> Lines(RebuildReport report, bool isDryRun)
    {
        yield return isDryRun
            ? Line($"would take {report.CommitsTaken} commits; the archive has {report.Commits} with {report.Entries} entries in {report.Streams} streams")
            : Line($"took {report.CommitsTaken} commits with {report.EntriesTaken} entries; the ledger has {report.Commits} with {report.Entries} entries in {report.Streams} streams");
        yield return Line($"state {report.StateHash}");
        if (report.NewerEntries > 0)
        {
            yield return Line($"{report.NewerEntries} entries are newer than the checkpoint of {report.LeavesInLog} leaves; the next publication logs them");
        }

        if (report.CommitsOnlyInLedger > 0)
        {
            yield return Line($"{report.CommitsOnlyInLedger} commits are in the ledger and not in the archive yet");
        }

        yield return Line($"{report.ValuesMissing} values were not in the value store; {report.ValuesTaken} of them {(isDryRun ? "can be" : "were")} taken back from what the site has published");
        foreach (UndecidedPosting posting in report.Undecided)
        {
            yield return $"undecided {posting.Id} {posting.Kind} of {posting.Department}, {Code.Text(posting.State)}, received {Instant.Text(posting.ReceivedAt)}";
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
