using System.Diagnostics;
using System.Diagnostics.Metrics;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>What the app tells a collector about its work: ids, kinds, counts and durations, never what a posting says or who sent it.</summary>
/// <remarks>
/// Sent over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, with the exporter's other standard variables; Application Insights takes
/// it through a collector. Names follow OpenTelemetry's conventions.
/// </remarks>
internal static class Telemetry
{
    public const string Name = "DisclosureCloud";

    internal const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "disclosurecloud";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Own = new(Name);

    private static readonly Counter<long> Postings = Own.CreateCounter<long>(
        "disclosurecloud.postings", "{posting}", "Requests to store a posting, by kind and by what came of them.");

    private static readonly Counter<long> Decisions = Own.CreateCounter<long>(
        "disclosurecloud.decisions", "{decision}", "Decisions asked for, by what came of them.");

    private static readonly Counter<long> Messages = Own.CreateCounter<long>(
        "disclosurecloud.messages", "{message}", "Messages of the queue of postings, by what came of them.");

    private static readonly Counter<long> Alarms = Own.CreateCounter<long>(
        "disclosurecloud.alarms", "{alarm}", "What a person must look at, by alarm.");

    private static readonly Counter<long> Files = Own.CreateCounter<long>(
        "disclosurecloud.site.files", "{file}", "Files of the site written by publishing.");

    /// <summary>Begins a span; null where nobody listens.</summary>
    public static Activity? Begin(string name, string? idName = null, string? id = null)
    {
        Activity? span = Source.StartActivity(name);
        if (idName is not null)
        {
            span?.SetTag(idName, id);
        }

        return span;
    }

    public static void Submitted(Activity? span, string kind, string outcome)
    {
        span?.SetTag("disclosurecloud.kind", kind).SetTag("disclosurecloud.outcome", outcome);
        Postings.Add(1, new("disclosurecloud.kind", kind), new("disclosurecloud.outcome", outcome));
    }

    public static void Decided(Activity? span, string outcome)
    {
        span?.SetTag("disclosurecloud.outcome", outcome);
        Decisions.Add(1, new KeyValuePair<string, object?>("disclosurecloud.outcome", outcome));
    }

    public static void Took(string outcome) => Messages.Add(1, new KeyValuePair<string, object?>("disclosurecloud.outcome", outcome));

    public static void Alarmed(string alarm) => Alarms.Add(1, new KeyValuePair<string, object?>("disclosurecloud.alarm", alarm));

    public static void Published(Activity? span, long position, int written)
    {
        span?.SetTag("disclosurecloud.position", position).SetTag("disclosurecloud.written", written);
        Files.Add(written);
    }

    /// <summary>Registers what exports, where an address for it is set. It begins when <see cref="Start"/> asks for it.</summary>
    public static void Add(IServiceCollection services, AppRole role)
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(EndpointVariable)))
        {
            return;
        }

        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(ServiceName)
            .AddAttributes([new KeyValuePair<string, object>("disclosurecloud.role", Code.Text(role))]);
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Name, "Microsoft.AspNetCore", "System.Net.Http")
            .AddProcessor(new Diagnostics.ListedTags())
            .AddOtlpExporter()
            .Build());
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Name, StorageMeter.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddOtlpExporter()
            .Build());
    }

    /// <summary>Begins to export; the container ends it, with what is still to be sent.</summary>
    public static void Start(IServiceProvider services)
    {
        _ = services.GetService<TracerProvider>();
        _ = services.GetService<MeterProvider>();
    }
}
