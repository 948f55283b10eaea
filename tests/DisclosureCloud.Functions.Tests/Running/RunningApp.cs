using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Contract;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The app as it is served, on a free port of the loopback, with a data folder of its own. Nothing of it is replaced.</summary>
public class RunningApp : IAsyncLifetime
{
    private static ServedDocument? document;

    private readonly TemporaryFolder _folder = new();
    private readonly CapturedDiagnostics _diagnostics = new();
    private Stores? _stores;
    private LocalIssuer? _issuer;
    private WebApplication? _app;
    private HttpClient? _http;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The issuer of its tokens; null where it is its own.</summary>
    public string? Authority { get; init; }

    internal Approval Approval { get; init; } = Approval.Always;

    internal LoadLimits Load { get; init; } = new();

    /// <summary>The department that handles complaints; null where none does.</summary>
    public string? ComplaintsDepartment { get; init; }

    internal LedgerPlace Ledger { get; private protected set; } = new LedgerPlace.Sqlite();

    internal StoragePlace Storage { get; init; } = new StoragePlace.Folder();

    internal AppRole Role { get; init; } = AppRole.All;

    internal Listening Listening { get; init; } = new Listening.Own(Port: 0);

    /// <summary>A folder that keeps its data when it is gone, for somebody to look at; null where nobody wants to.</summary>
    public string? KeepIn { get; init; }

    /// <summary>What the app wrote about itself, joined.</summary>
    public string Diagnostics => _diagnostics.Text;

    internal Stores Stores => _stores!;

    internal LocalIssuer Issuer => _issuer!;

    internal Deployment Deployment { get; private set; } = null!;

    internal PostingDesk Postings => _app!.Services.GetRequiredService<PostingDesk>();

    internal Publisher Publisher => _app!.Services.GetRequiredService<Publisher>();

    internal MessageIntake Intake => _app!.Services.GetRequiredService<MessageIntake>();

    internal Forgetting Forgetting => _app!.Services.GetRequiredService<Forgetting>();

    internal ComplaintDesk Complaints => _app!.Services.GetRequiredService<ComplaintDesk>();

    internal ComplaintSweep ComplaintSweep => _app!.Services.GetRequiredService<ComplaintSweep>();

    internal LoadGate Gate => _app!.Services.GetRequiredService<LoadGate>();

    internal InFlight InFlight => _app!.Services.GetRequiredService<InFlight>();

    public HttpClient Http => _http!;

    public virtual async ValueTask InitializeAsync()
    {
        Deployment = DeploymentOf(KeepIn ?? _folder.Path) with { Authority = Authority, Approval = Approval, Ledger = Ledger, Load = Load, Storage = Storage, Role = Role, ComplaintsDepartment = ComplaintsDepartment is { } department ? Id.Parse<DepartmentId>(department) : null };
        _stores = await Stores.OpenAsync(Deployment, Clock, TestContext.Current.CancellationToken);
        _issuer = LocalIssuer.Open(Deployment);
        _app = WebHost.Build(Deployment, _stores, _issuer, Listening, Clock);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(_diagnostics);
        await _app.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public virtual async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_stores is not null)
        {
            await _stores.DisposeAsync();
        }

        _issuer?.Dispose();
        _diagnostics.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static Deployment DeploymentOf(string data) => new(
        data, TimeZoneInfo.FindSystemTimeZoneById(Deployment.DefaultZone), SiteSettings.Trial, Authority: null, "disclosurecloud");

    internal string Token(string department, string person, params string[] roles) =>
        Token(department, person, region: null, roles);

    /// <summary>A token that is good for a region; for the whole deployment where that is null.</summary>
    internal string Token(string department, string person, RegionCode? region, string[] roles) =>
        Issuer.Issue(Id.Parse<DepartmentId>(department), Id.Parse<PersonId>(person), roles, region, Clock);

    /// <summary>Every answer that the document lists and that was given here, such as <c>GET /api/health 200</c>.</summary>
    internal ConcurrentDictionary<string, bool> Given { get; } = new(StringComparer.Ordinal);

