using System.CommandLine;
using System.Globalization;
using System.Text;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>poison</c>: shows the messages that were set aside, puts them back, or drops one.</summary>
internal static class PoisonCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        var putBack = new Option<bool>("--put-back") { Description = "Put all back into the queues that they came from, as they are." };
        var drop = new Option<string?>("--drop") { Description = "Delete one message, by the name that the list gives it.", HelpName = "NAME" };
        var command = new Command("poison", "Shows the messages that were set aside, puts them back, or drops one.") { putBack, drop, data };
        command.Validators.Add(result =>
        {
            if (result.GetValue(putBack) && result.GetValue(drop) is not null)
            {
                result.AddError("--put-back and --drop do not go together: drop first, and then put the others back.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            var queues = new PoisonQueues(stores.PoisonPairs, TimeProvider.System);
            return parsed.GetValue(putBack) ? await PutBackAsync(queues, cancellationToken)
                : parsed.GetValue(drop) is { } name ? await DropAsync(queues, name, cancellationToken)
                : await ListAsync(queues, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> ListAsync(PoisonQueues queues, CancellationToken cancellationToken)
    {
        IReadOnlyList<SetAside> all = await queues.ListAsync(cancellationToken);
        foreach (SetAside message in all)
        {
            await Console.Out.WriteLineAsync(Line(message));
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{all.Count} messages are set aside"));
        return CommandLine.Well;
    }

    private static async Task<int> PutBackAsync(PoisonQueues queues, CancellationToken cancellationToken)
    {
        long count = await queues.PutBackAsync(cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} messages were put back"));
        return CommandLine.Well;
    }

    private static async Task<int> DropAsync(PoisonQueues queues, string name, CancellationToken cancellationToken)
    {
        if (await queues.DropAsync(name, cancellationToken) is not { } dropped)
        {
            throw new InvalidOperationException("No message that is set aside has this name.");
        }

        await Console.Out.WriteLineAsync($"dropped {Line(dropped)}");
        return CommandLine.Well;
    }

    private static string Line(SetAside message) => string.Create(
        CultureInfo.InvariantCulture,
        $"{message.Name}  {message.Queue}  {Encoding.UTF8.GetByteCount(message.Text)} bytes  {(message.Posting is { } posting ? $"posting {posting} of {message.Department}" : "no posting can be told from it")}");
}
