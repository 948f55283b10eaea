using System.Globalization;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks <c>log/before/</c>: the logs that ended before this one, the oldest first, each of which names the next.</summary>
/// <remarks>Whether they are the ones that a reader knew is asked by the reader's keys (<see cref="CheckpointCheck"/>); that this log begins with them, of its tree.</remarks>
internal sealed class BeforeCheck(ISiteSource source, VerifyRequest request, VerifyNotes notes)
{
    /// <summary>A log lasts for years.</summary>
    private const int LogsMax = 32;

    /// <summary>The logs before this one as far as they are right, the oldest first. What is wrong is noted.</summary>
    public async Task<LogsBefore> ReadAsync(Checkpoint now, CancellationToken cancellationToken)
    {
        var logs = new List<EndedLog?>();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 1; i <= LogsMax && await ReadAsync(LogLayout.Before(i), paths, logs, cancellationToken); i++)
        {
        }

        for (int i = 0; i < logs.Count; i++)
        {
            (string Origin, long Size)? next = i + 1 == logs.Count ? (now.Origin, now.Head.Size) : logs[i + 1] is { } after ? (after.End.Origin, after.End.Head.Size) : null;
            if (logs[i] is { } log && next is var (origin, size) && FaultOf(log.End, origin, size) is { } fault)
            {
                notes.Find(log.FrozenPath, fault);
                logs[i] = null;
            }
        }

        return new LogsBefore([.. logs.OfType<EndedLog>()], paths);
    }

    /// <summary>Proves from the tiles, which were found right, that the log begins with each of them.</summary>
    public async Task CheckGrowthAsync(LogsBefore before, Checkpoint now, CancellationToken cancellationToken)
    {
        foreach (EndedLog log in before.Logs)
        {
            try
            {
                await GrowthProof.VerifyAsync(source, log.End.Head, now.Head, cancellationToken);
            }
            catch (NotVerifiedException)
            {
                notes.Find(log.FrozenPath, $"says that '{log.End.Origin}' ended with {log.End.Head.Size} leaves and the root {log.End.Head.Root}; '{now.Origin}' does not begin with them.");
                continue;
            }

            notes.Prove(string.Create(
                CultureInfo.InvariantCulture,
                $"The log begins with the {log.End.Head.Size} leaves of '{log.End.Origin}', which ended on {log.End.FrozenOn:yyyy-MM-dd} ({FrozenLog.NameOf(log.End.Reason)}) and named '{log.End.Successor}' with its keys."));
            if (log.End.Reason == FreezeReason.KeyCompromised)
            {
                notes.LeaveOpen($"The keys of '{log.End.Origin}' may be in other hands. Believe only checkpoints of it that you, or a witness, saw before {log.End.FrozenOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
            }
        }
    }

    private static string? FaultOf(FrozenLog end, string next, long nextSize) =>
        end.Successor != next ? $"names {(end.Successor is { } other ? $"'{other}'" : "no log")} as the one that goes on; after it came '{next}'."
        : end.Head.Size > nextSize ? $"says that the log ended with {end.Head.Size} leaves; '{next}', which goes on from it, has {nextSize}."
        : null;

    /// <returns>False where none of the three files is there: the chain has ended.</returns>
    private async Task<bool> ReadAsync(string folder, HashSet<string> paths, List<EndedLog?> logs, CancellationToken cancellationToken)
    {
        (string Checkpoint, string Frozen, string Keys) at = (folder + "checkpoint", folder + "frozen", folder + "vkey");
        byte[]? checkpoint = await source.ReadAsync(at.Checkpoint, SignedNote.SizeMax, cancellationToken);
        byte[]? frozen = await source.ReadAsync(at.Frozen, SignedNote.SizeMax, cancellationToken);
        if (checkpoint is null && frozen is null && await source.ReadAsync(at.Keys, 0, cancellationToken) is null)
        {
            return false;
        }

        paths.UnionWith([at.Checkpoint, at.Frozen, at.Keys]);
        IReadOnlyList<VerifierKey>? keys = await KeysFile.ReadAsync(source, at.Keys, notes, cancellationToken);
        foreach (string missing in new[] { checkpoint is null ? at.Checkpoint : null, frozen is null ? at.Frozen : null }.OfType<string>())
        {
            notes.Find(missing, "is missing; a log that came before this one has it.");
        }

        logs.Add(keys is null || checkpoint is null || frozen is null ? null : Read(checkpoint, frozen, keys, at));
        return true;
    }

    private EndedLog? Read(byte[] checkpoint, byte[] frozen, IReadOnlyList<VerifierKey> keys, (string Checkpoint, string Frozen, string Keys) at)
    {
        SignedNote note;
        Checkpoint last;
        try
        {
            note = SignedNote.Parse(checkpoint);
            last = Checkpoint.Parse(note.Text);
        }
        catch (FormatException fault)
        {
            notes.Find(at.Checkpoint, fault.Message);
            return null;
        }

        return new SignatureCheck(request, notes).IsSigned(note, at.Checkpoint, last.Origin, keys, at.Keys)
            && new FrozenCheck(source, request, notes).Read(frozen, at.Frozen, last, keys, at.Keys) is var (end, log)
                ? new EndedLog(log, end, keys, at.Frozen, at.Keys)
                : null;
    }
}

/// <summary>A log that ended before this one, found right in itself.</summary>
internal sealed record EndedLog(FrozenLog End, SignedNote Note, IReadOnlyList<VerifierKey> Keys, string FrozenPath, string KeysPath)
{
    public string Origin => End.Origin;
}

/// <summary>The logs before, the oldest first, and all files that tell of them.</summary>
internal sealed record LogsBefore(IReadOnlyList<EndedLog> Logs, IReadOnlySet<string> Paths);
