using System.Globalization;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Draws postings to one fund: right ones, wrong ones, and those on the very edge, of every kind that moves money.</summary>
internal sealed class RandomPostings(Random random, FundId fund, IReadOnlyList<EntryId> sent)
{
    private static readonly EntryId Nowhere = EntryId.Of(PostingId.Of(TinyLedger.Finance, "nowhere"), 1);

    private static FreeText Text { get; } = FreeText.Of("文字");

    public Fund Opened() => new(
        fund, Text, new BudgetYear(2018), Id.Parse<RegionCode>("410503"), [Text], Text, null, random.Next(3) == 0 ? null : FundType.Revolving, [], [], null);

    /// <summary>Money, projects and shares to begin with: right ones all.</summary>
    public IEnumerable<Fact> First()
    {
        yield return new Appropriation(fund, SourceLevel.County, SourceNature.Bond, Text, new Money(20_000), null, null, null);
        for (int i = 0; i < 3; i++)
        {
            ProjectId project = Id.Parse<ProjectId>(string.Create(CultureInfo.InvariantCulture, $"project-{i}"));
            yield return new Project(
                fund, project, i == 0 ? ProjectType.RiskDeposit : ProjectType.Project, Text, Id.Parse<RegionCode>("410503"), null, null, null, null, null, null, null, null, null,
                null, Id.Parse<PlanItemId>("item-1"), [new Target(Text, Text, default, Quantity.OfThousandths(1), TinyLedger.Day)], [], null);
            yield return new Allocation(fund, project, new Money(random.Next(1_000, 3_000)), null, null, null, null, null, null, null, null);
        }
    }

