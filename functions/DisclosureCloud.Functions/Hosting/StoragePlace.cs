using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Where site, archive, queues and locks are kept: the setting <c>Disclosure:Storage</c> and what belongs to it.</summary>
internal abstract record StoragePlace
{
    private const string Setting = "Disclosure:Storage";

    private StoragePlace()
    {
    }

    /// <exception cref="InvalidOperationException">A setting is missing, or says what cannot be; the message begins with its name.</exception>
    public static StoragePlace Read(IConfiguration configuration)
    {
        IConfigurationSection own = configuration.GetSection(Setting);
        return own.Value switch
        {
            null or "folder" when own.GetChildren().FirstOrDefault() is { } other =>
                throw new InvalidOperationException($"{other.Path} is set, and {Setting} is not 'azure': all would be kept in a folder."),
            null or "folder" => new Folder(),
            "azure" => Checked(new Azure(Endpoint(own, "Archive", "blob"), Endpoint(own, "Site", "blob"), Endpoint(own, "Queues", "queue"), Endpoint(own, "Tables", "table"))),
            string other => throw new InvalidOperationException($"{Setting} is 'folder' or 'azure'; found '{other}'."),
        };
    }

    private static Azure Checked(Azure place) => place.IsLocal || !place.All.Any(endpoint => endpoint.IsLoopback)
        ? place
        : throw new InvalidOperationException($"{Setting}: either all addresses are of this machine or none is.");

    private static Uri Endpoint(IConfigurationSection own, string name, string service) => AzureEndpoint.Read(
        own.GetSection(name), $"the {service} address of its storage account, such as https://county.{service}.core.windows.net/");

    /// <summary>Below the data folder.</summary>
    public sealed record Folder : StoragePlace;

    /// <summary>In storage accounts. At addresses of this machine what is missing there is made.</summary>
    /// <param name="Archive">The blobs of the archive's account.</param>
    /// <param name="Site">The blobs of the site's account.</param>
    /// <param name="Queues">The queues of the account that the Functions host has too.</param>
    /// <param name="Tables">The tables of that account.</param>
    public sealed record Azure(Uri Archive, Uri Site, Uri Queues, Uri Tables) : StoragePlace
    {
        public bool IsLocal => All.All(endpoint => endpoint.IsLoopback);

        internal IEnumerable<Uri> All => [Archive, Site, Queues, Tables];
    }
}

/// <summary>Reads the address of a service from a setting.</summary>
internal static class AzureEndpoint
{
    /// <exception cref="InvalidOperationException">It is no address over https, nor one of this machine; the message begins with its name.</exception>
    public static Uri Read(IConfigurationSection setting, string wanted) =>
        Uri.TryCreate(setting.Value, UriKind.Absolute, out Uri? endpoint)
        && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback))
        && endpoint.Query.Length == 0
            ? endpoint
            : throw new InvalidOperationException($"{setting.Path} is {wanted}; found {Shown(setting.Value, endpoint)}.");

    // A query is mostly a shared access signature, which is a secret.
    private static string Shown(string? text, Uri? endpoint) => endpoint is { IsAbsoluteUri: true, Query.Length: > 0 } ? "an address with a query" : $"'{text}'";
}
