using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>What the app may write about itself: fields that are listed here, and nothing of a request but what they say of it.</summary>
/// <remarks>
/// A test holds every template of a message and every tag in the code to the list. What the framework writes by itself is told from
/// warnings on alone, whatever an operator sets: below that it has paths, queries and headers, which may hold what somebody pasted there.
/// </remarks>
internal static class Diagnostics
{
    private const string Own = "DisclosureCloud";

    /// <summary>It gives every line of a request a scope with its path, as long as it may write anything at all.</summary>
    private const string OfRequests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>The names of fields in messages.</summary>
    public static FrozenSet<string> MessageFields { get; } = FrozenSet.ToFrozenSet(
    [
        "Alarm", // Its code.
        "Detail", // What an alarm says: ids, names of queues, counts; names of files by Alarms.NameOf alone.
        "Busy", "Fault", // What an exception says of a store, an issuer or a witness: its address and status.
        "Position", "Written", "Files", "Size", "Known", "Seconds", // Counts.
        "Witness", // Its name in the settings.
        "Queue", // Its name.
        "Complaint", // Its id, from which its code does not follow.
    ], StringComparer.Ordinal);

    /// <summary>The names of tags of spans and measurements. Of the framework's, what says nothing of a single request but its route and what came of it.</summary>
    public static FrozenSet<string> Tags { get; } = FrozenSet.ToFrozenSet(
    [
        "disclosurecloud.posting", "disclosurecloud.kind", "disclosurecloud.outcome", "disclosurecloud.alarm", "disclosurecloud.position", "disclosurecloud.written",
        "store", "operation", "status", // Of a call of Cosmos DB.
        "http.request.method", "http.route", "http.response.status_code", "network.protocol.version", "url.scheme", "error.type", "server.address", "server.port",
    ], StringComparer.Ordinal);

    public static void Add(ILoggingBuilder logging)
    {
        logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // What stops the app from starting is said once, by the verb.
        logging.AddFilter(Own, LogLevel.Information);
        logging.Services.PostConfigure<LoggerFilterOptions>(Cap);

        // Whose trace a request belongs to, its sender would say, and may say anything: each request begins a trace of ours.
        logging.Services.AddSingleton<DistributedContextPropagator>(new NothingFromOutside());
    }

    private static void Cap(LoggerFilterOptions options)
    {
        if (options.MinLevel < LogLevel.Warning)
        {
            options.MinLevel = LogLevel.Warning;
        }

        // Without the name of a provider, for a rule that has one would go before the last of these.
        LoggerFilterRule[] capped = [.. options.Rules.Select(rule => new LoggerFilterRule(providerName: null, rule.CategoryName, LevelOf(rule), rule.Filter))];
        options.Rules.Clear();
        foreach (LoggerFilterRule rule in capped.Append(new LoggerFilterRule(providerName: null, OfRequests, LogLevel.None, filter: null)))
        {
            options.Rules.Add(rule);
        }
    }

    private static LogLevel? LevelOf(LoggerFilterRule rule) => rule.CategoryName switch
    {
        { } own when own.StartsWith(Own, StringComparison.OrdinalIgnoreCase) => rule.LogLevel,
        { } requests when requests.StartsWith(OfRequests, StringComparison.OrdinalIgnoreCase) => LogLevel.None,
        _ when rule.LogLevel is { } level => level < LogLevel.Warning ? LogLevel.Warning : level,
        _ => LogLevel.Warning,
    };

    /// <summary>Takes from a span whatever is not listed, before it is sent.</summary>
    internal sealed class ListedTags : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            foreach (string name in data.TagObjects.Select(tag => tag.Key).Where(name => !Tags.Contains(name)).ToArray())
            {
                data.SetTag(name, value: null);
            }
        }
    }

    private sealed class NothingFromOutside : DistributedContextPropagator
    {
        private static readonly DistributedContextPropagator Standard = CreateDefaultPropagator();

        public override IReadOnlyCollection<string> Fields => Standard.Fields;

        public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => Standard.Inject(activity, carrier, setter);

        public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
            (traceId, traceState) = (null, null);

        public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
    }
}
