using System.Globalization;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Witnessing;

/// <summary>A witness of one log: it cosigns the log's checkpoints as long as each tree begins with the one before.</summary>
/// <remarks>
/// It remembers a checkpoint before its cosignature leaves, and decides for one request at a time. Where remembering fails, or the process
/// dies after it, nobody has the cosignature; what the folder holds is then what counts. So it never cosigns two trees of which neither
/// begins with the other.
/// </remarks>
internal sealed class Witness : IDisposable
{
    private readonly SemaphoreSlim _deciding = new(1, 1);
    private readonly WitnessMemory _memory;
    private readonly WitnessedLog _log;
    private readonly Ed25519Cosigner _cosigner;
    private readonly TimeProvider _clock;
    private readonly Action<string> _alarm;
    private volatile SignedNote? _newest;

    /// <param name="cosigner">Stays the caller's to dispose of.</param>
    /// <param name="alarm">Told in a line what was found, once for each contradiction.</param>
    /// <exception cref="InvalidDataException">What the folder holds is not what this witness wrote for this log.</exception>
    public Witness(WitnessMemory memory, WitnessedLog log, Ed25519Cosigner cosigner, TimeProvider clock, Action<string> alarm)
    {
        (_memory, _log, _cosigner, _clock, _alarm) = (memory, log, cosigner, clock, alarm);
        _newest = memory.ReadCheckpoint(log, cosigner.VerifierKey);
    }

    public WitnessedLog Log => _log;

    public VerifierKey VerifierKey => _cosigner.VerifierKey;

    /// <summary>The checkpoint cosigned last, with its cosignature; null where there is none.</summary>
    public SignedNote? Newest => _newest;

    /// <summary>Decides, remembers, and then answers as tlog-witness has it.</summary>
    /// <exception cref="IOException">The checkpoint could not be remembered: nothing was cosigned.</exception>
    public async Task<WitnessReply> AddAsync(AddCheckpointRequest request, CancellationToken cancellationToken)
    {
        await _deciding.WaitAsync(cancellationToken);
        try
        {
            TreeHead known = HeadOf(_newest);
            WitnessDecision decision = WitnessRule.Decide(_log.Origin, _log.Verifiers, known, request);
            if (decision is not (WitnessDecision.UnknownOrigin or WitnessDecision.NotSigned))
            {
                LookForASplit(known, request);
            }

            return decision == WitnessDecision.Cosign ? Cosign(request) : new WitnessReply(decision, known.Size, null);
        }
        finally
        {
            _deciding.Release();
        }
    }

    /// <summary>Keeps evidence that the log contradicts itself, and raises the alarm where it is new.</summary>
    public void Accuse(string kind, string what, SignedNote earlier, SignedNote later)
    {
        (string file, bool isNew) = _memory.KeepEvidence(kind, earlier, later);
        if (isNew)
        {
            _alarm($"{kind}: {what} Both signed notes are in {file}.");
        }
    }

    public void Dispose() => _deciding.Dispose();

    public static TreeHead HeadOf(SignedNote? note) => note is null ? TreeHead.Empty : Checkpoint.Parse(note.Text).Head;

    // Whatever old size came with it: the log signed two trees of one size.
    private void LookForASplit(TreeHead known, AddCheckpointRequest request)
    {
        TreeHead head = request.Checkpoint.Head;
        if (_newest is { } newest && head.Size == known.Size && head.Root != known.Root)
        {
            Accuse("split-view", string.Create(CultureInfo.InvariantCulture, $"{_log.Origin} signed two trees of {head.Size} leaves."), newest, request.Note);
        }
    }

    private WitnessReply Cosign(AddCheckpointRequest request)
    {
        NoteSignature cosignature = _cosigner.Cosign(_clock.GetUtcNow().ToUnixTimeSeconds(), request.Checkpoint);

        // Of the note's other signatures those of the log alone: what strangers added is not ours to keep or to hand on.
        var cosigned = new SignedNote(request.Note.Text, [.. request.Note.Verify(_log.Verifiers), cosignature]);
        _memory.Remember(cosigned);
        _newest = cosigned;
        return new WitnessReply(WitnessDecision.Cosign, request.Checkpoint.Head.Size, cosignature);
    }
}

/// <summary>What a witness answers.</summary>
/// <param name="Size">The size of the checkpoint cosigned last, in leaves.</param>
/// <param name="Cosignature">Its signature where it cosigned; else null.</param>
internal sealed record WitnessReply(WitnessDecision Decision, long Size, NoteSignature? Cosignature);