    /// <summary>A new fact. It looks at what stands only to come close to the edge.</summary>
    public Fact New(IReadOnlyList<Row> rows, Reckoning now)
    {
        EntryId share = Pick(rows, fact => fact is Allocation or OpeningBalance);
        ProjectId project = random.Next(12) == 0 ? Project() : ProjectOf(rows, share);
        switch (random.Next(28))
        {
            case 0:
                EntryId? receipt = random.Next(4) == 0 ? (random.Next(6) == 0 ? Nowhere : sent[random.Next(sent.Count)]) : null;
                return new Appropriation(fund, SourceLevel.County, SourceNature.Bond, Text, Amount(5_000), null, receipt, null);
            case 1:
                return new Interest(fund, Amount(50), null, null, null);
            case 2:
                EntryId? source = random.Next(2) == 0 ? Pick(rows, fact => fact is Appropriation) : null;
                return new ReturnToSource(fund, Near(source is { } id && rows.Any(row => row.Id == id) ? now.LeftOfAppropriation(id) / 20 : Some(now.Free)), source, Text, null);
            case 3:
                return new PassDown(fund, Near(Some(now.Free)), Id.Parse<RegionCode>("410505"), Text, Text, null, null, null, null, null, null, null, null, null, null, null);
            case 4 or 5:
                return new Project(
                    fund, Project(), random.Next(5) == 0 ? ProjectType.RiskDeposit : ProjectType.Project, Text, Id.Parse<RegionCode>("410503"), null, null, null, null,
                    random.Next(4) == 0 ? Amount(3_000) : null, null, null, null, null, null, Id.Parse<PlanItemId>("item-1"),
                    [new Target(Text, Text, default, Quantity.OfThousandths(1), TinyLedger.Day)], [], null);
            case 6 or 7 or 8:
                EntryId? from = random.Next(3) == 0 ? Pick(rows, fact => fact is Appropriation) : null;
                return new Allocation(fund, Project(), random.Next(3) == 0 ? Near(Some(now.Free)) : Amount(1_000), from, null, null, null, null, null, null, null);
            case 9:
                Int128 net = now.Allocated(one => one == share) - now.Reduced(one => one == share);
                Money old = random.Next(8) == 0 ? Amount(900) : Written(net);
                return new AllocationReduction(fund, project, share, old, new Money(random.NextInt64(old.Fen + (random.Next(6) == 0 ? 2 : 0) + 1)), Text, Text, Tier.County);
            case 10:
                return new ContractCommitment(
                    fund, project, share, Text, Text, null, ProcurementMethod.OpenTender, random.Next(2) == 0 ? Amount(500) : Near(now.Allocated(one => one == share) - now.Committed(one => one == share)),
                    null, new Percent(random.Next(21)), null);
            case 11 or 12 or 13 or 22 or 23:
                EntryId? contract = random.Next(3) == 0 ? Pick(rows, fact => fact is ContractCommitment) : null;
                DisbursementNature? nature = random.Next(3) switch
                {
                    0 => null,
                    1 => DisbursementNature.TransferToUnit,
                    _ => (DisbursementNature)random.Next(7),
                };
                return new Disbursement(
                    fund, project, share, random.Next(12) == 0 ? default : nature == DisbursementNature.RetentionRelease ? Amount(30) : Amount(400), nature, contract, null, null, null, null, null);
            case 14:
                Money batch = Amount(300);
                Money? failed = random.Next(2) == 0 ? null : Near(batch.Fen);
                return new HouseholdTransfer(
                    fund, project, share, Text, Text, Text, batch, Headcount.Of(100), null, failed, null, failed is { } some && random.Next(2) == 0 ? Near(some.Fen) : null);
            case 15 or 16 or 24:
                EntryId transfer = Pick(rows, fact => fact is Disbursement { Nature: DisbursementNature.TransferToUnit } || (fact is Disbursement && random.Next(6) == 0));
                return new Claim(fund, ProjectOf(rows, transfer), transfer, Near(now.LeftOfPayment(transfer)), null, null, Text);
            case 17 or 25:
                EntryId payment = Pick(rows, fact => fact is Disbursement or HouseholdTransfer);
                return new Refund(fund, ProjectOf(rows, payment), payment, Near(now.LeftOfPayment(payment)), Text, null);
            case 18:
                return random.Next(4) == 0
                    ? new Loan(fund, null, Quantity.OfThousandths(random.Next(3_000)), Text, Text, 12, null, Headcount.Of(3), null)
                    : new Loan(fund, random.Next(2) == 0 ? Near(Some(now.Free)) : Amount(800), null, null, Text, 12, null, Headcount.Of(3), null);
            case 19:
                EntryId loan = Pick(rows, fact => fact is Loan);
                Money? principal = random.Next(4) == 0 || !rows.Any(row => row.Id == loan) ? null : Near(now.Outstanding(loan));
                return new Repayment(
                    fund, loan, principal, random.Next(3) == 0 ? Amount(20) : null, random.Next(4) == 0 ? Quantity.OfThousandths(random.Next(1_000)) : null, null);
            case 20:
                EntryId lost = Pick(rows, fact => fact is Loan);
                return random.Next(4) == 0
                    ? new WriteOff(fund, lost, null, Quantity.OfThousandths(random.Next(1_000)), Text, Tier.County, Text)
                    : new WriteOff(fund, lost, rows.Any(row => row.Id == lost) ? Near(now.Outstanding(lost)) : Amount(9), null, Text, Tier.County, Text);
            default:
                return random.Next(3) == 0
                    ? new OpeningBalance(fund, Project(), null, null, null, null, Amount(200), random.Next(2) == 0 ? Amount(200) : default(Money), Text)
                    : new CarryOver(fund, new BudgetYear(2017 + random.Next(5)), new Money(random.Next(3) == 0 ? random.Next(2_000) : 0), new Money(random.Next(2_000)), null, null);
        }
    }

    /// <summary>When a fact happened: in the fund's year or those after, seldom before; what closes a year about its last day.</summary>
    public DateOnly DateOf(Fact fact) => fact is CarryOver { Year: var year }
        ? random.Next(3) switch
        {
            0 => new DateOnly(year.Value, 12, 31).AddDays(random.Next(-1, 2)),
            1 => new DateOnly(year.Value, 1, 1).AddDays(random.Next(365)),
            _ => new DateOnly(year.Value + 1, 1, 15),
        }
        : random.Next(60) == 0 ? new DateOnly(2016, 12, 31) : new DateOnly(2017, 1, 1).AddDays(random.Next(5 * 365));

