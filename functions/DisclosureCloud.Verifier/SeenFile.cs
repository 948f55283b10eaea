using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>The last checkpoint that was found all right, with the keys of its log: a line a key, an empty line, the signed note.</summary>
/// <remarks>It lies on the checker's own machine and is believed. What it holds was verified before it was written.</remarks>
internal sealed class SeenFile
{
    private const int SizeMax = SignedNote.SizeMax + (32 * 1024);
    private const string Title = "disclosurecloud: the last checkpoint seen of a log, and its keys";

    private SeenFile(IReadOnlyList<string> keys, SignedNote note)
    {
        Keys = keys;
        Note = note;
        Checkpoint = Checkpoint.Parse(note.Text);
    }

    public string Origin => Checkpoint.Origin;

    /// <summary>The verifier keys, as text.</summary>
    public IReadOnlyList<string> Keys { get; }

    public SignedNote Note { get; }

    public Checkpoint Checkpoint { get; }

    /// <summary>Null where there is none yet.</summary>
    /// <exception cref="InvalidDataException">The file is damaged: what was seen before is not known any more.</exception>
    public static SeenFile? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > SizeMax)
            {
                throw new FormatException("it is too long.");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            string text = Encoding.UTF8.GetString(bytes);
            int split = text.IndexOf("\n\n", StringComparison.Ordinal);
            string[] lines = split < 0 ? [] : text[..split].Split('\n');
            return lines is [Title, _, ..]
                ? new SeenFile(lines[1..], SignedNote.Parse(Encoding.UTF8.GetBytes(text[(split + 2)..])))
                : throw new FormatException("its first line is another.");
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{path} is damaged, so that it is not known what was seen before: {fault.Message} Put it aside to begin anew.", fault);
        }
    }

    /// <summary>Replaces the file whole, or leaves it as it was.</summary>
    public static void Write(string path, IEnumerable<string> keys, SignedNote note)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string next = path + ".next";
        using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes($"{Title}\n{string.Join('\n', keys)}\n\n{note}"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Keeps two notes of one log that cannot both be true: each is signed, so that together they prove it.</summary>
    /// <returns>The file, beside the seen one. The same notes are kept once.</returns>
    public static string KeepEvidence(string path, SignedNote before, SignedNote now)
    {
        byte[] both = Encoding.UTF8.GetBytes($"{before}\n{now}");
        string file = $"{path}.evidence-{Convert.ToHexStringLower(SHA256.HashData(both).AsSpan(0, 8))}.txt";
        File.WriteAllBytes(file, both);
        return file;
    }
}
