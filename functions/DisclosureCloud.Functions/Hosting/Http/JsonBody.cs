using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>Reads a request's body as it was sent, up to a limit.</summary>
internal static class JsonBody
{
    /// <summary>1 MiB holds a notice of some four thousand rows.</summary>
    public const int LengthMax = 1 << 20;

    /// <summary>The body, or the problem to answer with.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            || !(type.CharSet?.Trim('"') ?? "utf-8").Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return (default, new Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "The body is application/json in UTF-8; say so in Content-Type.",
                new Finding("", "unsupported-media-type", "Only JSON in UTF-8 is taken.", null, "application/json")));
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return (default, new Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "Compressed bodies are not taken.",
                new Finding("", "compressed-body", "Send the body as it is, without Content-Encoding.")));
        }

        if (request.ContentLength > LengthMax)
        {
            return (default, TooLarge());
        }

        while (true)
        {
            ReadResult read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > LengthMax)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return (default, TooLarge());
            }

            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return (body, null);
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Problem TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A body has at most {LengthMax} bytes."),
        new Finding("", "body-too-large", "Split it, or send it as a file.", null, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {LengthMax} bytes")));
}
