using DisclosureCloud.Functions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>The settings that the app reads, found by letting it read them.</summary>
internal static class ReadSettings
{
    /// <summary>The names as they stand in an environment, with two underscores for each colon.</summary>
    public static IReadOnlyList<string> Names()
    {
        var asked = new SortedSet<string>(StringComparer.Ordinal);
        IConfiguration given = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Disclosure:Ledger"] = "cosmos",
            ["Disclosure:Cosmos:Endpoint"] = "https://county.documents.example/",
            ["Disclosure:Storage"] = "azure",
            ["Disclosure:Storage:Archive"] = "https://archive.blob.example/",
            ["Disclosure:Storage:Site"] = "https://site.blob.example/",
            ["Disclosure:Storage:Queues"] = "https://host.queue.example/",
            ["Disclosure:Storage:Tables"] = "https://host.table.example/",
            ["Disclosure:EventGrid:Topic"] = "https://topic.eventgrid.example/api/events",
            ["Disclosure:Identity:Authority"] = "https://issuer.example/v2.0",
            ["Disclosure:Role"] = "publisher",
        }).Build();
        Deployment.Read(new Recorder(given, asked), data: null);
        asked.Add(Telemetry.EndpointVariable);
        return [.. asked.Select(name => name.Replace(":", "__", StringComparison.Ordinal))];
    }

    private sealed class Recorder(IConfiguration inner, ISet<string> asked) : IConfiguration
    {
        public string? this[string key]
        {
            get => Told(key);
            set => throw new NotSupportedException();
        }

        public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

        public IChangeToken GetReloadToken() => inner.GetReloadToken();

        public IConfigurationSection GetSection(string key) => new Section(inner.GetSection(key), asked);

        private string? Told(string key)
        {
            asked.Add(inner is IConfigurationSection section ? $"{section.Path}:{key}" : key);
            return inner[key];
        }
    }

    private sealed class Section(IConfigurationSection inner, ISet<string> asked) : IConfigurationSection
    {
        private readonly Recorder _recorder = new(inner, asked);

        public string Key => inner.Key;

        public string Path => inner.Path;

        public string? Value
        {
            get
            {
                asked.Add(inner.Path);
                return inner.Value;
            }

            set => throw new NotSupportedException();
        }

        public string? this[string key]
        {
            get => _recorder[key];
            set => throw new NotSupportedException();
        }

        public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

        public IChangeToken GetReloadToken() => inner.GetReloadToken();

        public IConfigurationSection GetSection(string key) => _recorder.GetSection(key);
    }
}
