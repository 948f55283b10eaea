using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>What a deployment says of itself: where its data lies, its civil zone, whose site it is, who issues its tokens.</summary>
/// <param name="Data">The folder of everything that is kept.</param>
/// <param name="Zone">The zone whose civil date is "today", whatever the machine's zone is.</param>
/// <param name="Site">Whose site it is.</param>
/// <param name="Authority">The OpenID Connect issuer of its tokens; null where the app is its own issuer.</param>
/// <param name="Audience">Whom tokens must be for.</param>
internal sealed record Deployment(string Data, TimeZoneInfo Zone, SiteSettings Site, string? Authority, string Audience)
{
    public const string DefaultData = ".disclosure";

    public const string DefaultZone = "Asia/Shanghai";

    public const string DefaultOrigin = "localhost/disclosurecloud";

    private const string OriginSetting = "Disclosure:Log:Origin";

    private const string TopicSetting = "Disclosure:EventGrid:Topic";

    /// <summary>Which part of the app this process is.</summary>
    public AppRole Role { get; init; } = AppRole.All;

    /// <summary>Which release of the program it runs.</summary>
    public ReleaseVersion Release { get; init; } = AppVersion.Current;

    /// <summary>Where the ledger and the values are kept.</summary>
    public LedgerPlace Ledger { get; init; } = new LedgerPlace.Sqlite();

    /// <summary>Where site, archive, queues and locks are kept.</summary>
    public StoragePlace Storage { get; init; } = new StoragePlace.Folder();

    /// <summary>The Event Grid topic that is told what became public; null where the console is.</summary>
    public Uri? Topic { get; init; }

    /// <summary>What this deployment is called in its events and its log: a host and a path, the same for ever.</summary>
    public string Origin { get; init; } = DefaultOrigin;

    /// <summary>Where its log lies, apart from those that it follows.</summary>
    public LogHome Place { get; init; } = LogHome.First;

    /// <summary>The log that its log follows; null where it follows none.</summary>
    public Predecessor? Predecessor { get; init; }

    /// <summary>The seeds and old keys of its log, as far as they are settings.</summary>
    public LogSettings Log { get; init; } = LogSettings.None;

    /// <summary>Which kinds of postings need a second person.</summary>
    public Approval Approval { get; init; } = Approval.Always;

    /// <summary>The department that handles complaints; null where none does, and auditors alone read them.</summary>
    public DepartmentId? ComplaintsDepartment { get; init; }

    /// <summary>How much it does at once, and for whom.</summary>
    public LoadLimits Load { get; init; } = new();

    /// <summary>What differs from place to place and year to year: tiers of approval, caps, thresholds.</summary>
    public RuleBook Rules => Site.Rules;

    public string LedgerFile => Path.Combine(Data, "ledger.db");

    public string ValuesFile => Path.Combine(Data, "values.db");

    public string SiteFolder => Path.Combine(Data, "site");

    public string ArchiveFolder => Path.Combine(Data, "archive");

    /// <summary>Evidence files, each encrypted with a key of its own.</summary>
    public string EvidenceFolder => Path.Combine(Data, "evidence");

    /// <summary>The keys of evidence files and complaints: apart from them and from all else, since they must be able to go.</summary>
    public string EvidenceKeysFile => Path.Combine(Data, "evidence-keys.db");

    /// <summary>Files of many postings, until they are done.</summary>
    public string BulkFolder => Path.Combine(Data, "bulk");

    /// <summary>Complaints, each encrypted with keys of its own, which lie with those of evidence files.</summary>
    public string ComplaintsFolder => Path.Combine(Data, "complaints");

    public string CellsFile => Path.Combine(Data, "cells.db");

    public string QueuesFile => Path.Combine(Data, "queues.db");

    public string PublishLock => Path.Combine(Data, "publish.lock");

    /// <summary>The log's own tiles and bundles, what is staged, and its lock row.</summary>
    public string LogFolder => Path.Combine(Data, Place.Name);

