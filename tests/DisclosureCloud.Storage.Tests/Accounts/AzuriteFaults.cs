using DisclosureCloud.Emulators;

namespace DisclosureCloud.Storage.Tests;

/// <summary>A server of its own for the tests that let things go wrong: faults are of a server, so these tests take turns.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteFaults : IAsyncLifetime, ICollectionFixture<AzuriteFaults>
{
    public const string Name = "Azurite faults";

    public AzuriteServer Server { get; } = new();

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>After each test: from now on all goes well.</summary>
    public ValueTask ResetAsync()
    {
        Server.Faults = null;
        return ValueTask.CompletedTask;
    }
}
