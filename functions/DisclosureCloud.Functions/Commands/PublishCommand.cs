using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Publishing;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>publish</c>: brings the site up to date; only what changed is written.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        var at = new Option<long?>("--at") { Description = "The position to show, in entries (default: all there are).", HelpName = "POSITION" };
        at.Validators.Add(result =>
        {
            // A value that is no number at all is told by the parser, which throws where it is asked for it here.
            if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out long position) && position < 0)
            {
                result.AddError("--at is zero or more.");
            }
        });
        var command = new Command("publish", "Brings the public site up to date.") { data, at };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            await RunAsync(deployment, stores, parsed.GetValue(at), cancellationToken);
            return CommandLine.Well;
        }));
        return command;
    }

    public static async Task RunAsync(Deployment deployment, Stores stores, long? at, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        await using ServiceProvider services = LogServices.ForVerb(deployment, stores);
        Publisher publisher = services.GetRequiredService<Publisher>();
        Published published = await publisher.PublishAsync(at, cancellationToken);
        string what = published.Written + published.Removed == 0
            ? $"nothing had changed in {published.Files} files"
            : $"{published.Written} of {published.Files} files written, {published.Removed} removed";
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"published position {published.Position} as of {published.AsOf:yyyy-MM-dd}: {what}, {(long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds} ms"));
    }
}
