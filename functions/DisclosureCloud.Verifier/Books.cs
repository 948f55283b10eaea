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

    /// <exception cref="OverflowException">The amounts come to more than any ledger holds.</exception>
    public static Books Of(LiveMovements live)
    {
        var books = new Books();
        HashSet<string> funds = new(live.All().Where(one => one.Kind == "fund").Select(one => one.Fund), StringComparer.Ordinal);
        foreach (Movement one in live.All().Where(one => funds.Contains(one.Fund)))
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

    private void Apply(Movement one, LiveMovements live)
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

    private static void ApplyToProject(Account project, Movement one, LiveMovements live)
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
                    project.Moved -= live.Find(one.Cites) is { IsTransferToUnit: true } ? one.Fen : 0;
                    break;
                case "claim":
                    project.Moved -= one.Fen;
                    break;
                default:
                    break; // A write-off moves no money.
            }
        }
    }

    private Account Together(LiveMovements live)
    {
        var whole = new Account();
        foreach (Account fund in _funds.Values)
        {
            whole.Add(fund);
        }

        // An appropriation is the receipt of the pass-down that it names, the one recorded first going first, as far as that goes.
        var sent = live.All().Where(one => one.Kind == "pass-down" && _funds.ContainsKey(one.Fund)).ToDictionary(one => one.Entry, one => one.Fen);
        long before = sent.Values.Sum();
        foreach (Movement receipt in live.All().Where(one => one.Kind == "appropriation" && one.Details.PassDown is not null)
            .OrderBy(one => one.Details.RecordedAt, StringComparer.Ordinal).ThenBy(one => one.Details.Id, StringComparer.Ordinal))
        {
            if (sent.TryGetValue(receipt.Details.PassDown!.Value, out long left) && live.Find(receipt.Details.PassDown.Value)!.Value.Fund != receipt.Fund)
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
