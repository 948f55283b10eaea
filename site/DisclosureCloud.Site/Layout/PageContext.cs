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

    public string Say(Both words) => Language.IsChinese ? words.Chinese : words.English;

    public Phrase Phrase(Both words) => Say(words);

    /// <summary>What people call the deployment's zone.</summary>
    public string Zone => World.Snapshot.Settings.Zone.Id is "Asia/Shanghai" ? Say(MoneyWords.BeijingTime) : Phrase(MoneyWords.OtherZone).Plain(World.Snapshot.Settings.Zone.Id);

    public string Link(string path) => Language.Link(path);

    /// <summary>What a picture of shares shows: the largest of them, or how many are as large as it.</summary>
    /// <param name="fen">All shares, the largest first.</param>
    public Fragment Largest(Name first, IReadOnlyList<long> fen)
    {
        int tied = fen.Count(share => share == fen[0]);
        return tied == 1 ? Texts.FindingLargest.With(first, Sum(fen[0])) : Texts.FindingTied.With(new Count(tied), Sum(fen[0]));
    }

    public Fragment FundLink(FundView fund) => Anchor($"funds/{fund.Id}/", Name(fund.Fact.Name));

    public Fragment ProjectLink(ProjectView project) => Anchor($"projects/{project.Id}/", Name(project.Fact.Name));

    public Fragment RegionLink(Region region) => Anchor($"regions/{region.Id}/", Name(region.Name));

    public Fragment PlanLink(PlanView plan) => Anchor($"plans/{plan.Id}/", Name(plan.Fact.Name));

    /// <summary>A place by any code that an entry ever had for it; beside a former one since when it goes on as which.</summary>
    /// <param name="called">What the entry itself calls it, for a place that nothing else names.</param>
    public Fragment PlaceLink(RegionCode code, FreeText? called = null)
    {
        IMarkup name = (World.NameOf(code) ?? called) is { } known ? Name(known) : new Plain(code.Value);
        Fragment link = World.HasPage(code) ? Anchor($"regions/{code.Value}/", name) : Fragment.Of(page => page.Write($"{new Held(name)}"));
        return World.FindFormer(code) is { Now: { } now } former
            ? Fragment.Of(page => page.Write($"""{link}<span class="since">{(former.Since is null
                ? Phrase(MoneyWords.NowPlace).With(RegionLink(now))
                : Phrase(MoneyWords.NowPlaceSince).With(RegionLink(now), Day(former.Since)))}</span>"""))
            : link;
    }

    public Fragment NoticeLink(Notice notice) => Anchor($"notices/{notice.NoticeId.Value}/", Name(notice.Title));

    public Fragment DepartmentLink(string department) => Anchor(DepartmentPage.PathOf(department), DepartmentName(department));

    /// <summary>A department by its name, as a link where it posted something and so has a page.</summary>
    public IMarkup UnitLink(DepartmentId id) => World.Departments.Any(department => department.Id == id.Value) ? DepartmentLink(id.Value) : DepartmentName(id.Value);

    /// <summary>What a department calls itself; its id where it has not said.</summary>
    public IMarkup DepartmentName(string department) =>
        World.DepartmentOf(Id.Parse<DepartmentId>(department)) is { } registered ? Name(registered.Name) : new Plain(department);

    public Fragment Anchor(string path, IMarkup text) => Fragment.Of(page => page.Write($"""<a href="{Link(path)}">{new Held(text)}</a>"""));
}

/// <summary>Markup whose exact type its holder does not know.</summary>
internal readonly record struct Held(IMarkup Markup) : IMarkup
{
    public void WriteTo(PageWriter page) => Markup.WriteTo(page);
}
