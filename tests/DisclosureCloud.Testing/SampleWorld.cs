using System.Collections.Immutable;
using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>The seven notices of the demo as entries, without a store: what the ledger holds after importing them.</summary>
public static class SampleWorld
{
    /// <summary>The day on which the sample world was recorded.</summary>
    public static DateOnly Today { get; } = new(2026, 11, 22);

    public static DateTimeOffset RecordedAt { get; } = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);

    public static DepartmentId Department { get; } = Id.Parse<DepartmentId>("import");

    /// <summary>The names of the notices' files, in ordinal order.</summary>
    public static ImmutableArray<string> NoticeFiles { get; } =
    [
        .. typeof(SampleWorld).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("notices/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every entry that importing the seven notices makes, in order.</summary>
    public static ImmutableArray<Entry> Entries { get; } = [.. NoticeFiles.SelectMany(file => EntriesOf(NoticeBytes(file)))];

    /// <summary>A notice's file as it lies in the repository.</summary>
    public static byte[] NoticeBytes(string file)
    {
        using Stream stream = typeof(SampleWorld).Assembly.GetManifestResourceStream(file)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Reads a notice; throws with the findings where it is not good.</summary>
    public static NoticeDocument Read(byte[] json)
    {
        var findings = new Findings();
        using JsonDocument? document = StrictJson.Parse(json, findings);
        NoticeDocument? notice = document is null ? null : NoticeReader.Read(document.RootElement, Today, findings);
        return notice ?? throw new InvalidOperationException(string.Join("; ", findings.All));
    }

    /// <summary>The entries that a notice makes when <see cref="Department"/> imports it.</summary>
    public static IEnumerable<Entry> EntriesOf(byte[] json)
    {
        NoticeDocument notice = Read(json);
        PostingId posting = PostingId.Of(Department, $"notice:{notice.Id.Value}");
        ImmutableArray<Fact> facts = NoticeFacts.Of(notice, posting, NoticeFacts.ContentOf(notice));
        return facts.Select((fact, index) =>
            new Entry(EntryId.Of(posting, index + 1), notice.Published, RecordedAt, Department, Channel.Import, fact));
    }
}
