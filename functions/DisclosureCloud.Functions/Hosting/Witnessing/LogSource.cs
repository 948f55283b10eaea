using System.Globalization;
using System.Net;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Hosting.Witnessing;

/// <summary>Where the published files of a log are read: at its address, or in a folder.</summary>
internal abstract class LogSource : IDisposable
{
    private LogSource()
    {
    }

    /// <param name="place">An address over https, one of this machine, or a folder.</param>
    /// <returns>Null where it is none of these.</returns>
    public static LogSource? Of(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out Uri? address) && address.Scheme != Uri.UriSchemeFile
            ? (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address.Query.Length + address.Fragment.Length + address.UserInfo.Length == 0
                ? new At(address)
                : null
            : Directory.Exists(place) ? new In(place) : null;

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">Below the site, such as <c>log/checkpoint</c>.</param>
    /// <param name="sizeMax">The most bytes that are read.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read now, or it is larger.</exception>
    public abstract Task<byte[]> ReadAsync(string path, int sizeMax, CancellationToken cancellationToken);

    public virtual void Dispose()
    {
    }

    private static async Task<byte[]> ReadAsync(Stream stream, string what, int sizeMax, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[sizeMax + 1];
        int length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= sizeMax
            ? bytes[..length]
            : throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{what} is more than {sizeMax} bytes."));
    }

    private sealed class In(string folder) : LogSource
    {
        public override async Task<byte[]> ReadAsync(string path, int sizeMax, CancellationToken cancellationToken)
        {
            string file = Path.Combine(folder, path);
            try
            {
                await using FileStream stream = File.OpenRead(file);
                return await ReadAsync(stream, $"'{file}'", sizeMax, cancellationToken);
            }
            catch (DirectoryNotFoundException fault)
            {
                throw new FileNotFoundException(fault.Message, file, fault);
            }
        }
    }

    private sealed class At : LogSource
    {
        /// <summary>For one file: the largest is half a megabyte.</summary>
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

        private readonly HttpClient _http;

        // The configured address and nothing else: no redirect leads elsewhere.
        public At(Uri address) => _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };

        public override async Task<byte[]> ReadAsync(string path, int sizeMax, CancellationToken cancellationToken)
        {
            string what = $"{_http.BaseAddress}{path}";
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limited.CancelAfter(Limit);
            try
            {
                using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, limited.Token);
                if (answer.StatusCode == HttpStatusCode.NotFound)
                {
                    throw new FileNotFoundException($"{what} is not there (404).");
                }

                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{what} answers {(int)answer.StatusCode}; wanted 200, and redirects are not followed."));
                }

                await using Stream stream = await answer.Content.ReadAsStreamAsync(limited.Token);
                return await ReadAsync(stream, what, sizeMax, limited.Token);
            }
            catch (HttpRequestException fault)
            {
                throw new IOException($"{what} cannot be read: {fault.Message}", fault);
            }
            catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
            {
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{what} was not read within {Limit.TotalSeconds:0} seconds."), fault);
            }
        }

        public override void Dispose()
        {
            _http.Dispose();
            base.Dispose();
        }
    }
}
