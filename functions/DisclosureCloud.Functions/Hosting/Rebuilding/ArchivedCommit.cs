using System.Runtime.InteropServices;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>A commit of the archive as a rebuild keeps it in memory: where it lies and when its turn is, and not its bytes.</summary>
internal sealed class ArchivedCommit(StreamName stream, long version, string path)
{
    public StreamName Stream => stream;

    public long Version => version;

    public string Path => path;

    /// <summary>Of its bytes, once they were read.</summary>
    public Sha256Hex Hash { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public int Entries { get; set; }

    /// <summary>Where its first entry stands in the log; null where it has none, or is newer than the checkpoint.</summary>
    public long? FirstLeaf { get; set; }

    /// <summary>Which step of which posting must be there before it; null where it waits for none.</summary>
    public PostingStep? Needs { get; set; }

    /// <summary>Which step of which posting it is; null where none waits for it.</summary>
    public PostingStep? Gives { get; set; }

    public override string ToString() => Name(stream, version);

    /// <summary>What a commit is called in messages.</summary>
    public static string Name(StreamName stream, long version) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"commit {version} of {stream}");
}

/// <summary>A posting is approved, then takes effect in its target's stream, and then says so in its own.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PostingStep(PostingId Posting, bool IsEffect);
