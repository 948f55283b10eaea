using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>shutting-down.md</c>: the service is gone, and its site proves what it says from any web server.</summary>
public sealed class ShuttingDownTests(Counties counties)
{
    private const string Ended = "The log has ended on ";

    [Fact]
    public async Task Site_OfALogThatHasEnded_OutlivesEverythingElse()
    {
        IReadOnlyList<string> steps = Runbook.Open("shutting-down.md").Tried("On one machine");
        steps.Count.ShouldBe(3);
        using County county = await counties.OpenAsync();

        (await county.RunAsync(steps[0])).ShouldContain("no log goes on.");
        (await county.TryAsync("""disclosurecloud publish --data "$DATA" """)).Code.ShouldBe(1);
        (await county.RunAsync(steps[1])).ShouldContain(Ended);

        // Nothing is left but the copy, and a web server that is none of ours.
        Directory.Delete(county.Data, recursive: true);
        string copy = county.File("elsewhere");
        Directory.Move(county.File("data.site"), copy);
        await using WebApplication server = await StartAsync(copy);
        string output = await county.RunAsync(steps[2], ("SITE_URL", server.Urls.Single()));
        output.ShouldContain(Ended);
        output.ShouldContain("were seen last: none of them was changed or taken away");
        output.ShouldContain("nothing is wrong in what was checked.");

        // The nearest copy that is not whole is told.
        File.Delete(Path.Combine(copy, "log", "frozen"));
        string page = Path.Combine(copy, "index.html");
        await File.AppendAllTextAsync(page, " ", TestContext.Current.CancellationToken);
        (int code, string wrong) = await county.TryAsync(steps[2], ("SITE_URL", server.Urls.Single()));
        code.ShouldBe(1);
        wrong.ShouldContain("index.html");
        wrong.ShouldNotContain(Ended);
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(folder), StaticFileOptions = { ServeUnknownFileTypes = true } });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
