using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>What a publish is about to do, written down before it does it, so that another can finish it.</summary>
/// <param name="Puts">Staged paths in the order in which they become public; the last is the commit point.</param>
/// <param name="Removals">Published paths that go before the last put.</param>
/// <param name="Tags">
/// The tag that each of these paths had when the journal was written; a path without one was not public. Null where there are no tags, as
/// in a folder.
/// </param>
internal sealed record SiteJournal(IReadOnlyList<string> Puts, IReadOnlyList<string> Removals, IReadOnlyDictionary<string, string>? Tags = null)
{
    private const int Format = 1;

    /// <summary>Writes it under another name first: a journal that can be seen is whole.</summary>
    public void Write(string path)
    {
        string draft = Draft(path);
        File.Delete(draft);
        using (FileStream stream = new(draft, PrivateFolder.NewFile()))
        {
            stream.Write(ToBytes());
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <returns>The journal, or null where no publish was cut off while applying.</returns>
    /// <exception cref="InvalidDataException">A newer program wrote it.</exception>
    public static SiteJournal? Read(string path) => File.Exists(path) ? FromBytes(File.ReadAllBytes(path), path) : null;

    /// <summary>There is nothing to do.</summary>
    public bool IsEmpty => Puts.Count + Removals.Count == 0;

    public byte[] ToBytes()
    {
        var journal = new JsonObject
        {
            ["format"] = Format,
            ["puts"] = new JsonArray([.. Puts.Select(put => JsonValue.Create(put))]),
            ["removals"] = new JsonArray([.. Removals.Select(removal => JsonValue.Create(removal))]),
        };
        if (Tags is not null)
        {
            journal["tags"] = new JsonObject(Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value))));
        }

        return CanonicalJson.Write(journal);
    }

    /// <param name="name">What it is called where it lies, for the message.</param>
    /// <exception cref="InvalidDataException">A newer program wrote it.</exception>
    public static SiteJournal FromBytes(byte[] bytes, string name)
    {
        JsonNode journal = JsonNode.Parse(bytes)!;
        return (int?)journal["format"] == Format
            ? new SiteJournal(Paths("puts"), Paths("removals"), Tags())
            : throw new InvalidDataException(
                $"'{name}' is no journal of format {Format}. Finish the publish with the program that began it.");

        string[] Paths(string list) => [.. journal[list]!.AsArray().Select(item => item!.GetValue<string>())];

        Dictionary<string, string>? Tags() =>
            journal["tags"]?.AsObject().ToDictionary(tag => tag.Key, tag => tag.Value!.GetValue<string>(), StringComparer.Ordinal);
    }

    /// <summary>Finds a path that stands twice: a publish that put and removed one could not be repeated.</summary>
    /// <exception cref="ArgumentException">A path is given twice, or is of another form.</exception>
    public static void Check(SiteJournal planned)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in planned.Puts.Concat(planned.Removals))
        {
            SitePath.Check(path);
            if (!seen.Add(path))
            {
                throw new ArgumentException($"'{path}' is to be put or removed more than once.", nameof(planned));
            }
        }
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
