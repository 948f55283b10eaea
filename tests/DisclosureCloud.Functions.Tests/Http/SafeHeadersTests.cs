using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Site;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>What every answer tells a browser, whatever else it is.</summary>
public sealed class SafeHeadersTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/nothing/", true)]
    [InlineData("/data/manifest.json", true)]
    [InlineData("/api/health", false)]
    [InlineData("/api/postings", false)]
    [InlineData("/api/nothing", false)]
    [InlineData("/api/openapi.json", false)]
    public async Task Answer_OfAnyKind_HasThemAll(string path, bool isSite)
    {
        await Eventually.TrueAsync("there is a site", async () => (await app.Http.GetAsync("/status.json", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        using HttpResponseMessage response = await app.Http.GetAsync(path, TestContext.Current.CancellationToken);
        One("X-Content-Type-Options").ShouldBe("nosniff");
        One("Referrer-Policy").ShouldBe("no-referrer");
        One("X-Frame-Options").ShouldBe("DENY");
        One("Content-Security-Policy").ShouldBe(isSite ? ContentPolicy.Header : "default-src 'none'; frame-ancestors 'none'; sandbox");
        One("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        if (!isSite)
        {
            One("Cache-Control").ShouldBe("no-store");
        }

        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();

        string One(string name) => response.Headers.GetValues(name).Single();
    }

    [Fact]
    public async Task Answer_ThatMayBeKept_SaysSoItself()
    {
        using HttpResponseMessage response = await app.Http.GetAsync("/api/log/consistency?from=0&to=0", TestContext.Current.CancellationToken);
        response.Headers.GetValues("Cache-Control").Single().ShouldNotBeEmpty();
    }
}
