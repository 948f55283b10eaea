using System.Collections.Immutable;

namespace DisclosureCloud.Site;

/// <summary>What the script of the page that checks may have to say, by the names that it knows the sentences by.</summary>
internal static class CheckWords
{
    public static ImmutableArray<(string Name, Both Words)> All { get; } =
    [
        ("mark-good", new("✓ 对：", "✓ Right:")),
        ("mark-bad", new("✗ 错：", "✗ Wrong:")),
        ("mark-open", new("– 没有核对：", "– Not checked:")),
        ("verdict-good", new("✓ 对得上。", "✓ It is right.")),
        ("verdict-bad", new("✗ 有错。", "✗ Something is wrong.")),
        ("verdict-open", new("– 还没有结论。", "– No answer.")),
        ("checking", new("正在核对……", "Checking …")),

        // What was proven.
        ("signed", new("签名存证点（{0}片叶，{1}）由公钥 {2} 签名。", "The checkpoint of {0} leaves of {1} is signed by the keys {2}.")),
        ("included", new("叶 {0} 在这个签名存证点的树里（{1}）。", "Leaf {0} is in that checkpoint’s tree ({1}).")),
        ("openings", new("叶里有 {0} 个承诺，公布了原值的 {1} 个都符合。", "The leaf has {0} commitments; the {1} whose values are published fit.")),
        ("publication", new("叶 {0} 是截至{1}、到第 {2} 条记录的那次发布。", "Leaf {0} is the publication as of {1}, up to entry {2}.")),
        ("newest", new("它是日志的最后一片叶，没有更新的发布。", "It is the last leaf of the log: there is no newer publication.")),
        ("manifest-good", new("data/manifest.json 就是那次发布记下的那一份。", "data/manifest.json is the one that this publication recorded.")),
        ("file-good", new("{0}（{1}字节）和清单里的哈希一样。", "{0} ({1} bytes) has the hash that the manifest has.")),
        ("entry-good", new("记录 {0} 在日志里，叶序号 {1}，签名存证点有 {2} 片叶。", "The entry {0} is in the log, leaf index {1}, in a checkpoint of {2} leaves.")),
        ("page-good", new("{0} 就是日志里记下的那次发布的内容，没有被改过。", "{0} is as the publication in the log has it; it was not changed.")),

        // What was not.
        ("untried", new("这个浏览器不会验 Ed25519，公钥 {0} 的签名没有核对。", "This browser cannot verify Ed25519: the signature of the key {0}.")),
        ("witnessed", new("本站说这个签名存证点有见证人（{0}）联署、达到要求的人数。这只是本站自己说的：见证人的公钥这里没有。", "This site says that enough witnesses cosigned ({0}). That is the site’s own word: their keys are not known here.")),
        ("not-witnessed", new("本站说联署的见证人（{0}）还不够要求的人数。", "This site says that the witnesses that cosigned ({0}) are not yet as many as it asks for.")),
        ("no-witnesses", new("本站没有设见证人：没有别人为这个签名存证点作证。", "The site names no witnesses: nobody else vouches for this checkpoint.")),
        ("perhaps-newer", new("它之后还有 {0} 片叶，里面有没有更新的发布没有查。", "{0} leaves come after it; whether one of them is a newer publication was not looked up.")),
        ("unknown-entry", new("这里找不到记录 {0} 的叶序号。", "has no leaf index for the entry {0}.")),
        ("not-listed", new("不在清单里，没有哈希可比。log/ 下的文件和 status.json 本来就不在清单里。", "is not in the manifest, so there is no hash to compare. Files below log/ and status.json never are.")),
        ("not-understood", new("不是记录编号、叶序号，也不是网址。", "is neither an entry’s id, nor a leaf index, nor an address.")),
        ("elsewhere", new("不是本站的网址。", "is not an address of this site.")),
        ("no-crypto", new("浏览器只在 https 网址下提供核对要用的算法。请用 https 打开本站。", "Browsers give pages cryptography over https alone. Open the site over https.")),
        ("not-fetched", new("没有取到（{0}）。", "could not be fetched ({0}).")),
        ("broke", new("核对没有做完：{0}", "The check did not finish: {0}")),

        // What was found wrong.
        ("missing", new("缺少这个文件。", "is missing.")),
        ("too-long", new("有 {0} 字节，最多应为 {1}。", "has {0} bytes; at most {1} are expected.")),
        ("form", new("格式不对，读不了。", "is not of its form, and cannot be read.")),
        ("key-id", new("公钥编号写的是 {0}，算出来是 {1}。", "names a key {0} whose id is {1}.")),
        ("signature", new("公钥 {0} 的签名不符合内容。", "the signature of the key {0} does not fit the text.")),
        ("unsigned", new("没有本日志公钥的签名。", "has no signature by a key of this log.")),
        ("other-tree", new("写的是另一个签名存证点：{0} 片叶，而 log/checkpoint 是 {1} 片叶。如果正在发布，过一分钟再试。", "tells of another checkpoint: {0} leaves, where log/checkpoint has {1}. If the site is just being published, try again in a minute.")),
        ("not-included", new("叶 {0} 和这些文件算出的根哈希不是签名的那个：其中有一个被改过。", "leaf {0} and these files do not give the root hash that was signed: one of them was changed.")),
        ("beyond", new("叶 {0} 不在这个签名存证点里，它只有 {1} 片叶。", "leaf {0} is not in the checkpoint, which has {1} leaves.")),
        ("other-entry", new("说叶 {0} 是记录 {1}，而叶里写的是 {2}。", "says that leaf {0} is the entry {1}; the leaf says {2}.")),
        ("opening", new("叶 {0} 的一个公布值不符合叶里的承诺。", "a published value does not fit the commitments of leaf {0}.")),
        ("no-publication", new("说叶 {0} 是最新的发布，而那片叶不是。", "says that leaf {0} is the newest publication; that leaf is not.")),
        ("manifest", new("SHA-256 是 {0}，而日志里的发布记的是 {1}。", "has the SHA-256 {0}; the publication in the log says {1}.")),
        ("file", new("SHA-256 是 {0}，而清单里是 {1}。", "has the SHA-256 {0}; the manifest says {1}.")),

        // The leaf.
        ("opened", new("（承诺已核对）", "(fits its commitment)")),
        ("withheld", new("未公开，只有承诺", "not published; the leaf has a commitment alone")),
        ("yuan", new("{0}元（{1}分）", "{0} yuan ({1} fen)")),
    ];
}
