using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Rebuilding;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Puts together what keeps the log and publishes it. The keys are opened by whoever needs them first: the role "api" never does.</summary>
internal static class LogServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => LogKeys.Open(provider.GetRequiredService<Deployment>()));
        services.AddSingleton(provider => SignerOf(provider.GetRequiredService<Deployment>(), provider.GetRequiredService<LogKeys>()));
        services.AddSingleton(provider => FilesOf(provider.GetRequiredService<Stores>()));
        services.AddSingleton(provider => RowOf(provider.GetRequiredService<Deployment>(), provider));
        services.AddSingleton(provider => SuccessionOf(provider.GetRequiredService<Deployment>(), provider));
        services.AddSingleton<LogKeeper>().AddSingleton<Sealer>().AddSingleton<Sequencer>();
        services.AddSingleton(provider => provider.GetRequiredService<Deployment>().Log.Witnesses).AddSingleton<WitnessClient>().AddSingleton<PublicLog>();
    }

    /// <summary>A publisher for a verb, which serves nothing. What it finds wrong ends the verb, and is told there.</summary>
    public static ServiceProvider ForVerb(Deployment deployment, Stores stores)
    {
        var services = new ServiceCollection();
        services.AddSingleton(deployment).AddSingleton(stores).AddSingleton(TimeProvider.System).AddLogging();
        services.AddSingleton(stores.Ledger).AddSingleton(stores.Values).AddSingleton(stores.Site).AddSingleton(stores.Archive)
            .AddSingleton(stores.Cells).AddSingleton(stores.Publishing);
        services.AddSingleton<Alarms>().AddSingleton<Archiver>().AddSingleton<Publisher>();
        services.AddSingleton<LoggedLeaves>().AddSingleton<Rebuilder>().AddSingleton<LogFreezer>().AddSingleton<ForcedFreezer>();
        Add(services);
        return services.BuildServiceProvider();
    }

    private static LogFiles FilesOf(Stores stores) => new(stores.Log, stores.LogEdge);

    private static CheckpointCell RowOf(Deployment deployment, IServiceProvider provider) =>
        new(provider.GetRequiredService<Stores>().LogCells, provider.GetRequiredService<CheckpointSigner>(), deployment.Place.Row);

    private static Succession SuccessionOf(Deployment deployment, IServiceProvider provider) => new(
        deployment.Predecessor, provider.GetRequiredService<LogFiles>(), provider.GetRequiredService<CheckpointCell>(), provider.GetRequiredService<CheckpointSigner>(), provider.GetRequiredService<Stores>().Site);

    private static CheckpointSigner SignerOf(Deployment deployment, LogKeys keys) => new(deployment.Origin, keys.Signers, keys.Verifiers);
}
