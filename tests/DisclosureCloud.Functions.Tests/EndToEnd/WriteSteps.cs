using System.Globalization;
using DisclosureCloud.Emulators;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>Names every request by which the app changes a server, counts them, and lets one of them be the app's last.</summary>
internal sealed class WriteSteps
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Func<Task> _kill;

    public WriteSteps(AzureWorld world)
    {
        _kill = world.Host.KillAsync;
        world.Cosmos.Faults = request => At(OfCosmos(request));
        world.Storage.Faults = request => At(OfStorage(request));
        world.Topic.Faults = request => At($"topic {request.Method}");
    }

    /// <summary>The step at which the app is killed, such as <c>blob PUT site status.json #1</c>; null for none.</summary>
    public string? KillAt { get; set; }

    /// <summary>True where the server has done the request by then; false where it has not.</summary>
    public bool IsDone { get; set; }

    /// <summary>Whether the app was killed.</summary>
    public bool Killed { get; private set; }

    /// <summary>The steps since the last call, in the order in which they came.</summary>
    public List<string> Seen { get; private set; } = [];

    public void Begin(string? killAt, bool isDone)
    {
        lock (_changing)
        {
            (KillAt, IsDone, Killed) = (killAt, isDone, false);
            Seen = [];
            _counts.Clear();
        }
    }

    private Fault? At(string? kind)
    {
        if (kind is null)
        {
            return null;
        }

        lock (_changing)
        {
            int count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            string step = string.Create(CultureInfo.InvariantCulture, $"{kind} #{count}");
            Seen.Add(step);
            if (step != KillAt || Killed)
            {
                return null;
            }

            Killed = true;
            return IsDone ? new Fault.LoseAnswer(Fault.Broken) { Meanwhile = _kill } : new Fault.Refuse(Fault.Broken) { Meanwhile = _kill };
        }
    }

    // A query is a POST too. The partition key names the stream, or the value.
    private static string? OfCosmos(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || request.Headers.ContainsKey("x-ms-documentdb-isquery") || request.Headers.ContainsKey("x-ms-cosmos-is-query-plan-request")
            || request.ContentType?.StartsWith("application/query", StringComparison.Ordinal) == true)
        {
            return null;
        }

        string[] parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string container = parts is ["dbs", _, "colls", var name, ..] ? name : "database";
        string key = request.Headers["x-ms-documentdb-partitionkey"].ToString().Trim('[', ']', '"');
        return container == "ledger" ? $"cosmos {request.Method} ledger {key.Split('/')[0]}" : $"cosmos {request.Method} {container}";
    }

    private static string? OfStorage(HttpRequest request)
    {
        // What a start makes where it is missing is no step of a posting.
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || request.Query.ContainsKey("restype") || request.Path.Value!.EndsWith("/Tables", StringComparison.Ordinal) || (HttpMethods.IsPut(request.Method) && request.Path.Value.Count(c => c is '/' or '(') == 2))
        {
            return null;
        }

        string path = Uri.UnescapeDataString(request.Path.Value)["/devstoreaccount1/".Length..];
        string[] parts = path.Split('/');
        string last = parts[^1];
        return parts[0] switch
        {
            "$web" => $"blob {request.Method} site {(last is "status.json" or "manifest.json" ? last : "")}".TrimEnd(),
            "staging" => $"blob {request.Method} staging {(path.Contains("journal", StringComparison.Ordinal) ? "journal" : "")}".TrimEnd(),
            "archive" => $"blob {request.Method} archive {parts[2]}",
            _ when path.StartsWith("cells", StringComparison.Ordinal) => $"table {request.Method} {(path.Contains("followed", StringComparison.Ordinal) ? "bookmark" : "lock")}",
            _ => $"queue {request.Method} {parts[0]}",
        };
    }
}