    public string LogCellsFile => Path.Combine(LogFolder, "lock.db");

    public string LogSeedFile => Path.Combine(Data, "keys", $"{Place.Name}.seed");

    public string LogOldSeedFile => Path.Combine(Data, "keys", $"{Place.Name}.old.seed");

    /// <summary>By which the verb <c>import</c> names what it imports.</summary>
    public string ImportKeyFile => Path.Combine(Data, "keys", "import.key");

    public string IssuerKeyFile => Path.Combine(Data, "keys", "issuer.pem");

    /// <summary>Reads the settings <c>Disclosure:*</c>; in the environment their names have two underscores for each colon.</summary>
    /// <param name="data">The folder given on the command line, which goes before the setting.</param>
    public static Deployment Read(IConfiguration configuration, string? data)
    {
        IConfigurationSection own = configuration.GetSection("Disclosure");
        LedgerPlace ledger = LedgerPlace.Read(configuration);
        StoragePlace storage = StoragePlace.Read(configuration);
        if (own["Identity:Authority"] is null && (ledger is LedgerPlace.Cosmos { Endpoint.IsLoopback: false } || storage is StoragePlace.Azure { IsLocal: false }))
        {
            throw new InvalidOperationException(
                "Disclosure:Identity:Authority is needed where the ledger or the storage is in Azure: the local issuer is for one machine, where whoever may read its key may do anything.");
        }

        string? hotlines = own["Site:Hotlines"];
        string origin = configuration[OriginSetting] is { } named ? LogOrigin.Read(named, OriginSetting) : DefaultOrigin;
        var place = LogHome.Read(configuration[LogHome.Setting]);
        TimeZoneInfo zone = FindZone(own["TimeZone"] ?? DefaultZone);
        return new Deployment(
            Path.GetFullPath(data ?? own["Data"] ?? DefaultData),
            zone,
            new SiteSettings(
                own["Site:Operator"],
                hotlines is null ? [] : [.. hotlines.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)])
            {
                Address = SiteAddress.Read(own["Site:Address"]),
                Zone = zone,
                Rules = own["Rules"] is { } file ? ReadRules(file) : RuleBook.BuiltIn,
            },
            own["Identity:Authority"],
            own["Identity:Audience"] ?? "disclosurecloud")
        {
            Approval = Approval.Read(configuration[Approval.Setting]),
            Ledger = ledger,
            ComplaintsDepartment = ComplaintHandling.Read(configuration),
            Load = LoadLimits.Read(configuration),
            Storage = storage,
            Topic = configuration[TopicSetting] is null ? null : AzureEndpoint.Read(configuration.GetSection(TopicSetting), "the topic's address, such as https://county.eastasia-1.eventgrid.azure.net/api/events"),
            Origin = origin,
            Place = place,
            Predecessor = Predecessor.Read(configuration, origin, place),
            Log = LogSettings.Read(configuration, AppRoles.Read(configuration)),
            Role = AppRoles.Read(configuration),
        };
    }

    public static IConfiguration Environment() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>The civil date in the deployment's zone.</summary>
    public DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime);

    private static RuleBook ReadRules(string file)
    {
        try
        {
            // A file that grows without end, such as a device, is not read to its end.
            if (new FileInfo(file) is not { Exists: true, Length: <= RuleBook.LengthMax })
            {
                throw new InvalidOperationException($"Disclosure:Rules: '{file}' is no file of at most {RuleBook.LengthMax} bytes.");
            }

            return RuleBook.Parse(File.ReadAllBytes(file));
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Disclosure:Rules: {fault.Message}", fault);
        }
    }

    private static TimeZoneInfo FindZone(string id)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone))
        {
            return zone;
        }

        // A small machine may lack the zone data. China has had one zone without summer time since 1991.
        return id == DefaultZone
            ? TimeZoneInfo.CreateCustomTimeZone(id, new TimeSpan(8, 0, 0), id, id)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Disclosure:TimeZone: no zone '{id}' on this machine."));
    }
}
