using DisclosureCloud.Emulators;

namespace DisclosureCloud.Functions.Tests.Host;

/// <summary>One storage account for the tests of the driver, which take turns: faults are of a server.</summary>
[CollectionDefinition(Name)]
public sealed class HostStorage : IAsyncLifetime, ICollectionFixture<HostStorage>
{
    public const string Name = "Storage of the Functions host";

    public AzuriteServer Server { get; } = new();

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
