using System.Net;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Evidence;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Authentication;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Puts the app together: stores, desk, publisher, routes, and the site's files.</summary>
internal static class WebHost
{
    public static WebApplication Build(Deployment deployment, Stores stores, LocalIssuer? issuer, Listening listening, TimeProvider clock)
    {
        // The working folder is whoever's who started us: nothing is read from it.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Listen(builder, listening);
        Diagnostics.Add(builder.Logging);

        IServiceCollection services = builder.Services;
        services.AddSingleton(deployment).AddSingleton(clock).AddSingleton(stores).AddSingleton<ILedgerStore>(provider => new CurrentLedger(stores.Ledger, stores.Site, provider.GetRequiredService<Alarms>())).AddSingleton(stores.Values).AddSingleton(stores.Site);
        services.AddSingleton(stores.Archive).AddSingleton(stores.Cells).AddSingleton(stores.Publishing).AddSingleton(stores.Topic).AddSingleton(stores.Poison);
        services.AddSingleton<ISaltSource, SystemSalts>();
        services.AddSingleton(deployment.Rules).AddSingleton(deployment.Approval).AddSingleton<SurroundingsReader>().AddSingleton<Register>().AddSingleton<Credentials>().AddSingleton<InFlight>();
        services.AddSingleton<PostingDesk>().AddSingleton<Forgetting>().AddSingleton<PositionFollower>().AddSingleton<PostingIndex>().AddSingleton<ValueSweep>().AddSingleton<Publisher>().AddSingleton<Followers>().AddSingleton<KeepUp>();
        EvidenceServices.Add(services);
        services.AddSingleton(new BulkShelf(stores.BulkFiles, clock)).AddSingleton(provider => new BulkDesk(
            provider.GetRequiredService<BulkShelf>(), provider.GetRequiredService<PostingDesk>(), stores.BulkWork, provider.GetRequiredService<ISaltSource>(), deployment, clock));
        ComplaintServices.Add(services);
        LogServices.Add(services);
        services.AddSingleton(provider => new LogStands(provider.GetRequiredService<PositionFollower>(), stores.LogCells, deployment.Place.Row));
        services.AddSingleton<ArchiveSeals>().AddSingleton<SegmentFiles>().AddSingleton<PublishedLog>().AddSingleton<EntrySearch>().AddSingleton<AuditorScope>().AddSingleton<LeafFinder>().AddSingleton<LogProofs>().AddSingleton<PostingLeaves>().AddSingleton<EvidencePack>();
        services.AddSingleton(deployment.Load).AddSingleton<BodyAllowance>().AddSingleton<LoadGate>();
        services.AddSingleton<Submit>().AddSingleton<Decide>().AddSingleton<OpenApiText>();
        services.AddSingleton<Alarms>().AddSingleton<Archiver>().AddSingleton<ArchiveAudit>().AddSingleton<ArchiveWatch>().AddSingleton<Announcer>().AddSingleton<MessageIntake>().AddSingleton<PoisonWatch>();
        AddServices(services, deployment.Role, stores, behindHost: listening is Listening.ForHost);

        Telemetry.Add(services, deployment.Role);
        services.AddOpenApi(OpenApiText.DocumentName);
        AddBearer(services, deployment, issuer);

        WebApplication app = builder.Build();
        if (deployment.Role != AppRole.Api)
        {
            app.Services.GetRequiredService<LogKeys>(); // A seed that cannot be read is told now, and not with the first entry.
        }

        Telemetry.Start(app.Services);
        app.Use(PretendedIdentity.RemoveAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Problem.WriteForFaultAsync,
            SuppressDiagnosticsCallback = thrown => Problem.IsTold(thrown.Exception),
        });
        app.UseStatusCodePages(pages => Problem.WriteForStatusAsync(pages.HttpContext));
        SafeHeaders.Use(app);
        RequestShape.Use(app);
        if (deployment.Storage is StoragePlace.Folder)
        {
            SiteServing.Use(app, deployment.SiteFolder);
        }

        app.UseRouting();
        app.UseAuthentication();
        int proxies = deployment.Load.Proxies ?? (listening is Listening.ForHost ? 1 : 0);
        Shedding.UseCounting(app, proxies);
        app.Use(AccessGate.PassAsync);
        Shedding.UsePlaces(app, proxies);
        Routes.Map(app, deployment.Role, behindHost: listening is Listening.ForHost);
        return app;
    }

    // What runs by itself: behind the host its triggers call, and whoever follows is woken by a queue.
    private static void AddServices(IServiceCollection services, AppRole role, Stores stores, bool behindHost)
    {
        if (behindHost && role != AppRole.Publisher && stores.Changes is { } changes) // A publisher's own timer follows.
        {
            services.AddSingleton(provider => new QueueSignal(changes, provider.GetRequiredService<ILogger<QueueSignal>>()));
            services.AddSingleton<ILedgerSignal>(provider => provider.GetRequiredService<QueueSignal>()).AddHostedService(provider => provider.GetRequiredService<QueueSignal>());
        }
        else
        {
            services.AddSingleton<ILedgerSignal>(NoSignal.Instance);
        }

        if (!behindHost && role != AppRole.Api)
        {
            services.AddHostedService<FollowerService>();
        }

        if (!behindHost && role != AppRole.Publisher)
        {
            services.AddHostedService<IntakeService>();
        }
    }

    private static void Listen(WebApplicationBuilder builder, Listening listening) => builder.WebHost.UseUrls().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        ServerLimits.Set(kestrel.Limits);
        switch (listening)
        {
            case Listening.ForHost(var port):
                kestrel.Listen(IPAddress.Loopback, port);
                break;
            case Listening.Own { Port: > 0 } own:
                kestrel.ListenLocalhost(own.Port);
                break;
            default:
                kestrel.Listen(IPAddress.Loopback, 0);
                break;
        }
    });

    private static void AddBearer(IServiceCollection services, Deployment deployment, LocalIssuer? issuer)
    {
        // Not AddAuthentication: that would also set up data protection, with keys in the user's home, for cookies that we do not have.
        services.AddAuthenticationCore(options => options.DefaultScheme = BearerHandler.SchemeName).AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);
        services.AddSingleton(BearerTrust.Of(deployment, issuer)).AddSingleton<BearerTokens>();
    }
}
