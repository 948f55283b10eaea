using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Suppression;

/// <summary>Puts counts from 1 to 9 together until they can be told as one number: in their own place, else in the next one above.</summary>
/// <remarks>
/// <para>It reads the entries in the order of the log, each once. What it made of the first n entries it makes of them whatever follows: a snapshot
/// keeps every pool of every earlier one without knowing of it, and a ledger that was made again has the same.</para>
/// <para>Which counts come together follows from what everybody sees: that they are small, where, of which year, in which order. Their values decide
/// only whether the sum is told, once. So neither a sum nor its absence narrows a count down, also for a reader who knows this code
/// (decision 0020).</para>
/// </remarks>
internal sealed class Pooling
{
    private readonly Dictionary<FundId, RegionCode> _funds = [];
    private readonly Dictionary<(FundId, ProjectId), RegionCode> _projects = [];
    private readonly Dictionary<EntryId, EntryId> _first = [];
    private readonly Dictionary<EntryId, EntryId> _current = [];
    private readonly Dictionary<(Measure, int), List<Waiting>> _waiting = [];
    private readonly HashSet<(Measure, int)> _ended = [];
    private readonly ImmutableArray<Pool>.Builder _pools = ImmutableArray.CreateBuilder<Pool>();

    /// <param name="recorded">Every entry as it was recorded, in the order of the log.</param>
    public static ImmutableArray<Pool> Of(IEnumerable<Entry> recorded)
    {
        var pooling = new Pooling();
        foreach (Entry entry in recorded)
        {
            pooling.Take(entry);
        }

        return pooling._pools.ToImmutable();
    }

    private void Take(Entry entry)
    {
        switch (entry.Fact)
        {
            case Fund fund:
                _funds.TryAdd(fund.FundId, fund.Region);
                break;
            case Project project:
                _projects.TryAdd((project.FundId, project.ProjectId), project.Place);
                break;
            case Correction one:
                Replace(one.Corrected, History.ReplacementOf(entry.Id));
                break;
            case Withdrawal one:
                Replace(one.Withdrawn, replacement: null);
                break;
            default:
                break;
        }

        RegionCode place = PlaceOf(entry.Fact);
        foreach ((Measure measure, Headcount count) in Measures.Of(entry.Fact))
        {
            Take(new Waiting(entry.Id, place, count.Value ?? 0), (measure, Measures.YearOf(entry)), count, entry.Fact);
        }
    }

    private void Take(Waiting one, (Measure Measure, int Year) of, Headcount count, Fact fact)
    {
        if (count is { Value: null, IsCovered: false })
        {
            // A count was forgotten. Nobody can say any more whether it was small and came together with others: what is put together from
            // here on might overlap with what was before, and the difference tells. What was put together before it stays.
            _ended.Add(of);
        }

        // The persons of a few households are no number of their own: their sum would tell the households'.
        bool isPooled = count.IsSmall && !(of.Measure is Measure.TransferPersons or Measure.NoticePersons && Measures.Of(fact).Any(other => other.Measure != of.Measure && other.Count.IsSmall));
        if (!isPooled || _ended.Contains(of))
        {
            return;
        }

        if (!_waiting.TryGetValue(of, out List<Waiting>? waiting))
        {
            _waiting.Add(of, waiting = []);
        }

        waiting.Add(one);
        PutTogether(of, waiting, one.Place);
    }

    // From the place itself up to the province: the lowest that has enough of them takes all it has.
    private void PutTogether((Measure Measure, int Year) of, List<Waiting> waiting, RegionCode from)
    {
        for (RegionCode? at = from; at is { } place && place != RegionCode.Country; at = place.Parent)
        {
            Waiting[] here = [.. waiting.Where(one => place.Covers(one.Place))];
            if (here.Length >= of.Measure.PoolSize())
            {
                int sum = here.Sum(one => one.Value);
                _pools.Add(new Pool(of.Measure, of.Year, place, [.. here.Select(one => one.Entry)], Pool.TellsNothing(here.Length, sum) ? sum : null));
                waiting.RemoveAll(here.Contains);
                return;
            }
        }
    }

    // What was corrected or withdrawn waits no longer; what stands in its place comes as an entry of its own.
    private void Replace(EntryId amended, EntryId? replacement)
    {
        EntryId first = _first.GetValueOrDefault(amended, amended);
        EntryId current = _current.GetValueOrDefault(first, first);
        foreach (List<Waiting> waiting in _waiting.Values)
        {
            waiting.RemoveAll(one => one.Entry == current);
        }

        if (replacement is { } next)
        {
            _first[next] = first;
            _current[first] = next;
        }
    }

    // By what is known at this entry: what is said later must not change what was put together.
    private RegionCode PlaceOf(Fact fact) => fact switch
    {
        Notice notice => notice.Region,
        IOfProject one when _projects.TryGetValue((one.FundId, one.ProjectId), out RegionCode place) => place,
        IOfFund one when _funds.TryGetValue(one.FundId, out RegionCode region) => region,
        _ => RegionCode.Country,
    };

    private sealed record Waiting(EntryId Entry, RegionCode Place, int Value);
}
