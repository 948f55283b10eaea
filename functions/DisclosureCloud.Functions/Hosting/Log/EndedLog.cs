using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>A log that has ended, as its last three files tell: its checkpoint, that it ended with it, and its keys.</summary>
internal sealed record EndedLog(FrozenLog End, byte[] Checkpoint, byte[] Frozen, byte[] Vkey)
{
    public const string CheckpointName = "checkpoint";
    public const string FrozenName = "frozen";
    public const string VkeyName = "vkey";

    /// <summary>Name and bytes of each file.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Files => [(CheckpointName, Checkpoint), (FrozenName, Frozen), (VkeyName, Vkey)];

    /// <summary>Holds the files against the keys that the operator gave.</summary>
    /// <param name="read">Reads one of the files; null where it is missing.</param>
    /// <param name="where">The folder of the site that has them, for messages.</param>
    /// <exception cref="LogRefusedException">A file is missing or none, its keys are not those that were given or did not sign, or the log has not ended.</exception>
    public static async Task<EndedLog> ReadAsync(Func<string, Task<byte[]?>> read, string where, Predecessor keys)
    {
        byte[] checkpoint = await read(CheckpointName) ?? throw Refused($"{where}{CheckpointName} is not there.");
        byte[] frozen = await read(FrozenName) ?? throw Refused($"{where}{FrozenName} is not there: the log has not ended. End it with 'disclosurecloud freeze --successor' first.");
        byte[] vkey = await read(VkeyName) ?? throw Refused($"{where}{VkeyName} is not there.");
        try
        {
            Checkpoint last = Transparency.Checkpoint.Parse(SignedNote.Parse(checkpoint).Text);
            IReadOnlyList<VerifierKey> known = keys.KeysOf(last.Origin);
            RefuseOtherKeys(last.Origin, known, vkey, where);
            INoteVerifier[] verifiers = [.. known.Select(NoteVerifier.Of)];
            SignedNote.Parse(checkpoint).Verify(verifiers);
            var end = SignedNote.Parse(frozen);
            end.Verify(verifiers);
            var log = FrozenLog.Parse(end.Text);
            return log.Origin == last.Origin && log.Head == last.Head
                ? new EndedLog(log, checkpoint, frozen, vkey)
                : throw Refused($"{where}{FrozenName} says that '{log.Origin}' ended with {log.Head.Size} leaves and the root {log.Head.Root}; {where}{CheckpointName} is of '{last.Origin}' with {last.Head.Size} and {last.Head.Root}.");
        }
        catch (Exception fault) when (fault is FormatException or NotVerifiedException)
        {
            throw Refused($"{where} has no log that ended by the keys in {Predecessor.KeysSetting}. {fault.Message}", fault);
        }
    }

    // Equal, and not merely among them: a key that a stranger put there would be published in the log's name for ever.
    private static void RefuseOtherKeys(string origin, IReadOnlyList<VerifierKey> known, byte[] vkey, string where)
    {
        if (known.Count == 0)
        {
            throw Refused($"{where}{CheckpointName} is of the log '{origin}', and {Predecessor.KeysSetting} has no key of it.");
        }

        string text = Encoding.UTF8.GetString(vkey);
        HashSet<string> lines = [.. text.TrimEnd('\n').Split('\n')];
        if (!text.EndsWith('\n') || !lines.SetEquals(known.Select(key => key.ToString())))
        {
            throw Refused($"{where}{VkeyName} has other keys of '{origin}' than {Predecessor.KeysSetting}. If somebody wrote to the site, put back what was there; else give all of its keys.");
        }
    }

    private static LogRefusedException Refused(string what, Exception? cause = null) => new($"The log refuses to start: {what}", cause);
}
