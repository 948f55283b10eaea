using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>What a publish is about to do, written down before it does it, so that another can finish it.</summary>
/// <param name="Puts">Staged paths in the order in which they become public; the last is the commit point.</param>
/// <param name="Removals">Published paths that go before the last put.</param>
internal sealed record SiteJournal(IReadOnlyList<string> Puts, IReadOnlyList<string> Removals)
{
    private const int Format = 1;

    /// <summary>Writes it under another name first: a journal that can be seen is whole.</summary>
    public void Write(string path)
    {
        string draft = Draft(path);
        File.Delete(draft);
        byte[] bytes = CanonicalJson.Write(new JsonObject
        {
            ["format"] = Format,
            ["puts"] = new JsonArray([.. Puts.Select(put => JsonValue.Create(put))]),
            ["removals"] = new JsonArray([.. Removals.Select(removal => JsonValue.Create(removal))]),
        });
        using (FileStream stream = new(draft, PrivateFolder.NewFile()))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <returns>The journal, or null where no publish was cut off while applying.</returns>
    /// <exception cref="InvalidDataException">A newer program wrote it.</exception>
    public static SiteJournal? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        JsonNode journal = JsonNode.Parse(File.ReadAllBytes(path))!;
        return (int?)journal["format"] == Format
            ? new SiteJournal(Paths("puts"), Paths("removals"))
            : throw new InvalidDataException(
                $"'{path}' is no journal of format {Format}. Finish the publish with the program that began it.");

        string[] Paths(string name) => [.. journal[name]!.AsArray().Select(item => item!.GetValue<string>())];
    }

    /// <remarks>
    /// Flushed, because a journal that came back after a power cut would be rolled forward over what the next publish has staged by then.
    /// </remarks>
    public static void Remove(string path)
    {
        File.Delete(Draft(path));
        File.Delete(path);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    private static string Draft(string path) => path + ".new";
}
