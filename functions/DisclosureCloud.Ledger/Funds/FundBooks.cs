using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The books of one fund: its running totals, carried by every commit of its stream.</summary>
/// <param name="Appropriated">Given to the fund.</param>
/// <param name="PassedDown">Given on to lower governments.</param>
/// <param name="Allocated">Shared out to projects and programmes.</param>
/// <param name="Disbursed">Paid against allocations.</param>
/// <param name="Projects">The projects that it registers.</param>
/// <param name="Allocations">Every allocation and what was paid of it.</param>
/// <param name="Notice">The commitment to the content of the notice that made it, by which the same notice is known again.</param>
public sealed record FundBooks(
    FundId Fund,
    BudgetYear Year,
    RegionCode Region,
    Money Appropriated,
    Money PassedDown,
    Money Allocated,
    Money Disbursed,
    ImmutableSortedDictionary<ProjectId, ProjectAccount> Projects,
    ImmutableSortedDictionary<EntryId, AllocationAccount> Allocations,
    NoticeMark? Notice)
{
    /// <summary>Every commit carries a line for each, so that their number is bounded: some 200 bytes each.</summary>
    public const int AllocationsMax = 5_000;

    /// <summary>What can still be shared out: appropriated less passed down less allocated. Never below zero.</summary>
    public Money Free => Appropriated - PassedDown - Allocated;

    public static FundBooks Open(Fund fund)
    {
        ArgumentNullException.ThrowIfNull(fund);
        return new FundBooks(
            fund.FundId, fund.BudgetYear, fund.Region, default, default, default, default,
            ImmutableSortedDictionary.Create<ProjectId, ProjectAccount>(new IdOrder<ProjectId>()),
            ImmutableSortedDictionary.Create<EntryId, AllocationAccount>(new IdOrder<EntryId>()),
            Notice: null);
    }

    /// <summary>The books after a fact that the rules have accepted.</summary>
    /// <exception cref="InvalidOperationException">The fact is no fact of a fund's stream.</exception>
    public FundBooks With(Fact fact, EntryId id) => fact switch
    {
        Appropriation one => this with { Appropriated = Appropriated + one.Amount },
        PassDown one => this with { PassedDown = PassedDown + one.Amount },
        Project one => this with { Projects = Projects.Add(one.ProjectId, new ProjectAccount(one.Type, default, default, one.TotalInvestment)) },
        Allocation one => this with
        {
            Allocated = Allocated + one.Amount,
            Projects = Projects.SetItem(one.ProjectId, Projects[one.ProjectId].Allocate(one.Amount)),
            Allocations = Allocations.Add(id, new AllocationAccount(one.ProjectId, one.Amount, default)),
        },
        Disbursement one => this with
        {
            Disbursed = Disbursed + one.Amount,
            Projects = Projects.SetItem(one.ProjectId, Projects[one.ProjectId].Disburse(one.Amount)),
            Allocations = Allocations.SetItem(one.Allocation, Allocations[one.Allocation].Disburse(one.Amount)),
        },
        Ledger.Notice => this,
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of an open fund's stream."),
    };

    /// <summary>The books of each fund, folded from entries; for readers that have the entries and not the commits.</summary>
    public static IReadOnlyDictionary<FundId, FundBooks> Fold(IEnumerable<Entry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var all = new Dictionary<FundId, FundBooks>();
        foreach (Entry entry in entries)
        {
            switch (entry.Fact)
            {
                case Fund fund:
                    all.Add(fund.FundId, Open(fund));
                    break;
                case Progress or Acceptance or Publication:
                    break;
                case Fact fact:
                    FundId id = FundIdOf(fact);
                    all[id] = all[id].With(fact, entry.Id);
                    break;
            }
        }

        return all;
    }

    /// <summary>The fund that a fact of money, a project or a notice names.</summary>
    public static FundId FundIdOf(Fact fact) => fact switch
    {
        Fund one => one.FundId,
        Appropriation one => one.FundId,
        PassDown one => one.FundId,
        Project one => one.FundId,
        Allocation one => one.FundId,
        Disbursement one => one.FundId,
        Progress one => one.FundId,
        Acceptance one => one.FundId,
        Ledger.Notice one => one.FundId,
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} names no fund."),
    };

    public JsonObject ToJson()
    {
        var projects = new JsonObject();
        foreach ((ProjectId id, ProjectAccount account) in Projects)
        {
            projects[id.Value] = account.ToJson();
        }

        var allocations = new JsonObject();
        foreach ((EntryId id, AllocationAccount account) in Allocations)
        {
            allocations[id.Value] = account.ToJson();
        }

        var json = new JsonObject
        {
            ["fund"] = Fund.Value,
            ["year"] = Year.Value,
            ["region"] = Region.Value,
            ["currency"] = Appropriated.Currency.Code,
            ["appropriatedFen"] = Appropriated.Fen,
            ["passedDownFen"] = PassedDown.Fen,
            ["allocatedFen"] = Allocated.Fen,
            ["disbursedFen"] = Disbursed.Fen,
            ["projects"] = projects,
            ["allocations"] = allocations,
        };
        if (Notice is { } notice)
        {
            json["notice"] = notice.Id.Value;
            json["noticeContent"] = notice.Content.Hex;
            json["noticePosting"] = notice.Posting.Value;
        }

        return json;
    }

    public static FundBooks FromJson(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var currency = new Currency(json["currency"]!.GetValue<string>());
        return new FundBooks(
            Id.Parse<FundId>(json["fund"]!.GetValue<string>()),
            new BudgetYear(json["year"]!.GetValue<int>()),
            Id.Parse<RegionCode>(json["region"]!.GetValue<string>()),
            Amount("appropriatedFen"),
            Amount("passedDownFen"),
            Amount("allocatedFen"),
            Amount("disbursedFen"),
            json["projects"]!.AsObject().ToImmutableSortedDictionary(
                pair => Id.Parse<ProjectId>(pair.Key), pair => ProjectAccount.FromJson(pair.Value!, currency), new IdOrder<ProjectId>()),
            json["allocations"]!.AsObject().ToImmutableSortedDictionary(
                pair => Id.Parse<EntryId>(pair.Key), pair => AllocationAccount.FromJson(pair.Value!, currency), new IdOrder<EntryId>()),
            json["notice"] is { } notice
                ? new NoticeMark(
                    Id.Parse<NoticeId>(notice.GetValue<string>()),
                    Commitment.Parse(json["noticeContent"]!.GetValue<string>()),
                    Id.Parse<PostingId>(json["noticePosting"]!.GetValue<string>()))
                : null);

        Money Amount(string name) => new(json[name]!.GetValue<long>(), currency);
    }
}