    /// <summary>The interface as it describes itself. It is the same for every app of this build, so that it is read once.</summary>
    internal async Task<ServedDocument> DocumentAsync() =>
        document ??= new ServedDocument(JsonElement.Parse(await Http.GetStringAsync("/api/openapi.json", TestContext.Current.CancellationToken)));

    /// <summary>Reads it now, from an app that has room: for tests whose own has none.</summary>
    internal static async Task ReadDocumentAsync()
    {
        if (document is null)
        {
            await using var app = new RunningApp();
            await app.InitializeAsync();
            await app.DocumentAsync();
        }
    }

    /// <summary>Sends a request. Whatever a test is about: the answer is one that the interface describes.</summary>
    internal async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Answer answer = await ReadAsync(response);
        await ShouldBeDescribedAsync(request.Method, request.RequestUri!.AbsolutePath, answer);
        return answer;
    }

    internal async Task ShouldBeDescribedAsync(HttpMethod method, string path, Answer answer)
    {
        if ((await DocumentAsync()).ShouldDescribe(method, path, answer) is { } listed)
        {
            Given[listed] = true;
        }
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Headers.Location?.OriginalString,
        response.Headers.WwwAuthenticate.ToString(),
        response.Headers.RetryAfter?.ToString());

    internal async Task<Answer> GetAsync(string path, string? token = null)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, path, token);
        return await SendAsync(request);
    }

    internal async Task<Answer> PostAsync(string path, string body, string? key, string? token)
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, path, token);
        request.Content = Json(Encoding.UTF8.GetBytes(body));
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await SendAsync(request);
    }

    /// <summary>Sends an evidence file.</summary>
    internal async Task<Answer> SendFileAsync(byte[] file, string? type, string? key, string? token)
    {
        using HttpRequestMessage request = FileRequest(file, type, key, token);
        return await SendAsync(request);
    }

    /// <summary>Sends a file of many postings.</summary>
    internal async Task<Answer> SendBulkAsync(byte[] file, string? type, string? key, string? token, string query = "")
    {
        using HttpRequestMessage request = FileRequest(file, type, key, token, $"/api/bulk{query}");
        return await SendAsync(request);
    }

    /// <summary>Waits until a file of many postings is done; the answer is what came of it.</summary>
    internal async Task<Answer> BulkDoneAsync(Answer taken, string token)
    {
        taken.ShouldBe(202);
        while (true)
        {
            Answer answer = (await GetAsync(taken.Location!, token)).ShouldBe(200);
            if (answer.State != "waiting")
            {
                return answer;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    internal static HttpRequestMessage FileRequest(byte[] file, string? type, string? key, string? token, string path = "/api/evidence-files")
    {
        HttpRequestMessage request = Request(HttpMethod.Post, path, token);
        request.Content = new ByteArrayContent(file);
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return request;
    }

    internal static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    internal static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Every mapped call of the interface, such as <c>GET /api/health</c>, in ordinal order.</summary>
    internal string[] MappedRoutes() =>
    [
        .. _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Sends bytes as they stand and reads the answer to its end.</summary>
    internal async Task<string> RawAsync(string request)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Http.BaseAddress!.Port, cancel);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancel);
    }

    /// <summary>How many commits and values there are. Publications are not counted: the app publishes when it likes.</summary>
    internal async Task<(int Commits, int Values)> CountAsync()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        int commits = 0;
        await foreach (CommitAt read in Stores.Ledger.ReadAllAsync(Cursor.Start, cancel))
        {
            commits += read.Commit.Stream.Type == StreamType.Site ? 0 : 1;
        }

        int values = 0;
        await foreach (Opening _ in Stores.Values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, cancel))
        {
            values++;
        }

        return (commits, values);
    }

    private sealed class CapturedDiagnostics : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => new Writer(categoryName, _lines);

        public void Dispose()
        {
        }

        private sealed class Writer(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