    /// <summary>Some other form of a fact: mostly another amount.</summary>
    public Fact Changed(Fact fact, IReadOnlyList<Row> rows) => fact switch
    {
        Fund one => one with { Name = FreeText.Of("更名") },
        Appropriation one => one with { Amount = Other(one.Amount) },
        Interest one => one with { Amount = Other(one.Amount) },
        ReturnToSource one => one with { Amount = Other(one.Amount) },
        PassDown one => one with { Amount = Other(one.Amount) },
        Project one => one with { TotalInvestment = random.Next(3) == 0 ? null : Amount(4_000) },
        Allocation { Appropriation: null } one when random.Next(3) == 0 => one with { Appropriation = Pick(rows, other => other is Appropriation) },
        Allocation one => one with { Amount = Other(one.Amount) },
        AllocationReduction one => random.Next(3) == 0 ? one with { OldAmount = Other(one.OldAmount) } : one with { NewAmount = new Money(random.NextInt64(one.OldAmount.Fen + 2)) },
        ContractCommitment one => random.Next(2) == 0 ? one with { Amount = Other(one.Amount) } : one with { RetentionRate = new Percent(random.Next(21)) },
        Disbursement { Commitment: null } one when random.Next(3) == 0 => one with { Commitment = Pick(rows, other => other is ContractCommitment) },
        Disbursement one => random.Next(3) == 0 ? one with { Nature = (DisbursementNature)random.Next(7) } : one with { Amount = Other(one.Amount) },
        HouseholdTransfer one => random.Next(2) == 0 ? one with { Amount = Other(one.Amount) } : one with { Failed = Amount(200), Returned = Amount(100) },
        Claim one => random.Next(3) == 0 ? one with { Transfer = Pick(rows, other => other is Disbursement) } : one with { Amount = Other(one.Amount) },
        Refund one => random.Next(3) == 0 ? one with { Disbursement = Pick(rows, other => other is Disbursement or HouseholdTransfer) } : one with { Amount = Other(one.Amount) },
        Loan { Quantity: not null } one => one with { Quantity = Quantity.OfThousandths(random.Next(3_000)) },
        Loan one => one with { Amount = Other(one.Amount!.Value) },
        Repayment one => one with { Principal = random.Next(4) == 0 ? null : Amount(400), Fee = random.Next(3) == 0 ? null : Amount(40) },
        WriteOff { Amount: { } amount } one => one with { Amount = Other(amount) },
        WriteOff one => one with { Quantity = Quantity.OfThousandths(random.Next(1_000)) },
        CarryOver one => random.Next(2) == 0 ? one with { Year = new BudgetYear(2017 + random.Next(5)) } : one with { Surplus = Other(one.Surplus) },
        OpeningBalance { ProjectId: null } one => one with { Appropriated = Other(one.Appropriated!.Value) },
        OpeningBalance one => random.Next(2) == 0 ? one with { Allocated = Other(one.Allocated!.Value) } : one with { Disbursed = Amount(100) },
        _ => fact,
    };

    public EntryId Pick(IReadOnlyList<Row> rows, Func<Fact, bool> which)
    {
        EntryId[] some = [.. rows.Where(row => which(row.Fact)).Select(row => row.Id)];
        return some.Length == 0 || random.Next(25) == 0 ? (random.Next(2) == 0 && rows.Count > 0 ? rows[random.Next(rows.Count)].Id : Nowhere) : some[random.Next(some.Length)];
    }

    private ProjectId Project() => Id.Parse<ProjectId>(string.Create(CultureInfo.InvariantCulture, $"project-{random.Next(6)}"));

    private ProjectId ProjectOf(IReadOnlyList<Row> rows, EntryId id) => rows.Where(row => row.Id == id).Select(row => row.Fact).SingleOrDefault() switch
    {
        IOfProject one => one.ProjectId,
        OpeningBalance { ProjectId: { } project } => project,
        _ => Project(),
    };

    private Money Other(Money amount) => random.Next(3) switch
    {
        0 => Amount(2_000),
        1 => Near(amount.Fen),
        _ => new Money(Math.Max(1, amount.Fen / 2)),
    };

    // The edge itself, a fen beyond it, or something within.
    private Money Near(Int128 edge) => random.Next(4) switch
    {
        0 => Written(edge),
        1 => Written(edge + 1),
        _ => edge > 1 ? new Money(random.NextInt64(1, (long)Int128.Min(edge, Money.FenMax))) : Amount(100),
    };

    // Seldom all of it, or nothing would be left to go on with.
    private Int128 Some(Int128 all) => random.Next(6) == 0 ? all : all / 8;

    private static Money Written(Int128 fen) => new((long)Int128.Clamp(fen, 1, Money.FenMax));

    private Money Amount(int most) => new(random.Next(40) == 0 ? Money.FenMax - random.Next(3) : random.Next(1, most));
}