/// <summary>What one project has of its fund.</summary>
/// <param name="TotalInvestment">Its whole cost, where that is stated: no fund gives more.</param>
/// <param name="Disbursements">How many payments are recorded; with none, what was paid is not stated.</param>
public sealed record ProjectAccount(ProjectType Type, Money Allocated, Money Disbursed, Money? TotalInvestment, int Disbursements = 0)
{
    public Money Left => Allocated - Disbursed;

    public ProjectAccount Allocate(Money amount) => this with { Allocated = Allocated + amount };

    public ProjectAccount Disburse(Money amount) => this with { Disbursed = Disbursed + amount, Disbursements = Disbursements + 1 };

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["type"] = Code.Text(Type),
            ["allocatedFen"] = Allocated.Fen,
            ["disbursedFen"] = Disbursed.Fen,
            ["disbursements"] = Disbursements,
        };
        if (TotalInvestment is { } whole)
        {
            json["totalInvestmentFen"] = whole.Fen;
        }

        return json;
    }

    public static ProjectAccount FromJson(JsonNode json, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new ProjectAccount(
            Code.Parse<ProjectType>(json["type"]!.GetValue<string>()),
            new Money(json["allocatedFen"]!.GetValue<long>(), currency),
            new Money(json["disbursedFen"]!.GetValue<long>(), currency),
            json["totalInvestmentFen"] is { } whole ? new Money(whole.GetValue<long>(), currency) : null,
            json["disbursements"]!.GetValue<int>());
    }
}

/// <summary>One allocation and what was paid of it.</summary>
public sealed record AllocationAccount(ProjectId Project, Money Amount, Money Disbursed)
{
    public Money Left => Amount - Disbursed;

    public AllocationAccount Disburse(Money amount) => this with { Disbursed = Disbursed + amount };

    public JsonObject ToJson() => new()
    {
        ["project"] = Project.Value,
        ["amountFen"] = Amount.Fen,
        ["disbursedFen"] = Disbursed.Fen,
    };

    public static AllocationAccount FromJson(JsonNode json, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new AllocationAccount(
            Id.Parse<ProjectId>(json["project"]!.GetValue<string>()),
            new Money(json["amountFen"]!.GetValue<long>(), currency),
            new Money(json["disbursedFen"]!.GetValue<long>(), currency));
    }
}

/// <summary>The notice that made a fund, as its books remember it.</summary>
public sealed record NoticeMark(NoticeId Id, Commitment Content, PostingId Posting);
