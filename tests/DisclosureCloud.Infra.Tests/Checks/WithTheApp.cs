using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Infra.Tests.Templates;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>That the template makes what the app uses, under the names that the app has for it, and nothing else.</summary>
internal static class WithTheApp
{
    /// <summary>Settings that say where things lie on a disk, which an app in Azure does not keep.</summary>
    private static readonly string[] OfOneMachine = ["Disclosure__Data"];

    public static ImmutableArray<Check> All { get; } =
    [
        new("every setting that the app reads is set, and none that it does not", Settings),
        new("the seed is the publisher's alone", Seed),
        new("each app has the functions of its role", Functions),
        new("containers, queues and table are the app's", Stores),
        new("Cosmos DB has the app's containers, indexed as it asks", Containers),
        new("each app has the roles that it needs, and no other", Roles.Find),
        new("every alarm has an alert", Alarms),
        new("alerts read what the app writes", LogLine),
    ];

    private static IEnumerable<string> Settings(Template template)
    {
        string[] read = [.. ReadSettings.Names().Except(OfOneMachine, StringComparer.Ordinal)];
        string[] set = [.. Quoted(template.Modules["settings"].GetProperty("variables").GetProperty("oldSeed").GetString()!), .. template.Of("Microsoft.Web/sites/config").SelectMany(one => Quoted(one.At("properties")!)), .. Chosen(template)];
        string[] own = [.. set.Where(name => name.StartsWith("Disclosure__", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        return read.Except(own, StringComparer.Ordinal).Select(name => $"the app reads {name}, which nobody sets")
            .Concat(own.Except(read, StringComparer.Ordinal).Select(name => $"{name} is set, which the app does not read"));
    }

    private static IEnumerable<string> Seed(Template template)
    {
        Resource[] configs = [.. template.Of("Microsoft.Web/sites/config")];
        Resource? publisher = configs.SingleOrDefault(one => one.Name.Contains("publisherName", StringComparison.Ordinal));
        bool isThere = publisher?.At("properties")?.Contains("'Disclosure__Log__Seed', format('@Microsoft.KeyVault(SecretUri={0}secrets/{1})'", StringComparison.Ordinal) == true;
        return configs.Where(one => one != publisher && one.At("properties")!.Contains("Seed", StringComparison.OrdinalIgnoreCase)).Select(one => $"{one}: has the seed, and signs nothing")
            .Concat(isThere ? [] : ["the publisher has no reference to the seed in the vault"]);
    }

    // What is of the other role is off; what is of both is on in both.
    private static IEnumerable<string> Functions(Template template)
    {
        Dictionary<AppRole, string[]> own = new()
        {
            [AppRole.Api] = [.. FunctionFolders.Of(AppRole.Api)],
            [AppRole.Publisher] = [.. FunctionFolders.Of(AppRole.Publisher)],
        };
        JsonElement variables = template.Modules["settings"].GetProperty("variables");
        foreach ((AppRole role, string variable, string app) in new[] { (AppRole.Api, "apiFunctions", "publisherName"), (AppRole.Publisher, "publisherFunctions", "apiName") })
        {
            string[] off = [.. variables.GetProperty(variable).EnumerateArray().Select(one => one.GetString()!)];
            foreach (string wrong in off.Except(own[role], StringComparer.Ordinal).Concat(own[role].Except(off, StringComparer.Ordinal)))
            {
                yield return $"{wrong} is not on in one app and off in the other as its role has it";
            }

            Resource config = template.Of("Microsoft.Web/sites/config").Single(one => one.Name.Contains(app, StringComparison.Ordinal));
            if (!config.At("properties")!.Contains($"toObject(variables('{variable}'), lambda('name', format('AzureWebJobs.{{0}}.Disabled'", StringComparison.Ordinal))
            {
                yield return $"{config}: the functions of the other role are on";
            }
        }
    }

    private static IEnumerable<string> Stores(Template template)
    {
        JsonElement variables = template.Modules["storage"].GetProperty("variables");
        string[] Of(string name) => [.. variables.GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];
        string[] containers = [.. Of("archiveContainers"), .. Of("passingContainers")];
        IEnumerable<string> Differ(string what, IEnumerable<string> made, IEnumerable<string> used) =>
            made.Order(StringComparer.Ordinal).SequenceEqual(used.Order(StringComparer.Ordinal), StringComparer.Ordinal) ? [] : [$"{what} are made ({string.Join(", ", made)}) that the app does not use ({string.Join(", ", used)})"];

        Resource table = template.Of("Microsoft.Storage/storageAccounts/tableServices/tables").Single();
        string site = template.Of("Microsoft.Storage/storageAccounts/blobServices/containers").Single(one => one.At("name")!.Contains("siteName", StringComparison.Ordinal)).At("name")!;
        return Differ("containers", containers, [AppStores.Archive, "[parameters('logPlace')]", "[format('{0}-edge', parameters('logPlace'))]", AppStores.Evidence, AppStores.Complaints, AppStores.Bulk])
            .Concat(Differ("queues", Of("queueNames"), AppStores.Queues))
            .Concat(table.Name.Contains($"'{AppStores.Table}'", StringComparison.Ordinal) ? [] : [$"{table}: the app's table is {AppStores.Table}"])
            .Concat(new[] { AppStores.Site, AppStores.Staging }.Where(name => !site.Contains($"'{name}'", StringComparison.Ordinal)).Select(name => $"the site's account has no {name}"));
    }

    private static IEnumerable<string> Containers(Template template)
    {
        JsonElement made = template.Modules["cosmos"].GetProperty("variables").GetProperty("containers");
        string[] found = [.. made.EnumerateArray().Select(one => $"{one.GetProperty("name").GetString()} {one.GetProperty("partitionKey").GetString()} {string.Join(' ', one.GetProperty("paths").EnumerateArray().Select(path => path.GetString()))}")];
        return found.Order(StringComparer.Ordinal).SequenceEqual(AppStores.CosmosContainers.Order(StringComparer.Ordinal), StringComparer.Ordinal) ? [] : [$"made are {string.Join("; ", found)}; the app has {string.Join("; ", AppStores.CosmosContainers)}"];
    }

    private static IEnumerable<string> Alarms(Template template)
    {
        string[] queries = [.. Queries(template)];
        string[] raised = [.. Enum.GetValues<Alarm>().Select(alarm => Code.Text(alarm))];
        string[] told = [.. queries.SelectMany(query => Regex.Matches(query, "ALARM (?<code>[a-z-]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(one => one.Groups["code"].Value))];
        return raised.Except(told, StringComparer.Ordinal).Select(code => $"nobody is told of the alarm {code}")
            .Concat(told.Except(raised, StringComparer.Ordinal).Select(code => $"an alert waits for {code}, which the app never raises"))
            .Concat(told.GroupBy(code => code, StringComparer.Ordinal).Where(one => one.Count() > 1).Select(one => $"two alerts tell of {one.Key}"));
    }

    // The patterns of the queries, on the very line that the publisher writes each minute.
    private static IEnumerable<string> LogLine(Template template)
    {
        string line = $"0 postings finished, 0 to be tried again; {new LogStand(new LedgerPosition(90, 100, []), 58)}";
        string[] queries = [.. Queries(template).Where(query => !query.Contains("ALARM", StringComparison.Ordinal))];
        foreach (string query in queries)
        {
            foreach (Match has in Regex.Matches(query, "contains \"(?<word>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            {
                if (!line.Contains(has.Groups["word"].Value, StringComparison.Ordinal))
                {
                    yield return $"no line has '{has.Groups["word"].Value}': {line}";
                }
            }

            foreach (Match extract in Regex.Matches(query, "(?<name>[a-z]+) = toint\\(extract\\(\"(?<pattern>[^\"]+)\", 1, message\\)\\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            {
                string found = Regex.Match(line, extract.Groups["pattern"].Value, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
                if (found != (extract.Groups["name"].Value == "size" ? "58" : "42"))
                {
                    yield return $"{extract.Groups["name"].Value} would be read as '{found}' from: {line}";
                }
            }
        }

        if (queries.Length != 3)
        {
            yield return $"{queries.Length} alerts watch how far the log is, and not 3";
        }
    }

    private static IEnumerable<string> Queries(Template template) =>
        template.Modules["alerts"].GetProperty("variables").GetProperty("ruleOf").EnumerateArray().Select(one => one.GetProperty("query").GetString()!);

    private static IEnumerable<string> Chosen(Template template) => template.Given("settings", "chosen").EnumerateObject().Select(one => one.Name);

    private static IEnumerable<string> Quoted(string expression) => Regex.Matches(expression, "'(?<name>[A-Za-z]+__[A-Za-z_]+|OTEL_[A-Z_]+)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(one => one.Groups["name"].Value);
}
