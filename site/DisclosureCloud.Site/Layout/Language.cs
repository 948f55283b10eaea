using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A language of the site: how it is tagged, where its pages lie, and its texts.</summary>
/// <param name="Tag">As BCP 47 has it.</param>
/// <param name="Root">The path that all its pages lie under.</param>
internal sealed record Language(string Tag, string Root, Texts Texts)
{
    public static Language Chinese { get; } = new("zh-Hans", "/", Texts.Chinese);

    public static Language English { get; } = new("en", "/en/", Texts.English);

    public static IReadOnlyList<Language> All { get; } = [Chinese, English];

    public bool IsChinese => ReferenceEquals(this, Chinese);

    public Language Other => IsChinese ? English : Chinese;

    /// <summary>The words in this language of what the ledger says in both.</summary>
    public string Of(string chinese, string english) => IsChinese ? chinese : english;

    /// <summary>What a kind is called, as a heading has it.</summary>
    public string Of(KindSchema kind) => IsChinese ? kind.Chinese : char.ToUpperInvariant(kind.English[0]) + kind.English[1..];

    /// <summary>The address of a page in this language.</summary>
    /// <param name="path">Relative to the root, such as <c>funds/</c>; empty for home.</param>
    public string Link(string path) => Root + path;
}
