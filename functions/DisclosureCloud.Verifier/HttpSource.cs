using System.Net;

namespace DisclosureCloud.Verifier;

/// <summary>A site on a web server.</summary>
/// <remarks>
/// It stays on the server that it was told of: a redirect to another host is an error, since the reader named that one. What a server may
/// have changed on the way, such as a compressed file, is undone before anything is hashed.
/// </remarks>
public sealed class HttpSource : ISiteSource
{
    private const int RedirectsMax = 5;

    // Servers close connections of those who ask for more at once.
    private const int Connections = 8;

    // A server that says nothing for so long is taken to be gone.
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(100);

    private readonly HttpClient _client;
    private readonly Uri _root;

    /// <param name="address">Of the site's root, http or https; a slash at its end is added where it is missing.</param>
    public HttpSource(Uri address)
        : this(address, NewHandler())
    {
    }

    internal HttpSource(Uri address, HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(address);
        _root = address.AbsolutePath.EndsWith('/') ? address : new Uri(address.GetLeftPart(UriPartial.Path) + "/");
        _client = new HttpClient(handler) { Timeout = AnswerWait };
        Name = _root.ToString();
    }

    public string Name { get; }

    public bool CanList => false;

    public int ParallelMax => Connections;

    public async Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var address = new Uri(_root, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        for (int asked = 0; asked <= RedirectsMax; asked++)
        {
            HttpResponseMessage answer = await AskAsync(address, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return await answer.Content.ReadAsStreamAsync(cancellationToken);
            }

            using (answer)
            {
                if (answer.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }

                address = Redirected(address, answer);
            }
        }

        throw new SourceException($"{address} redirects more than {RedirectsMax} times.");
    }

    public IEnumerable<string> List(string folder) => throw new NotSupportedException("A web server does not say what else lies there.");

    public void Dispose() => _client.Dispose();

    private static Uri Redirected(Uri address, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
        {
            throw new SourceException($"{address} answered {(int)answer.StatusCode}.");
        }

        var next = new Uri(address, location);
        bool stays = string.Equals(next.Host, address.Host, StringComparison.OrdinalIgnoreCase)
            && (next.Scheme == Uri.UriSchemeHttps || next.Scheme == address.Scheme);
        return stays ? next : throw new SourceException($"{address} redirects to {next}, which is not the server that was named.");
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = Connections,
        UseCookies = false,
    };

    private async Task<HttpResponseMessage> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new SourceException($"{address}: {fault.Message}", fault);
        }
        catch (TaskCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException($"{address} did not answer within {AnswerWait.TotalSeconds:N0} s.", fault);
        }
    }
}
