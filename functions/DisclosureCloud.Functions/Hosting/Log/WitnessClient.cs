using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Makes the proof that the tree of the checkpoint to be cosigned begins with an older one.</summary>
/// <param name="oldSize">In leaves: from 0 to the checkpoint's size. It is a witness's word, and asked for by one at a time.</param>
internal delegate Task<ConsistencyProof> ConsistencyProver(long oldSize, CancellationToken cancellationToken);

/// <summary>Asks the configured witnesses to cosign a checkpoint, before it is shown (C2SP tlog-witness).</summary>
/// <remarks>
/// A witness that is away, slow or wrong costs its cosignature and nothing else: publishing goes on. Only addresses of the policy are asked,
/// and no redirect is followed. Of an answer nothing is taken but cosignatures that verify.
/// </remarks>
internal sealed class WitnessClient : IDisposable
{
    /// <summary>For all witnesses together: whoever publishes waits for it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>An answer is a line of some 150 bytes for each key that the witness has.</summary>
    private const int AnswerSizeMax = 16 * 1024;

    private const int HeadersSizeMaxKiB = 16;

    private const string SizeType = "text/x.tlog.size";

    /// <summary>The first may meet a witness that knows another size than we believe; the second a log's other sequencer; no more.</summary>
    private const int AttemptsMax = 3;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = HeadersSizeMaxKiB })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    // What each witness cosigned last, as far as we know: it spares the request that would only tell us.
    private readonly ConcurrentDictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private readonly WitnessPolicy _policy;
    private readonly TimeProvider _clock;
    private readonly ILogger<WitnessClient> _diagnostics;

    public WitnessClient(WitnessPolicy policy, TimeProvider clock, ILogger<WitnessClient> diagnostics) => (_policy, _clock, _diagnostics) = (policy, clock, diagnostics);

    /// <summary>The note with the cosignatures that came in time. Those of other keys that it had stay; <see cref="WitnessPolicy.IsWitnessed"/> says whether they are enough.</summary>
    /// <param name="note">The checkpoint, signed by the log.</param>
    /// <exception cref="FormatException">The note is no checkpoint.</exception>
    /// <remarks>What <paramref name="prove"/> throws passes through: that the log cannot be read is no witness's fault.</remarks>
    public async Task<SignedNote> CosignAsync(SignedNote note, ConsistencyProver prove, CancellationToken cancellationToken)
    {
        long size = Checkpoint.Parse(note.Text).Head.Size;
        using var proofs = new Proofs(prove, size);
        using var limit = new CancellationTokenSource(Limit, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        NoteSignature?[] cosignatures = await Task.WhenAll(
            _policy.Witnesses.Where(witness => witness.Url is not null).Select(witness => AskAsync(witness, note, size, proofs, cancellationToken, linked.Token)));
        return cosignatures.OfType<NoteSignature>().Aggregate(note, (cosigned, signature) => cosigned.With(signature));
    }

    public void Dispose() => _http.Dispose();

    private async Task<NoteSignature?> AskAsync(
        PolicyWitness witness, SignedNote note, long size, Proofs proofs, CancellationToken caller, CancellationToken limited)
    {
        try
        {
            for (int attempt = 0; attempt < AttemptsMax; attempt++)
            {
                long oldSize = Math.Min(_sizes.GetValueOrDefault(witness.Name), size);
                var request = new AddCheckpointRequest(oldSize, await proofs.FromAsync(oldSize, limited), note);
                Answer answer = await PostAsync(witness.Url!, request, limited);
                if (answer.Size is not { } known)
                {
                    NoteSignature cosignature = Read(witness, note, answer.Text);
                    _sizes[witness.Name] = size;
                    _diagnostics.LogDebug("The witness {Witness} cosigned the tree of {Size} leaves.", witness.Name, size);
                    return cosignature;
                }

                // It knows a larger tree, or another of this size: no proof of ours helps, and somebody must look.
                if (known > size || known == oldSize)
                {
                    _diagnostics.LogError("The witness {Witness} refuses the tree of {Size} leaves: it cosigned {Known}. Look whether the log was rolled back or split.", witness.Name, size, known);
                    return null;
                }

                _sizes[witness.Name] = known;
            }

            _diagnostics.LogWarning("The witness {Witness} knows another size each time it is asked.", witness.Name);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            _diagnostics.LogWarning("The witness {Witness} did not answer within {Seconds} seconds.", witness.Name, (long)Limit.TotalSeconds);
        }
        catch (Exception fault) when (fault is HttpRequestException or WitnessAnswerException)
        {
            _diagnostics.LogWarning("The witness {Witness} did not cosign: {Fault}", witness.Name, fault.Message);
        }

        return null;
    }

    private async Task<Answer> PostAsync(Uri url, AddCheckpointRequest request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(request.ToBytes());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        using var post = new HttpRequestMessage(HttpMethod.Post, $"{url.AbsoluteUri.TrimEnd('/')}/add-checkpoint") { Content = content };
        using HttpResponseMessage answer = await _http.SendAsync(post, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict))
        {
            throw new WitnessAnswerException(string.Create(CultureInfo.InvariantCulture, $"it answers {(int)answer.StatusCode}."));
        }

        string text = await ReadAsync(answer.Content, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return new Answer(text, null);
        }

        return answer.Content.Headers.ContentType?.MediaType == SizeType
            && text.EndsWith('\n') && long.TryParse(text.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? new Answer(text, size)
                : throw new WitnessAnswerException("it answers 409 without a size.");
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[AnswerSizeMax + 1];
        try
        {
            await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
            int length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return length <= AnswerSizeMax
                ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
                : throw new WitnessAnswerException(string.Create(CultureInfo.InvariantCulture, $"its answer is more than {AnswerSizeMax} bytes."));
        }
        catch (IOException fault)
        {
            throw new WitnessAnswerException("its answer breaks off.", fault);
        }
    }

    // Signatures of other keys are passed over, as tlog-witness has it; a key is the one of the policy.
    private static NoteSignature Read(PolicyWitness witness, SignedNote note, string lines)
    {
        try
        {
            return witness.FindOn(SignedNote.Parse(Encoding.UTF8.GetBytes($"{note.Text}\n{lines}")))
                ?? throw new WitnessAnswerException("its answer has no cosignature of its key over this checkpoint.");
        }
        catch (FormatException fault)
        {
            throw new WitnessAnswerException($"its answer is no signature lines: {fault.Message}", fault);
        }
    }

    /// <param name="Size">What it cosigned last, where it says that this is another size; null where it cosigned.</param>
    private sealed record Answer(string Text, long? Size);

    /// <summary>What a witness answered is none. Its fault, and told as such.</summary>
    private sealed class WitnessAnswerException(string message, Exception? inner = null) : Exception(message, inner);

    /// <summary>Several witnesses mostly need one proof, and whoever makes it does so for one at a time.</summary>
    private sealed class Proofs(ConsistencyProver prove, long size) : IDisposable
    {
        private static readonly ConsistencyProof Empty = new([]);

        private readonly SemaphoreSlim _proving = new(1, 1);
        private readonly Dictionary<long, ConsistencyProof> _made = [];

        public async Task<ConsistencyProof> FromAsync(long oldSize, CancellationToken cancellationToken)
        {
            if (oldSize == 0 || oldSize == size)
            {
                return Empty;
            }

            await _proving.WaitAsync(cancellationToken);
            try
            {
                if (!_made.TryGetValue(oldSize, out ConsistencyProof? proof))
                {
                    proof = await prove(oldSize, cancellationToken);
                    _made.Add(oldSize, proof);
                }

                return proof;
            }
            finally
            {
                _proving.Release();
            }
        }

        public void Dispose() => _proving.Dispose();
    }
}
