using System.Security.Cryptography;
using System.Text.Json;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks the leaves one by one, and keeps what later checks need of them.</summary>
internal sealed class LeafCheck(ISiteSource source, SiteManifest? listed, long size, VerifyNotes notes)
{
    private readonly HashSet<EntryKey> _others = [];
    private readonly List<LoggedRedaction> _redactions = [];
    private long _commitments;
    private long _open;

    public PublicationCheck Publications { get; } = new(notes);

    /// <summary>The entries of the ledger, in the order of the leaves.</summary>
    public LoggedFacts Facts { get; } = new(size);

    /// <summary>Reads the leaves of a bundle, and what is opened of them. On any thread.</summary>
    public async Task<LogLeaf[]> ReadAsync(EntryBundleCoordinate bundle, IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        var fields = new LeafFields();
        LogLeaf[] leaves = [.. entries.Select((entry, place) => LogLeaf.Read(bundle.FirstLeafIndex + place, entry, fields, Facts.Names))];
        string path = OpeningsCheck.PathOf(bundle.Index);
        if (listed?.Files.GetValueOrDefault(path) is { } file && await source.ReadAsync(path, OpeningsCheck.SizeMax, cancellationToken) is { } openings)
        {
            // What lies there is another file than the manifest vouches for: that is found where its files are.
            bool isListed = Convert.ToHexStringLower(SHA256.HashData(openings)) == file.Sha256;
            if (!isListed || OpeningsCheck.Check(openings, leaves) is not { } fault)
            {
                return leaves;
            }

            notes.Find(path, fault);
        }

        return leaves;
    }

    /// <summary>Takes the leaves of the next bundle.</summary>
    public void Take(LogLeaf[] leaves)
    {
        foreach (LogLeaf leaf in leaves)
        {
            if (leaf.Fault is { } fault)
            {
                notes.Find($"leaf {leaf.Index}", fault);
            }
            else if (!IsFirst(leaf))
            {
                notes.Find($"leaf {leaf.Index}", $"has the id '{leaf.Id}' of an earlier leaf.");
            }
            else
            {
                TakeGood(leaf);
            }
        }
    }

    /// <summary>Says how many commitments are open, and finds those that a redaction closes.</summary>
    /// <param name="treeSize">Of the log when the site was rendered: later redactions are not to be seen on it yet.</param>
    public async Task ConcludeAsync(long treeSize, VerifyNotes report, CancellationToken cancellationToken)
    {
        long withheld = _commitments - _open;
        var check = new RedactionsCheck(source, listed!, size, report);
        foreach (LoggedRedaction redaction in _redactions.Where(one => one.LeafIndex < treeSize))
        {
            if (Facts.Find(redaction.Cites) is { } entry)
            {
                await check.CheckAsync(redaction, Facts[entry].LeafIndex, cancellationToken);
            }
            else
            {
                report.Find($"leaf {redaction.LeafIndex}", "redacts an entry that is in no leaf before it.");
            }
        }

        var redacted = _redactions.Where(one => WithheldOf(one.Cites) > 0).ToArray();
        long byRedaction = redacted.Select(one => one.Cites).Distinct().Sum(WithheldOf);
        string by = redacted.Length == 0 ? "" : $", {byRedaction} of them in entries that {redacted.Length} redactions name ({Ids(redacted)})";
        report.Prove($"Of {_commitments} commitments {_open} are open and true; {withheld} are withheld{by}.");
        LoggedRedaction[] ofFiles = [.. _redactions.Where(one => one.EvidenceFiles > 0)];
        if (ofFiles.Length > 0)
        {
            report.Prove($"Evidence files forgotten, as redactions say: {ofFiles.Sum(one => one.EvidenceFiles)} ({Ids(ofFiles)}).");
        }

        if (withheld > byRedaction)
        {
            report.LeaveOpen($"What the {withheld} withheld values say cannot be known from outside.");
        }
    }

    private bool IsFirst(LogLeaf leaf) => leaf.IsFact
        ? !_others.Contains(leaf.Key) && Facts.TryAdd(FactOf(leaf), leaf.Details)
        : !Facts.Has(leaf.Key) && _others.Add(leaf.Key);

    private static LoggedFact FactOf(LogLeaf leaf) => new(leaf.Index, leaf.Key, leaf.Row, leaf.Movement, (ushort)(leaf.Commitments.Count - leaf.Open));

    private long WithheldOf(EntryKey entry) => Facts.Find(entry) is { } place ? Facts[place].Withheld : 0;

    private static string Ids(LoggedRedaction[] redactions) => $"{string.Join(", ", redactions.Take(3).Select(one => one.Id))}{(redactions.Length > 3 ? ", …" : "")}";

    private static string[] ValuesOf(JsonElement redaction) =>
        redaction.TryGetProperty("values"u8, out JsonElement values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
            : [];

    private void TakeGood(LogLeaf leaf)
    {
        Publications.Take(leaf);
        _commitments += leaf.Commitments.Count;
        _open += leaf.Open;
        if (leaf is { Kind: LogLeaf.RedactionKind, Json: { } json } && json.TextOf("cites"u8) is { } cited)
        {
            _redactions.Add(new LoggedRedaction(leaf.Index, leaf.Id, EntryKey.Of(cited), ValuesOf(json)));
        }
    }
}
