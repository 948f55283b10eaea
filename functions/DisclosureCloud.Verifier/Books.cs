namespace DisclosureCloud.Verifier;

/// <summary>The sums of every fund and project, reckoned anew from the leaves.</summary>
/// <remarks>
/// Written from the ledger's rules (design section 4) and not from its code: the same mistake would have to be made twice. It does not
/// ask whether a movement was allowed, only what all of them come to.
/// </remarks>
internal sealed class Books
{
    private readonly Dictionary<string, Account> _funds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Fund, string Project), Account> _projects = [];
    private Account? _whole;
    private ILookup<string, KeyValuePair<(string Fund, string Project), Account>>? _byProject;

    private Books()
    {
    }

    public IReadOnlyDictionary<string, Account> Funds => _funds;

    public IReadOnlyDictionary<(string Fund, string Project), Account> Projects => _projects;

    /// <summary>What a project has of each fund that registered it.</summary>
    public IEnumerable<(string Fund, Account Account)> ProjectsOf(string project) => _byProject![project].Select(one => (one.Key.Fund, one.Value));

    /// <summary>All funds together, each fen once: money passed down counts with the fund that got it, once that says so.</summary>
    public Account Whole => _whole!;

    /// <param name="movements">In the order of the leaves.</param>
    /// <exception cref="OverflowException">The amounts come to more than any ledger holds.</exception>
    /// <exception cref="FormatException">An entry amends one that is not there.</exception>
    public static Books Of(IReadOnlyCollection<Movement> movements)
    {
        var books = new Books();
        Dictionary<UInt128, Movement> live = Live(movements);
        HashSet<string> funds = [.. live.Values.Where(one => one.Kind == "fund").Select(one => one.Fund)];
        foreach (Movement one in live.Values.Where(one => funds.Contains(one.Fund)))
        {
            books.Apply(one, live);
        }

        foreach (((string fund, _), Account project) in books._projects)
        {
            project.Placed = project.IsDeposit ? project.Paid - project.Moved : 0;
            project.Reported = project.Payments > 0 ? project.Allocated : 0;
            books._funds[fund].Add(project);
        }

        books._byProject = books._projects.ToLookup(one => one.Key.Project, StringComparer.Ordinal);
        books._whole = books.Together(live);
        return books;
    }

    /// <summary>What counts: corrections put in place, and what was withdrawn left out. Each stands under its own id for ever.</summary>
    private static Dictionary<UInt128, Movement> Live(IReadOnlyCollection<Movement> movements)
    {
        var all = movements.ToDictionary(one => one.Entry);
        var roots = new Dictionary<UInt128, UInt128>();
        var live = new Dictionary<UInt128, Movement>();
        HashSet<UInt128> replacements = [.. movements.Where(one => one.Kind == "correction").Select(ReplacementOf)];
        foreach (Movement one in movements.Where(one => one.Kind is not ("correction" or "withdrawal") && !replacements.Contains(one.Entry)))
        {
            live.Add(one.Entry, one);
        }

        foreach (Movement one in movements.Where(one => one.Kind is "correction" or "withdrawal"))
        {
            UInt128 root = roots.GetValueOrDefault(one.Cites, one.Cites);
            if (one.Kind == "withdrawal")
            {
                live.Remove(root); // What moves no money was never there.
            }
            else if (all.TryGetValue(ReplacementOf(one), out Movement? now) && live.TryGetValue(root, out Movement? first))
            {
                roots[now.Entry] = root;
                live[root] = now.InPlaceOf(first);
            }
        }

        return live;
    }

    // A correction's posting has its replacement as the next entry.
    private static UInt128 ReplacementOf(Movement correction)
    {
        int dash = correction.Details.Id.LastIndexOf('-');
        return dash > 0 && int.TryParse(correction.Details.Id.AsSpan(dash + 1), System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? EntryKey.Of($"{correction.Details.Id[..dash]}-{JsonFields.Text(number + 1L)}")
            : throw new FormatException($"The id '{correction.Details.Id}' of a correction ends in no number.");
    }

    private void Apply(Movement one, Dictionary<UInt128, Movement> live)
    {
        Account fund = Of(one.Fund);
        switch (one.Kind)
        {
            case "appropriation":
                fund.Appropriated = checked(fund.Appropriated + one.Fen);
                break;
            case "interest":
                fund.Interest = checked(fund.Interest + one.Fen);
                break;
            case "return-to-source":
                fund.Returned = checked(fund.Returned + one.Fen);
                break;
            case "pass-down":
                fund.PassedDown = checked(fund.PassedDown + one.Fen);
                break;
            case "loan":
                fund.Lent = checked(fund.Lent + one.Fen);
                break;
            case "repayment":
                fund.Repaid = checked(fund.Repaid + one.Fen);
                break;
            case "opening-balance" when one.Project is null:
                fund.Add(new Account
                {
                    Appropriated = one.Details.Before!.Appropriated, Interest = one.Details.Before.Interest, Returned = one.Details.Before.Returned, PassedDown = one.Details.Before.PassedDown,
                });
                break;
            default:
                if (one.Project is { } project)
                {
                    ApplyToProject(Of(one.Fund, project), one, live);
                }

                break;
        }
    }

    private static void ApplyToProject(Account project, Movement one, Dictionary<UInt128, Movement> live)
    {
        checked
        {
            switch (one.Kind)
            {
                case "project":
                    project.IsDeposit = one.IsDeposit;
                    break;
                case "opening-balance":
                    project.Allocated += one.Details.Before!.Allocated;
                    project.Paid += one.Details.Before.Disbursed ?? 0;
                    project.Payments += one.Details.Before.Disbursed is null ? 0 : 1;
                    break;
                case "allocation":
                    project.Allocated += one.Fen;
                    break;
                case "allocation-reduction":
                    project.Allocated -= one.Fen;
                    break;
                case "commitment":
                    project.Committed += one.Fen;
                    break;
                case "disbursement":
                    project.Paid += one.Fen;
                    project.Moved += one.IsTransferToUnit ? one.Fen : 0;
                    project.Payments++;
                    break;
                case "household-transfer":
                    project.Paid += one.Fen - one.Details.BackFen;
                    project.Payments++;
                    break;
                case "refund":
                    project.Paid -= one.Fen;
                    project.Moved -= live.TryGetValue(one.Cites, out Movement? paid) && paid.IsTransferToUnit ? one.Fen : 0;
                    break;
                case "claim":
                    project.Moved -= one.Fen;
                    break;
                default:
                    break; // A write-off moves no money.
            }
        }
    }

    private Account Together(Dictionary<UInt128, Movement> live)
    {
        var whole = new Account();
        foreach (Account fund in _funds.Values)
        {
            whole.Add(fund);
        }

        // An appropriation is the receipt of the pass-down that it names, the one recorded first going first, as far as that goes.
        var sent = live.Values.Where(one => one.Kind == "pass-down" && _funds.ContainsKey(one.Fund)).ToDictionary(one => one.Entry, one => one.Fen);
        long before = sent.Values.Sum();
        foreach (Movement receipt in live.Values.Where(one => one.Kind == "appropriation" && one.Details.PassDown is not null)
            .OrderBy(one => one.Details.RecordedAt, StringComparer.Ordinal).ThenBy(one => one.Details.Id, StringComparer.Ordinal))
        {
            if (sent.TryGetValue(receipt.Details.PassDown!.Value, out long left) && live[receipt.Details.PassDown.Value].Fund != receipt.Fund)
            {
                sent[receipt.Details.PassDown.Value] = left - Math.Min(left, receipt.Fen);
            }
        }

        long awaited = sent.Values.Sum();
        whole.Appropriated -= before - awaited;
        whole.PassedDown = awaited;
        return whole;
    }

    private Account Of(string fund) => _funds.TryGetValue(fund, out Account? known) ? known : _funds[fund] = new Account();

    private Account Of(string fund, string project) =>
        _projects.TryGetValue((fund, project), out Account? known) ? known : _projects[(fund, project)] = new Account();
}
