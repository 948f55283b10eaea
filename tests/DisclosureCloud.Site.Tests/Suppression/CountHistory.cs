using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Suppression;

/// <summary>A county's loans, incomes, subsidies and notices over two years, many of them for a few households, with corrections and withdrawals.</summary>
internal sealed class CountHistory
{
    private const int SnapshotCount = 20;

    private static readonly RegionCode County = Id.Parse<RegionCode>("410503");
    private static readonly FundId Money = Id.Parse<FundId>("counted-money");
    private static readonly FundId Herd = Id.Parse<FundId>("counted-herd");

    private readonly Random _random;
    private readonly List<Entry> _entries = [];
    private readonly List<(EntryId Id, Fact Fact)> _current = [];
    private readonly List<(ProjectId Project, EntryId Share)> _projects = [];
    private int _postings;

    private CountHistory(int seed)
    {
        _random = new Random(seed);
        Begin();
        var snapshots = ImmutableArray.CreateBuilder<ImmutableArray<Entry>>();
        for (int i = 0; i < SnapshotCount; i++)
        {
            for (int step = _random.Next(1, 7); step > 0; step--)
            {
                Step();
            }

            snapshots.Add([.. _entries]);
        }

        Snapshots = snapshots.ToImmutable();
    }

    /// <summary>The entries of each snapshot: each holds all those of the one before it.</summary>
    public ImmutableArray<ImmutableArray<Entry>> Snapshots { get; }

    public static CountHistory Of(int seed) => new(seed);

    // Villages below townships below the county, each with a project.
    private void Begin()
    {
        Open(Money, FundType.Earmarked);
        Open(Herd, FundType.Revolving);
        for (int village = 0; village < 9; village++)
        {
            RegionCode place = County.Below($"乡{village / 3}").Below($"村{village}");
            var project = Id.Parse<ProjectId>(string.Create(CultureInfo.InvariantCulture, $"counted-p{village + 1:D2}"));
            Add(new Project(Money, project, ProjectType.Project, Text("项目"), place, null, null, null, null, null, null, null, null, null, null, null, [], [], null));
            _projects.Add((project, Add(new Allocation(Money, project, Fen(100_000_000), null, null, null, null, Text("文"), null, null, null))));
        }
    }

    private void Step()
    {
        int what = _random.Next(20);
        if (what < 3 && _current.Count > 0)
        {
            Amend(_random.Next(_current.Count), isWithdrawn: what == 0);
            return;
        }

        (ProjectId project, EntryId share) = _projects[_random.Next(_projects.Count)];
        Fact fact = what switch
        {
            < 9 => new IncomeDistribution(Money, project, Id.Parse<AssetId>("counted-asset"), Fen(1_000), null, null, Count(), null),
            < 15 => new Loan(Herd, Fen(_random.Next(1, 100) * 1_000), null, null, Text("养羊"), 12, null, Count(), null),
            < 18 => new HouseholdTransfer(Money, project, share, Text("批"), Text("办法"), Text("每户五百元"), Fen(50_000), Count(), Count(), null, null, null),
            _ => NoticeOf(_postings),
        };
        _current.Add((Add(fact), fact));
    }

    private void Amend(int at, bool isWithdrawn)
    {
        (EntryId id, Fact fact) = _current[at];
        if (isWithdrawn)
        {
            Add(new Withdrawal(id, Text("重复"), null));
            _current.RemoveAt(at);
            return;
        }

        Fact other = KindSchema.MapCounts(fact, _ => Count());
        Add(new Correction(id, Text("有误"), null), other);
        _current[at] = (id, other);
    }

    private Notice NoticeOf(int number) => new(
        Id.Parse<NoticeId>(string.Create(CultureInfo.InvariantCulture, $"counted-n{number}")), Money, NoticeForm.Gonggao, Text("局"), Text("公告"), new BudgetYear(2020), County,
        [Text("河南省"), Text("安阳市"), Text("北关区")], Fen(1_000), null, null, null, null, null, null, null, [], [], null, Count(), Count(), null,
        _entries[0].Id, _entries[0].Id, Fingerprint.Of("ff00"));

    // Most are small: that is what is to be hidden. Nought and ten stand at the edges.
    private Headcount Count() => Headcount.Of(_random.Next(6) switch
    {
        0 => _random.Next(10, 200),
        1 => _random.Next(2) * 10,
        _ => _random.Next(1, 10),
    });

    private void Open(FundId id, FundType type) => Add(new Fund(
        id, Text("资金"), new BudgetYear(2020), County, [Text("河南省"), Text("安阳市"), Text("北关区")], Text("财政局"), null, type, [], [], null));

    private EntryId Add(params ReadOnlySpan<Fact> facts)
    {
        PostingId posting = PostingId.Of(SampleWorld.Department, string.Create(CultureInfo.InvariantCulture, $"counted-{_postings++}"));
        DateOnly date = new DateOnly(2020, 1, 1).AddDays(_random.Next(700));
        for (int i = 0; i < facts.Length; i++)
        {
            _entries.Add(new Entry(EntryId.Of(posting, i + 1), date, SampleWorld.RecordedAt.AddMinutes(_postings), SampleWorld.Department, Channel.Http, facts[i]));
        }

        return EntryId.Of(posting, 1);
    }

    private static FreeText Text(string text) => FreeText.Of(text);

    private static Money Fen(long fen) => new(fen);
}
