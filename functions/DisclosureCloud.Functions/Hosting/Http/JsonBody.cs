using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>Reads a request's body as it was sent, up to a limit.</summary>
internal static class JsonBody
{
    /// <summary>1 MiB holds a notice of some four thousand rows.</summary>
    public const int LengthMax = 1 << 20;

    /// <summary>The body, or the problem to answer with.</summary>
    /// <param name="share">Its room among all bodies, which its owner gives back when it is done with.</param>
    public static async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(
        HttpRequest request, BodyAllowance allowance, BodyAllowance.Share share, CancellationToken cancellationToken)
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

        using CancellationTokenSource deadline = allowance.Deadline();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ReadToEndAsync(request.BodyReader, share, either.Token);
        }
        catch (BadHttpRequestException broken) when (broken.StatusCode is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout)
        {
            return (default, broken.StatusCode == StatusCodes.Status408RequestTimeout ? TooSlow(request) : TooLarge());
        }
        catch (BadHttpRequestException broken)
        {
            // A chunk without a length, or a body that breaks off: the sender's mistake, and no fault of ours to report.
            return (default, new Problem(broken.StatusCode, "The body could not be read to its end.", new Finding("", "broken-body", "Send it again, whole.")));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return (default, TooSlow(request));
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadToEndAsync(PipeReader reader, BodyAllowance.Share share, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > LengthMax)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, TooLarge());
            }

            if (!share.TryGrow(read.Buffer.Length))
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, LoadGate.Busy());
            }

            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return (body, null);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // What is still on its way is not waited for: the connection ends with the answer.
    private static Problem TooSlow(HttpRequest request)
    {
        request.HttpContext.Response.Headers.Connection = "close";
        return new Problem(
            StatusCodes.Status408RequestTimeout,
            string.Create(CultureInfo.InvariantCulture, $"The body came too slowly: it has {BodyAllowance.TimeMax.TotalSeconds} seconds."),
            new Finding("", "body-too-slow", "Send it again over a better line, or in smaller parts."));
    }

    private static Problem TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"A body has at most {LengthMax} bytes."),
        new Finding("", "body-too-large", "Split it, or send it as a file.", null, string.Create(CultureInfo.InvariantCulture, $"at most {LengthMax} bytes")));
}
