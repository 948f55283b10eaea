using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Where the ledger and the values are kept: the setting <c>Disclosure:Ledger</c> and what belongs to it.</summary>
internal abstract record LedgerPlace
{
    private const string Setting = "Disclosure:Ledger";
    private const string EndpointSetting = "Disclosure:Cosmos:Endpoint";
    private const string DatabaseSetting = "Disclosure:Cosmos:Database";
    private const string DefaultDatabase = "disclosure";

    private LedgerPlace()
    {
    }

    /// <exception cref="InvalidOperationException">A setting is missing, or says what cannot be; the message begins with its name.</exception>
    public static LedgerPlace Read(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "sqlite" when configuration[EndpointSetting] is not null =>
            throw new InvalidOperationException($"{EndpointSetting} is set, and {Setting} is not 'cosmos': the ledger would be in a file."),
        null or "sqlite" => new Sqlite(),
        "cosmos" => new Cosmos(
            AzureEndpoint.Read(configuration.GetSection(EndpointSetting), "the account's address, such as https://county.documents.azure.com/"),
            configuration[DatabaseSetting] ?? DefaultDatabase),
        string other => throw new InvalidOperationException($"{Setting} is 'sqlite' or 'cosmos'; found '{other}'."),
    };

    /// <summary>Two SQLite files in the data folder.</summary>
    public sealed record Sqlite : LedgerPlace;

    /// <summary>A database of Cosmos DB. At an address of this machine it is made where it is missing.</summary>
    public sealed record Cosmos(Uri Endpoint, string Database) : LedgerPlace;
}
