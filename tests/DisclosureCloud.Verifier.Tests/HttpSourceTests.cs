using System.Net;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>A site behind a web server, and what a server may try.</summary>
public sealed class HttpSourceTests
{
    [Fact]
    public async Task Verify_OfAServedSite_IsWellAndSaysWhatItCouldNotSee()
    {
        using SignedSite site = SmallWorld.Site();
        using var server = new StubServer(site);
        VerifyReport report = await server.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.Unproven.ShouldContain(line => line.Contains("files that the manifest does not list were not looked for", StringComparison.Ordinal));
        report.Unproven.ShouldContain(line => line.Contains("tiles of earlier checkpoints were not looked for", StringComparison.Ordinal));
        server.Asked.ShouldContain("/county/log/checkpoint", StringComparer.Ordinal);
        server.Asked.Where(path => path.Contains(".p/40", StringComparison.Ordinal)).ShouldBeEmpty("a client does not fetch what no checkpoint asks for");
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("log/tile/0/000")]
    [InlineData("log/tile/entries/001.p/47")]
    [InlineData("log/vkey")]
    [InlineData("status.json")]
    public async Task Verify_WhereAFileIsNotFound_NamesIt(string path)
    {
        using SignedSite site = SmallWorld.Site();
        using var server = new StubServer(site) { Missing = path };
        (await server.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe(path);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("log/tile/0/000")]
    public async Task Verify_WhereAFileDoesNotEnd_ReadsNoMoreThanItMay(string path)
    {
        using SignedSite site = SmallWorld.Site();
        using var server = new StubServer(site) { Endless = path };
        (await server.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe(path);
        server.Endlessly.Given.ShouldBeLessThan(200_000);
    }

    [Theory]
    [InlineData("https://elsewhere.example/county/index.html")]
    [InlineData("http://site.example/county/index.html")] // Not from https to http either.
    [InlineData("file:///county/index.html")]
    public async Task Verify_WhereAServerSendsElsewhere_Refuses(string to)
    {
        using SignedSite site = SmallWorld.Site();
        using var server = new StubServer(site) { Redirected = "index.html", To = to };
        (await Should.ThrowAsync<SourceException>(server.VerifyAsync)).Message.ShouldBe(
            $"https://site.example/county/index.html redirects to {to}, which is not the server that was named.");
    }

    [Fact]
    public async Task Verify_WhereAServerSendsToItself_Follows()
    {
        using SignedSite site = SmallWorld.Site();
        using var server = new StubServer(site) { Redirected = "status.json", To = "/county/status.json?" };
        (await server.VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Verify_WhereAServerSendsInACircle_Refuses()
    {
        using SignedSite site = SmallWorld.Site();
        using var server = new StubServer(site) { Redirected = "status.json", To = "/county/status.json" };
        (await Should.ThrowAsync<SourceException>(server.VerifyAsync)).Message.ShouldContain("redirects more than");
    }

    [Fact]
    public async Task Verify_WhereAServerFails_SaysWhatItAnswered()
    {
        using SignedSite site = SmallWorld.Site();
        using var server = new StubServer(site) { Failing = "log/tile/0/000" };
        (await Should.ThrowAsync<SourceException>(server.VerifyAsync)).Message.ShouldBe("https://site.example/county/log/tile/0/000 answered 503.");
    }

    private sealed class StubServer(SignedSite site) : HttpMessageHandler
    {
        private const string Root = "/county/";

        private readonly Lock _gate = new();

        public List<string> Asked { get; } = [];

        public string? Missing { get; init; }

        public string? Endless { get; init; }

        public string? Failing { get; init; }

        public string? Redirected { get; init; }

        public string? To { get; init; }

        public EndlessStream Endlessly { get; } = new();

        public Task<VerifyReport> VerifyAsync() => site.VerifyAsync(new HttpSource(new Uri("https://site.example/county"), this), remember: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string asked = request.RequestUri!.PathAndQuery;
            lock (_gate)
            {
                Asked.Add(asked);
            }

            string path = asked[Root.Length..];
            return Task.FromResult(Answer(path));
        }

        private HttpResponseMessage Answer(string path)
        {
            if (path == Redirected)
            {
                return new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri(To!, UriKind.RelativeOrAbsolute) } };
            }

            string plain = path.TrimEnd('?');
            return plain == Failing ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : plain == Missing || !System.IO.File.Exists(site.File(plain)) ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = plain == Endless ? new StreamContent(Endlessly) : new ByteArrayContent(site.Read(plain)) };
        }
    }

    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
