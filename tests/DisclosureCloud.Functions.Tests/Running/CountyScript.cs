using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>Two years of one county, from the plan to the returned surplus, through HTTP alone.</summary>
/// <remarks>
/// The world of the end-to-end test, and of whoever wants to look at a full site. County, people and figures are made up. What it comes
/// to stands in <see cref="County.Books"/>; refusals along the way are asserted with their codes.
/// </remarks>
internal sealed partial class CountyScript
{
    public const string Central = "xian-2020-zx";
    public const string Bond = "xian-2020-zq";
    public const string Aid = "xian-2020-xz";
    public const string Municipal = "xian-2020-sj";
    public const string Revolving = "xian-zhouzhuan";
    public const string Old = "xian-2018-jz";
    public const string NextYear = "xian-2021-zx";
    public const string OfCity = "shi-2020-zx";

    private const string Finance = "county-finance";
    private const string CityFinance = "city-finance";

    /// <summary>The rest of a works project's way, by its number: what it drew on, and under which contract.</summary>
    private readonly SortedDictionary<int, Work> _works = [];
    private readonly CountyMoney _money;
    private readonly CountyMoney _city;
    private readonly CountyRevolving _loans;

    public CountyScript(RunningApp app, ManualClock clock)
    {
        County = new County(app, clock);
        _money = new CountyMoney(County, Finance);
        _city = new CountyMoney(County, CityFinance);
        _loans = new CountyRevolving(County, Finance, Revolving);
    }

    public County County { get; }

    public static IReadOnlyList<string> Funds { get; } = [Central, Bond, Aid, Municipal, Revolving, Old, NextYear, OfCity];

    /// <summary>Every project of the library, and the one that was begun before there was a log.</summary>
    public static IReadOnlyList<string> Projects { get; } = [.. Enumerable.Range(1, 40).Select(ProjectOf), OldProject];

    /// <summary>The deposits that cover the risk of loans by others: what is paid for them is placed, not spent.</summary>
    public static string Deposit => ProjectOf(23);

    /// <summary>The loan that is overdue in the end, with a part of it written off.</summary>
    public string Overdue => _overdue;

    public async Task RunAsync()
    {
        await PlanAsync();
        await FundsAsync();
        await PassDownAsync();
        await RegisterAsync();
        await ShareAsync();
        await CrowdAsync();
        await BuildAsync();
        await ChangeAsync();
        await PayUnitsAndHouseholdsAsync();
        await LendAsync();
        await AmendAsync();
        await FinishAsync();
        await TurnTheYearAsync();
        await SecondYearAsync();
        await EndAsync();
    }

    private const string OldProject = "jiu-01";

    private static string ProjectOf(int number) => string.Create(CultureInfo.InvariantCulture, $"prj-{number:D2}");

    private static string ItemOf(int number) => string.Create(CultureInfo.InvariantCulture, $"item-{number:D2}");

    private static string FundOf(int number) => number switch
    {
        <= 16 => Central,
        <= 23 => Bond,
        <= 28 => Aid,
        <= 34 => Municipal,
        _ => NextYear,
    };

    private static string TypeOf(int number) => number switch
    {
        15 or 40 => "programme",
        16 => "management-fee",
        23 => "risk-deposit",
        _ => "project",
    };

    /// <summary>What a project is given: no two the same, and none a round sum.</summary>
    private static long ShareOf(int number) => (number * 1_000_003L) + FundOf(number) switch
    {
        Central => 75_000_000,
        Bond => 35_000_000,
        Aid => 1_000_000,
        Municipal => 5_000_000,
        _ => 60_000_000,
    };

    private static string OfficeOf(int number) => (number % 3) switch { 0 => "agriculture", 1 => "transport", _ => "water" };

    private static string TownOf(int number) => (number % 4) switch { 0 => "青石乡", 1 => "白云镇", 2 => "金竹镇", _ => "石门乡" };

    private static string TownOffice(int number) => (number % 4) switch { 0 => "qingshi-town", 1 => "baiyun-town", 2 => "jinzhu-town", _ => "shimen-town" };

    private static string VillageOffice(int number) => string.Create(CultureInfo.InvariantCulture, $"village-{number % 8}");

    /// <summary>Where a project counts: four in a township as a whole, those without works in the county, the others in a village.</summary>
    private static (string Code, string? Name) PlaceOf(int number)
    {
        string town = Places.Below(Places.CountyCode, TownOf(number));
        string village = string.Create(CultureInfo.InvariantCulture, $"第{number}村");
        return number switch
        {
            <= 4 => (town, TownOf(number)),
            15 or 16 or 23 or 40 => (Places.CountyCode, null),
            _ => (Places.Below(town, village), village),
        };
    }

    private static JsonArray Targets(int number) => new(new JsonObject
    {
        ["indicator"] = "受益面积", ["measure"] = "亩", ["baseline"] = 0, ["target"] = 100 + number, ["due"] = number >= 35 ? "2021-12-31" : "2020-12-31",
    });

    private sealed record Work(int Number, string Allocation)
    {
        public string Fund => FundOf(Number);

        public string Project => ProjectOf(Number);

        public string Office => OfficeOf(Number);

        public string Contract { get; set; } = "";

        /// <summary>Nine tenths of what the project was given.</summary>
        public long Price => ShareOf(Number) / 10 * 9;

        public int RetentionPercent => Number % 3 == 0 ? 5 : 3;

        public long Advance => Price * 30 / 100;

        public long Progress => Price * 40 / 100;

        public long Retention => Price * RetentionPercent / 100;

        public long Settlement => Price - Advance - Progress - Retention;
    }
}
