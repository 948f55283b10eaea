using System.Net;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Puts the app together: stores, desk, publisher, routes, and the site's files.</summary>
internal static class WebHost
{
    public static WebApplication Build(Deployment deployment, Stores stores, LocalIssuer issuer, Listening listening, TimeProvider clock)
    {
        // The working folder is whoever's who started us: nothing is read from it.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Listen(builder, listening);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // What stops the app from starting is said once, by the verb.
        builder.Logging.AddFilter("DisclosureCloud", LogLevel.Information);

        IServiceCollection services = builder.Services;
        services.AddSingleton(deployment).AddSingleton(clock).AddSingleton(stores.Ledger).AddSingleton(stores.Values).AddSingleton(stores.Site);
        services.AddSingleton<ISaltSource, SystemSalts>();
        services.AddSingleton(deployment.Rules).AddSingleton(deployment.Approval).AddSingleton<SurroundingsReader>().AddSingleton<InFlight>();
        services.AddSingleton<PostingDesk>().AddSingleton<PositionFollower>().AddSingleton<PostingIndex>().AddSingleton<ValueSweep>().AddSingleton<Publisher>().AddSingleton<KeepUp>();
        services.AddSingleton<Submit>().AddSingleton<Decide>().AddSingleton<OpenApiText>();
        if (listening is Listening.Own && deployment.Role != AppRole.Api)
        {
            services.AddHostedService<FollowerService>();
        }

        Telemetry.Add(services, deployment.Role);
        services.AddOpenApi(OpenApiText.DocumentName);
        AddBearer(services, deployment, issuer);

        WebApplication app = builder.Build();
        Telemetry.Start(app.Services);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Problem.WriteForFaultAsync,
            SuppressDiagnosticsCallback = thrown => thrown.Exception is StoreBusyException, // Told as what it is, and no mistake of ours.
        });
        app.UseStatusCodePages(pages => Problem.WriteForStatusAsync(pages.HttpContext));
        SiteServing.Use(app, deployment.SiteFolder);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        Routes.Map(app, deployment.Role, behindHost: listening is Listening.ForHost);
        return app;
    }

    private static void Listen(WebApplicationBuilder builder, Listening listening) => builder.WebHost.UseUrls().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null; // JsonBody has the limit, and answers with a problem document.
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

    private static void AddBearer(IServiceCollection services, Deployment deployment, LocalIssuer issuer)
    {
        // Not AddAuthentication: that would also set up data protection, with keys in the user's home, for cookies that we do not have.
        services.AddAuthenticationCore(options => options.DefaultScheme = BearerHandler.SchemeName).AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<BearerOptions, BearerHandler>(BearerHandler.SchemeName, options =>
        {
            options.Audience = deployment.Audience;
            if (deployment.Authority is not { } authority)
            {
                options.LocalKey = issuer.Key;
                return;
            }

            options.Issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{authority.TrimEnd('/')}/.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever { RequireHttps = !new Uri(authority).IsLoopback }); // On this machine nobody listens between.
        });
        services.AddAuthorization();
    }
}
