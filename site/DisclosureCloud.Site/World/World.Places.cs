using System.Collections.Concurrent;
using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <content>The places: those for which something counts, those that went on as others, and how far the money for them has got.</content>
internal sealed partial class World
{
    private readonly Dictionary<RegionCode, Region> _regions = [];
    private readonly Dictionary<RegionCode, FormerPlace> _formerPlaces = [];
    private readonly RegionTree _tree;

    // Asked for by the pages, when every entry is taken.
    private readonly ConcurrentDictionary<Region, Stages> _stages = [];

    /// <summary>In the order of their codes, so that a place stands before those below it.</summary>
    public ImmutableArray<Region> Regions { get; }

    /// <summary>The places that have none above them here: the provinces.</summary>
    public ImmutableArray<Region> Roots { get; }

    /// <summary>Places for which nothing counts any more, by their codes.</summary>
    public IEnumerable<FormerPlace> FormerPlaces => _formerPlaces.Values.OrderBy(place => place.Code.Value, StringComparer.Ordinal);

    /// <summary>The place in which what was recorded for a code counts now.</summary>
    public Region RegionOf(RegionCode code) => _regions[_tree.Now(code)];

    /// <summary>The place in which what was recorded for a code counts now; null where there is none.</summary>
    public Region? FindRegion(RegionCode? code) => code is { } known ? _regions.GetValueOrDefault(_tree.Now(known)) : null;

    /// <summary>The place under a code for which nothing counts any more; null where something does, or no entry names it.</summary>
    public FormerPlace? FindFormer(RegionCode code) => _formerPlaces.GetValueOrDefault(code);

    /// <summary>The places that went on as this one, by their own codes; those below them are not among them.</summary>
    public IEnumerable<FormerPlace> FormerOf(Region region) => FormerPlaces.Where(place => place.Now == region && place.Change?.Place == place.Code);

    public bool HasPage(RegionCode place) => _regions.ContainsKey(place) || _formerPlaces.ContainsKey(place);

    /// <summary>What a place is called, whether or not anything counts there now; null where no entry says.</summary>
    public FreeText? NameOf(RegionCode code) => _regions.TryGetValue(code, out Region? region) ? region.Name : _formerPlaces.GetValueOrDefault(code)?.Name;

    /// <summary>How far the money for a place, and all places below it, has got. Each fen counts once.</summary>
    public Stages StagesOf(Region place) => _stages.GetOrAdd(place, one => StagesOf([.. one.All]));

    /// <summary>The same of several places together.</summary>
    /// <remarks>
    /// Money passed down whose receipt is posted counts as what the lower fund does with it; without a receipt it counts as passed
    /// down. What was given counts only where the place's books are closed: where its funds pay for its own projects and nothing else.
    /// </remarks>
    public Stages StagesOf(IReadOnlyCollection<Region> places)
    {
        FundView[] funds = [.. places.SelectMany(place => place.Funds)];
        ProjectView[] projects = [.. places.SelectMany(place => place.Projects)];
        Posted<PassDown>[] received = [.. places.SelectMany(place => place.Received)];
        var inside = funds.ToHashSet();
        bool closed = projects.All(project => inside.Contains(project.Fund)) && received.All(sent => inside.Contains(FundOf(sent.Fact.FundId)))
            && funds.Sum(fund => fund.Projects.Count) == projects.Length;
        return new Stages
        {
            Appropriated = closed ? funds.Sum(GivenFromOutside) : 0,
            Interest = closed ? funds.Sum(fund => fund.Stages.Interest) : 0,
            Returned = closed ? funds.Sum(fund => fund.Stages.Returned) : 0,
            Lent = closed ? funds.Sum(fund => fund.Stages.Lent) : 0,
            Repaid = closed ? funds.Sum(fund => fund.Stages.Repaid) : 0,
            PassedDown = received.Sum(AwaitingOf),
            Allocated = projects.Sum(project => project.AllocatedFen),
            Committed = projects.Sum(project => project.Account.Committed.Fen),
            Paid = projects.Sum(project => project.PaidFen ?? 0),
            Moved = projects.Sum(project => project.Account.Moved.Fen),
            Placed = projects.Where(project => project.Fact.Type == ProjectType.RiskDeposit).Sum(project => (project.PaidFen ?? 0) - project.Account.Moved.Fen),
            Reported = projects.Where(project => project.PaidFen is not null).Sum(project => project.AllocatedFen),
            PaymentsStated = projects.Any(project => project.PaidFen is not null),
            Awaiting = received.Sum(AwaitingOf),
        };

        long GivenFromOutside(FundView fund) => fund.Books.Appropriated.Fen - fund.Appropriations.Sum(given =>
            _receipts.Of(given.Entry.Id) is { } receipt && inside.Contains(FundOf(receipt.Sender)) ? receipt.Amount.Fen : 0);
    }

    private void AddRegions()
    {
        _regions.Add(RegionCode.Country, new Region(_tree.Country, parent: null));
        foreach (RegionNode node in _tree.All.Where(node => _tree.Now(node.Code) == node.Code || node.Children.Any()))
        {
            // What a renamed place was renamed to may be renamed again: nothing counts there any more, and it is a former place itself.
            Region? parent = node.Parent is null || node.Parent.Code == RegionCode.Country ? null : _regions[node.Parent.Code];
            var region = new Region(node, parent);
            parent?.Children.Add(region);
            _regions.Add(node.Code, region);
        }
    }

    // Every place that an entry ever named had a page, and so had the places above it. Those pages stay.
    private void TakeFormerPlaces(Snapshot snapshot)
    {
        RegionCode[] gone =
        [
            .. snapshot.Entries.SelectMany(entry => KindSchema.Of(entry.Fact).Fields.Where(field => field.ValueType == typeof(RegionCode)).SelectMany(field => field.Values(entry.Fact)))
                .Cast<RegionCode>().Distinct().SelectMany(WithThoseAbove).Distinct().Where(code => !_regions.ContainsKey(code)),
        ];
        if (gone.Length == 0)
        {
            return;
        }

        PlaceNames names = PlaceNames.Of(History.Live.Concat(snapshot.Entries)); // What counts goes before what was corrected or withdrawn.
        foreach (RegionCode code in gone)
        {
            RegionCode now = _tree.Now(code);
            RegionChange? change = WithThoseAbove(code).Select(Successions.Of).FirstOrDefault(one => one is not null);
            _formerPlaces.Add(code, new FormerPlace(
                code,
                names.Find(code) is { } name ? FreeText.Of(name) : null,
                now == code ? null : _regions.GetValueOrDefault(now),
                change,
                change is null ? null : History.Live.First(entry => ReferenceEquals(entry.Fact, change)).Date));
        }
    }

    private static IEnumerable<RegionCode> WithThoseAbove(RegionCode place)
    {
        for (RegionCode? at = place; at is { } code && code != RegionCode.Country; at = code.Parent)
        {
            yield return code;
        }
    }
}
