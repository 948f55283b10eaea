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
        var command = new Command("freeze", "Ends the log for ever: publishes once more, and nothing is appended after that.") { data, origin, reason, successor };
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
            FrozenLog log = await services.GetRequiredService<LogFreezer>().FreezeAsync(why, parsed.GetValue(successor), cancellationToken);
            await Console.Out.WriteLineAsync(LogFreezing.Sentence(log));
            return CommandLine.Well;
        }));
        return command;
    }
}
