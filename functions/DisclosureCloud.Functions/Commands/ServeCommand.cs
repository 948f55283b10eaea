using System.CommandLine;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>serve</c>: the API and the site, with everything that follows the ledger.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        Option<int> port = CommonOptions.Port();
        var command = new Command("serve", "Serves the API and the site, and keeps the site up to date.") { data, port };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            await RunAsync(deployment, stores, parsed.GetValue(port), cancellationToken);
            return CommandLine.Well;
        }));
        return command;
    }

    /// <summary>Serves until the process is asked to end.</summary>
    public static async Task RunAsync(Deployment deployment, Stores stores, int port, CancellationToken cancellationToken)
    {
        // An app with an issuer has no key of its own; in Azure there would be no lasting disk to keep it on.
        using LocalIssuer? issuer = deployment.Authority is null ? LocalIssuer.Open(deployment) : null;
        await using WebApplication app = WebHost.Build(deployment, stores, issuer, Listening.Read(port), TimeProvider.System);
        await app.StartAsync(cancellationToken);
        if (Listening.Read(port) is Listening.ForHost && deployment.Storage is StoragePlace.Folder)
        {
            await Console.Error.WriteLineAsync(
                "warning: behind the Functions host, messages come from its storage account, and nobody here looks at those that are set aside. Set Disclosure__Storage=azure.");
        }

        foreach (string address in app.Urls.Take(1))
        {
            await Console.Out.WriteLineAsync($"serving {address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/ from {deployment.Data}; Ctrl+C ends it");
        }

        await app.WaitForShutdownAsync(cancellationToken);
    }
}
