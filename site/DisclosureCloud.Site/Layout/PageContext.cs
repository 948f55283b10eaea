using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What a page is written with: the world, and the language with short ways to its figures and words.</summary>
internal sealed record PageContext(World World, Language Language, Assets Assets)
{
    public Texts Texts => Language.Texts;

    public NotStated NotStated => new(Texts);

    public Sum Sum(long fen) => new(fen, Texts);

    public FigureCell Cell(long? fen) => new(fen, Texts);

    public Day Day(DateOnly? date) => new(date, Texts);

    public Name Name(FreeText? name) => new(name, Language);

    public string Link(string path) => Language.Link(path);

    public Fragment FundLink(FundView fund) => Anchor($"funds/{fund.Id}/", Name(fund.Fact.Name));

    public Fragment ProjectLink(ProjectView project) => Anchor($"projects/{project.Id}/", Name(project.Fact.Name));

    public Fragment RegionLink(Region region) => Anchor($"regions/{region.Id}/", Name(region.Name));

    public Fragment NoticeLink(Notice notice) => Anchor($"notices/{notice.NoticeId.Value}/", Name(notice.Title));

    public Fragment Anchor(string path, IMarkup text) => Fragment.Of(page => page.Write($"""<a href="{Link(path)}">{new Held(text)}</a>"""));
}

/// <summary>Markup whose exact type its holder does not know.</summary>
internal readonly record struct Held(IMarkup Markup) : IMarkup
{
    public void WriteTo(PageWriter page) => Markup.WriteTo(page);
}
