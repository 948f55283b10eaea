using System.CommandLine;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>freeze</c>: ends the log for ever.</summary>
internal static class FreezeCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        var successor = new Option<string?>("--successor") { Description = "The origin of the log that goes on (default: none does).", HelpName = "ORIGIN" };
        var reason = new Option<string>("--reason") { Description = "Why: closed or key-compromised.", Required = true };
        reason.AcceptOnlyFromAmong([.. Enum.GetValues<FreezeReason>().Select(FrozenLog.NameOf)]);
        var origin = new Option<string>("--origin") { Description = "The origin of the log that is to end, so that no other is ended by mistake.", HelpName = "ORIGIN", Required = true };
        var at = new Option<string?>("--at")
        {
            Description = "Where the log refuses to go on: ends it without publishing, at the site's checkpoint (published) or the lock row's (row).",
            HelpName = "published or row",
        };
        at.AcceptOnlyFromAmong([.. Enum.GetValues<FreezeAt>().Select(NameOf)]);
        var command = new Command("freeze", "Ends the log for ever: publishes once more, and nothing is appended after that.") { data, origin, reason, successor, at };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            if (parsed.GetValue(origin) != deployment.Origin)
            {
                throw new InvalidOperationException($"The log of these data is '{deployment.Origin}'. Nothing was ended.");
            }

            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            await using ServiceProvider services = LogServices.ForVerb(deployment, stores);
            FreezeReason why = Enum.GetValues<FreezeReason>().Single(one => FrozenLog.NameOf(one) == parsed.GetValue(reason));
            ForcedEnd end = parsed.GetValue(at) is { } where
                ? await services.GetRequiredService<ForcedFreezer>().FreezeAsync(Enum.GetValues<FreezeAt>().Single(one => NameOf(one) == where), why, parsed.GetValue(successor), cancellationToken)
                : new ForcedEnd(await services.GetRequiredService<LogFreezer>().FreezeAsync(why, parsed.GetValue(successor), cancellationToken), []);
            foreach (string line in end.Lost.Select(lost => $"lost: {lost}").Prepend(LogFreezing.Sentence(end.Log)))
            {
                await Console.Out.WriteLineAsync(line);
            }

            return CommandLine.Well;
        }));
        return command;
    }

    private static string NameOf(FreezeAt at) => at == FreezeAt.Row ? "row" : "published";
}
