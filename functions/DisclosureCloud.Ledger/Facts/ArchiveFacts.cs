namespace DisclosureCloud.Ledger;

/// <summary>A fact that the program records about itself: it stands in the log, and on no page and in no table of the site.</summary>
public interface IOfProgram
{
}

/// <summary>That a segment of the archive is whole: which leaves it holds, and the hash by which its file is known.</summary>
[Kind(KindName, "归档封存", "archive seal", Posted = false)]
public sealed record ArchiveSeal(
    [Field("归档段序号,自零起", "The segment's number, from 0")] long Segment,
    [Field("首个叶序号", "The leaf index of its first leaf")] long FirstLeaf,
    [Field("叶数", "How many leaves it holds")] int Leaves,
    [Field("文件哈希", "SHA-256 of the segment's file")] Sha256Hex Sha256) : Fact, IOfProgram
{
    public const string KindName = "archive-seal";
}
