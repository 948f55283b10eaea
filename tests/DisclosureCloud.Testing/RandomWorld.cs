using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>A world that the rules accept and nobody would think up: odd places, shared projects, receipts, hostile names. Same seed, same world.</summary>
public sealed class RandomWorld
{
    private static readonly string[] Names =
    [
        "道路硬化", "<script>alert(1)</script>", "\"quoted\" & 'single'", "=1+1", "＝cmd", "𠮷野家村", "a", "مرحبا", "甲、乙、丙", "-", "100%", "{0}", "]]>", "\\",
    ];

    private static readonly string[] Regions =
        ["410503", "410500", "410000", "110101", "429004", "000000", "410700-0a1b2c3d", "000000-0a1b2c3d-4e5f6071", "710000"];

    private readonly Random _random;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<FundId, FundBooks> _books = [];
    private readonly List<EntryId> _passDowns = [];
    private int _postings;

    private RandomWorld(int seed) => _random = new Random(seed);

    /// <summary>About <paramref name="steps"/> facts were tried; those that the rules refused are not there.</summary>
    public static ImmutableArray<Entry> Entries(int seed, int steps)
    {
        var world = new RandomWorld(seed);
        world.OpenFund();
        for (int i = 0; i < steps; i++)
        {
            world.Step();
        }

        return [.. world._entries];
    }

    private void Step()
    {
        FundId fund = Pick([.. _books.Keys]);
        FundBooks books = _books[fund];
        switch (_random.Next(9))
        {
            case 0:
                OpenFund();
                break;
            case 1 or 2:
                EntryId? receipt = _passDowns.Count > 0 && _random.Next(3) == 0 ? Pick(_passDowns) : null;
                Try(fund, new Appropriation(fund, PickCode<SourceLevel>(), PickCode<SourceNature>(), Text(), Amount(), MaybeText(), receipt, Notice: null));
                break;
            case 3:
                AddProject(fund, books);
                break;
            case 4 when books.Projects.Count > 0:
                Try(fund, new Allocation(fund, Pick([.. books.Projects.Keys]), Amount(), null, null, null, null, MaybeText(), MaybeText(), Row: null, Notice: null));
                break;
            case 5:
                RegionCode place = Pick(Regions.Select(Id.Parse<RegionCode>).ToArray());
                if (Try(fund, new PassDown(fund, Amount(), place, Text(), Text(), MaybeText(), MaybeText(), null, null, null, null, null, null, MaybeText(), null, null)) is { } sent)
                {
                    _passDowns.Add(sent);
                }

                break;
            case 6 when books.Allocations.Count > 0:
                EntryId allocation = Pick([.. books.Allocations.Keys]);
                Try(fund, new Disbursement(fund, books.Allocations[allocation].Project, allocation, _random.Next(5) == 0 ? default : Amount(), null, null, null, null, null, MaybeText(), null));
                break;
            case 7 when books.Projects.Count > 0:
                Add(new Progress(fund, Pick([.. books.Projects.Keys]), PickCode<ProgressStage>(), new Percent(_random.Next(101)), Text(), null, [], null));
                break;
            case 8 when books.Projects.Count > 0:
                Add(new Acceptance(fund, Pick([.. books.Projects.Keys]), PickCode<AcceptanceResult>(), Text(), null, MaybeText()));
                break;
            default:
                break;
        }
    }

    private void OpenFund()
    {
        FundId fund = Id.Parse<FundId>(string.Create(CultureInfo.InvariantCulture, $"fund-{_books.Count}"));
        ImmutableArray<FreeText> names = [.. Enumerable.Range(0, 1 + _random.Next(4)).Select(_ => Text())];
        Try(fund, new Fund(
            fund, Text(), new BudgetYear(2014 + _random.Next(10)), Id.Parse<RegionCode>(Pick(Regions)), names, Text(), MaybeText(), null, [], [], Notice: null));
    }

    // Few ids, so that funds share projects.
    private void AddProject(FundId fund, FundBooks books)
    {
        ProjectId project = Id.Parse<ProjectId>(string.Create(CultureInfo.InvariantCulture, $"project-{_random.Next(6)}"));
        RegionCode place = _random.Next(2) == 0 ? books.Region : books.Region.Below(Pick(Names));
        Try(fund, new Project(
            fund, project, PickCode<ProjectType>(), Text(), place, MaybeText(), MaybeText(), MaybeText(), null, null, null, null, null, null, null,
            Id.Parse<PlanItemId>("plan-item"),
            [new Target(Text(), Text(), default, Quantity.OfThousandths(_random.Next(5_000)), SampleWorld.Today)], [], Notice: null));
    }

    private EntryId? Try(FundId fund, Fact fact)
    {
        EntryId id = NextId();
        Decision decision = FundRules.Decide(_books.GetValueOrDefault(fund), fact, About(fact, id));
        if (decision.Books is null)
        {
            return null;
        }

        _books[fund] = decision.Books;
        Add(fact, id);
        return id;
    }

    // What the rules want to see of other streams: a plan item that its tiers have approved, and the pass-down that a receipt names.
    private About About(Fact fact, EntryId id) => new(
        id,
        Cited: fact is Appropriation { PassDown: { } sent } ? _entries.Single(entry => entry.Id == sent).Fact : null,
        Plan: Plans.InAnnualPlan);

    private EntryId NextId() => EntryId.Of(PostingId.Of(SampleWorld.Department, (_postings++).ToString(CultureInfo.InvariantCulture)), 1);

    private void Add(Fact fact) => Add(fact, NextId());

    private void Add(Fact fact, EntryId id)
    {
        DateOnly? date = _random.Next(4) == 0 ? null : SampleWorld.Today.AddDays(-_random.Next(4_000));
        _entries.Add(new Entry(id, date, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact));
    }

    private Money Amount() => new(1 + _random.NextInt64(_random.Next(2) == 0 ? 1_000 : 10_000_000_000));

    private FreeText Text() => _random.Next(20) == 0 ? FreeText.Withheld : FreeText.Of(Pick(Names));

    private FreeText? MaybeText() => _random.Next(2) == 0 ? null : Text();

    private TCode PickCode<TCode>()
        where TCode : struct, Enum => Pick(Enum.GetValues<TCode>());

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
