namespace DisclosureCloud.Site;

/// <summary>What pages say of the log and of how to check it.</summary>
internal static class VerifyWords
{
    // On the pages of things.
    public static Both InTheLog => new("存证", "In the log");
    public static Both NewestEntry => new("本页所依据的最新一条记录，叶序号是{0}；最早包含它的{1}共有{2}片叶。", "The newest entry behind this page has leaf index {0}; the first {1} that covers it has {2} {2:leaf|leaves}.");
    public static Both Checkpoint => new("签名存证点", "checkpoint");
    public static Both CheckIt => new("核对这条记录", "Check this entry");
    public static Both OfTheNotice => new("本公示的叶序号：{0}。最早包含它的签名存证点：{1}片叶。", "Leaf index of this notice: {0}. First checkpoint that covers it: {1} {1:leaf|leaves}.");
    public static Both CodeLeads => new("二维码：通往本公示的存证核对", "QR code: leads to the proof of this notice");
    public static Both Scan => new("扫码或输入网址，核对本公示有没有被改过：", "Scan, or type the address, to check that nobody changed this notice:");

    // The page that checks.
    public static Both Title => new("核对", "Check it yourself");
    public static Both Answer => new(
        "这里的每条记录都记进一本只能往后添的存证日志。记录、页面有没有被人改过，您可以自己核对。",
        "Every entry here stands in a log that can only grow. Whether an entry or a page was changed, you can check yourself.");
    public static Both CheckHere => new("在这里核对", "Check here");
    public static Both WhatToCheck => new("记录编号、叶序号，或本站页面的网址", "An entry’s id, a leaf index, or the address of a page here");
    public static Both Check => new("核对", "Check");
    public static Both NeedsScript => new("在这里核对要运行脚本。没有脚本，可用下面的办法。", "Checking here needs script. Without it, use the ways below.");
    public static Both Result => new("结果", "Result");
    public static Both TheLeaf => new("叶里记的是", "What the leaf says");
    public static Both ByYourself => new("用自己的工具核对", "Check with your own tools");
    public static Both ByCommand => new("一条命令核对整个网站：每片叶、每个文件、每个数。它还记住见过的签名存证点，下次核对日志是不是从那里长出来的。", "One command checks the whole site: every leaf, every file, every figure. It also remembers the checkpoint that it saw, and checks next time that the log grew out of it.");
    public static Both ByOthers => new(
        "日志用的是公开的格式：c2sp.org/tlog-tiles、tlog-checkpoint、signed-note 和 RFC 6962。别人写的工具也能读，例如 Go 的 golang.org/x/mod/sumdb/note 和 tlog。",
        "The log has public formats: c2sp.org/tlog-tiles, tlog-checkpoint, signed-note and RFC 6962. Other people’s tools read it too, such as Go’s golang.org/x/mod/sumdb/note and tlog.");
    public static Both FileKeys => new("公钥，每行一把", "the keys, one a line");
    public static Both FileCheckpoint => new("最新的签名存证点：多少片叶，根哈希，签名", "the newest checkpoint: how many leaves, the root hash, the signatures");
    public static Both FileTiles => new("哈希", "the hashes");
    public static Both FileBundles => new("叶的原文，每个文件256片", "the leaves themselves, 256 a file");
    public static Both FileOpenings => new("叶里只有承诺的文字和人数，原值和盐在这里：SHA-256(盐 + 原值) 就是承诺", "texts and head counts, of which a leaf has only commitments, with their salts: SHA-256(salt + value) is the commitment");
    public static Both FileLeaves => new("记录编号对应的叶序号", "which entry has which leaf index");
    public static Both FileManifest => new("每个文件的SHA-256；它自己的哈希记在最新一片“发布”叶里，status.json 写明是哪一片", "the SHA-256 of every file; its own stands in the newest leaf of kind publication, and status.json says which that is");
    public static Both WhatIsProven => new("核对能说明什么", "What this proves");
    public static Both WhatIsNotProven => new("核对不能说明什么", "What this does not prove");

    public static IReadOnlyList<Both> Proven { get; } =
    [
        new("这条记录确实在日志里，位置和内容都和签名的一样：改一个字，根哈希就对不上。", "The entry is in the log, at that place and with those words: had one character changed, the root hash would be another."),
        new("公布的文字和人数就是当初承诺的那些。", "The published texts and counts are the ones that were committed to."),
        new("核对页面时：刚刚取来的文件，和日志里记下的那次发布是同一个。", "Of a page: the file that was fetched just now is the one whose publication the log has."),
    ];

    public static IReadOnlyList<Both> NotProven { get; } =
    [
        new("记录的内容是真的。它只说明谁在什么时候这么报了、以后没改。", "That what an entry says is true. It shows who said so and when, and that it was not changed since."),
        new("公钥是真的：它们也是从本站取来的。请同别处看到的公钥比一比。", "That the keys are the right ones: they came from this same site. Compare them with keys that you had from elsewhere."),
        new("别人看到的是同一本日志。这里没有同任何人比对；要排除这一点，需要独立的见证人，或和别人比对签名存证点。", "That others see the same log. Nobody else’s view was compared; for that there are independent witnesses, or you compare checkpoints with others."),
        new("这段脚本是老实的：它也来自本站。要全不靠本站，请用自己的工具。", "That this script is honest: it comes from this site too. To rely on the site for nothing, use your own tools."),
    ];
}
