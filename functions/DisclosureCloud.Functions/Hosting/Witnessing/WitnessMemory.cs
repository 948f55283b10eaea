using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Witnessing;

/// <summary>What a witness keeps, in a folder of its own: its key, the log's keys, the checkpoint it cosigned last, and evidence.</summary>
/// <remarks>
/// A witness is worth what it remembers: a folder put back from a copy has forgotten, and could cosign a second tree. So the folder is in no
/// backup; where it is lost, the witness begins anew with another key.
/// </remarks>
internal sealed class WitnessMemory(string folder)
{
    private const int KeysSizeMax = 64 * 1024;

    /// <summary>Evidence is two signed notes that contradict each other; a log that makes many has no more to hide.</summary>
    private const int EvidenceMax = 1000;

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string LockFile => Path.Combine(folder, "witness.lock");

    public string EvidenceFolder => Path.Combine(folder, "evidence");

    private string SeedFile => Path.Combine(folder, "witness.seed");

    private string OwnKeyFile => Path.Combine(folder, "witness.vkey");

    private string LogKeysFile => Path.Combine(folder, "log.vkey");

    private string CheckpointFile => Path.Combine(folder, "checkpoint");

    /// <summary>Opens the witness's key, or makes it. It is known by its name and key for ever.</summary>
    /// <param name="name">By default the one that it has, or else <paramref name="newName"/>.</param>
    /// <exception cref="InvalidDataException">The folder has a key of another name, or the key is open to others.</exception>
    public Ed25519Cosigner OpenKey(string? name, string newName)
    {
        string? known = File.Exists(OwnKeyFile) ? ReadText(OwnKeyFile, KeysSizeMax).TrimEnd('\n') : null;
        using LogSeed seed = known is null ? LogSeed.OpenOrMake(SeedFile) : LogSeed.Read(SeedFile);
        var cosigner = new Ed25519Cosigner(name ?? known?.Split('+')[0] ?? newName, seed.Bytes);
        if (known is null)
        {
            PrivateFile.WriteOnce(OwnKeyFile, $"{cosigner.VerifierKey}\n");
        }
        else if (known != cosigner.VerifierKey.ToString())
        {
            cosigner.Dispose();
            throw new InvalidDataException($"The witness in '{folder}' is {known}; another name or key is another witness, in a folder of its own.");
        }

        return cosigner;
    }

    /// <summary>The log's keys as they were pinned; null where none are yet.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public WitnessedLog? ReadLog() =>
        File.Exists(LogKeysFile) ? WitnessedLog.Of(ReadText(LogKeysFile, KeysSizeMax).TrimEnd('\n').Split('\n'), $"'{LogKeysFile}'") : null;

    public void PinLog(WitnessedLog log) => PrivateFile.Replace(LogKeysFile, Encoding.UTF8.GetBytes(log.Text));

    /// <summary>The checkpoint that was cosigned last, with the log's signatures and the witness's; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is not what this witness wrote for this log.</exception>
    public SignedNote? ReadCheckpoint(WitnessedLog log, VerifierKey own)
    {
        if (!File.Exists(CheckpointFile))
        {
            return null;
        }

        try
        {
            var note = SignedNote.Parse(Encoding.UTF8.GetBytes(ReadText(CheckpointFile, SignedNote.SizeMax)));
            note.Verify([NoteVerifier.Of(own)]);
            string origin = Checkpoint.Parse(note.Text).Origin;
            return origin == log.Origin
                ? note
                : throw new InvalidDataException($"'{CheckpointFile}' is of the log {origin}; a witness of {log.Origin} has a folder of its own.");
        }
        catch (Exception fault) when (fault is FormatException or NotVerifiedException)
        {
            throw new InvalidDataException($"'{CheckpointFile}' is damaged: {fault.Message} A witness that does not know what it cosigned must not go on.", fault);
        }
    }

    /// <summary>Remembers a checkpoint. When it has returned, no crash takes it away: only then may the cosignature be seen.</summary>
    public void Remember(SignedNote note) => PrivateFile.Replace(CheckpointFile, note.ToBytes());

    /// <summary>Keeps two signed notes that contradict each other, to be shown to anyone.</summary>
    /// <returns>The file, and whether it is new.</returns>
    public (string File, bool IsNew) KeepEvidence(string kind, SignedNote earlier, SignedNote later)
    {
        var json = new JsonObject
        {
            ["kind"] = kind,
            ["earlier"] = earlier.ToString(),
            ["later"] = later.ToString(),
        };
        byte[] bytes = Encoding.UTF8.GetBytes(json.ToJsonString(Readable) + "\n");

        // Named by the two texts: signatures of P-256 differ each time, and the same contradiction needs one file.
        string hash = Sha256Hex.Of(Encoding.UTF8.GetBytes($"{earlier.Text}\n{later.Text}")).Value[..16];
        string file = Path.Combine(EvidenceFolder, string.Create(CultureInfo.InvariantCulture, $"{kind}-{Checkpoint.Parse(later.Text).Head.Size}-{hash}.json"));
        bool isNew = !File.Exists(file);
        if (isNew && (!Directory.Exists(EvidenceFolder) || Directory.EnumerateFiles(EvidenceFolder).Take(EvidenceMax).Count() < EvidenceMax))
        {
            PrivateFile.Replace(file, bytes);
        }

        return (file, isNew);
    }

    private static string ReadText(string file, int sizeMax) => new FileInfo(file).Length <= sizeMax
        ? File.ReadAllText(file)
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{file}' is at most {sizeMax} bytes."));
}
