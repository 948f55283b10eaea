using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>What bodies a call takes.</summary>
/// <param name="LengthMax">In bytes.</param>
/// <param name="TimeMax">How long all of it may take to come. A minimal rate alone would let a megabyte trickle for more than an hour.</param>
/// <param name="WhenTooLarge">What its sender can do.</param>
/// <param name="FaultOf">What is wrong with the type that a request names; null where it is right.</param>
/// <param name="Pool">With which others it shares the room that there is.</param>
internal sealed record BodyForm(int LengthMax, TimeSpan TimeMax, string WhenTooLarge, Func<HttpRequest, Problem?> FaultOf, BodyPool Pool);

/// <summary>Reads a request's body as it was sent, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>The body, or the problem to answer with.</summary>
    /// <param name="share">Its room among all bodies, which its owner gives back when it is done with.</param>
    public static async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(
        HttpRequest request, BodyForm form, BodyAllowance allowance, BodyAllowance.Share share, CancellationToken cancellationToken)
    {
        if (form.FaultOf(request) is { } wrong)
        {
            return (default, wrong);
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return (default, new Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "Compressed bodies are not taken.",
                new Finding("", "compressed-body", "Send the body as it is, without Content-Encoding.")));
        }

        if (request.ContentLength > form.LengthMax)
        {
            return (default, TooLarge(form));
        }

        using CancellationTokenSource deadline = allowance.Deadline(form.TimeMax);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ReadToEndAsync(request.BodyReader, form, share, either.Token);
        }
        catch (BadHttpRequestException broken) when (broken.StatusCode is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout)
        {
            return (default, broken.StatusCode == StatusCodes.Status408RequestTimeout ? TooSlow(request, form) : TooLarge(form));
        }
        catch (BadHttpRequestException broken)
        {
            // A chunk without a length, or a body that breaks off: the sender's mistake, and no fault of ours to report.
            return (default, new Problem(broken.StatusCode, "The body could not be read to its end.", new Finding("", "broken-body", "Send it again, whole.")));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return (default, TooSlow(request, form));
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadToEndAsync(PipeReader reader, BodyForm form, BodyAllowance.Share share, CancellationToken cancellationToken)
    {
        // Taken out of the server's hands as it comes, so that it is there once: a file of many postings has fifty megabytes.
        byte[] body = [];
        int length = 0;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            if (length + read.Buffer.Length > form.LengthMax)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, TooLarge(form));
            }

            int before = length;
            length += (int)read.Buffer.Length;
            if (!share.TryGrow(length))
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, LoadGate.Busy());
            }

            body = WithRoom(body, before, length, form.LengthMax);
            read.Buffer.CopyTo(body.AsSpan(before));
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return (body.AsMemory(0, length), null);
            }
        }
    }

    private static byte[] WithRoom(byte[] body, int length, int wanted, int lengthMax)
    {
        if (wanted <= body.Length)
        {
            return body;
        }

        byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(lengthMax, Math.Max(wanted, 2L * body.Length)));
        body.AsSpan(0, length).CopyTo(larger);
        return larger;
    }

    // What is still on its way is not waited for: the connection ends with the answer.
    private static Problem TooSlow(HttpRequest request, BodyForm form)
    {
        request.HttpContext.Response.Headers.Connection = "close";
        return new Problem(
            StatusCodes.Status408RequestTimeout,
            string.Create(CultureInfo.InvariantCulture, $"The body came too slowly: it has {form.TimeMax.TotalSeconds} seconds."),
            new Finding("", "body-too-slow", "Send it again over a better line, or in smaller parts."));
    }

    private static Problem TooLarge(BodyForm form) => new(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"A body has at most {form.LengthMax} bytes."),
        new Finding("", "body-too-large", form.WhenTooLarge, null, string.Create(CultureInfo.InvariantCulture, $"at most {form.LengthMax} bytes")));
}
