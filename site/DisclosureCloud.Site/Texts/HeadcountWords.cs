using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site;

/// <summary>The words around counts of households and persons, in both languages.</summary>
internal static class HeadcountWords
{
    public static Both Title => new("惠及多少户、多少人", "How many households and persons");
    public static Both CountedTwice => new("按次合计：同一户领两次算两次。", "Counted each time: a household that is paid twice counts twice.");
    public static Both NotTold => new(
        "不足10的数不公布，凑够几个、推不出其中任何一个时，才合成一个数，计入含有它们的最低一级地区。",
        "Numbers under ten are not published. They are added to the lowest place that holds several of them, once their sum tells none of them.");

    public static Both Why => new("为什么这样算", "Why it is done so");
    public static Both Caption => new("户次和人次，按年度", "Households and persons, by year");
    public static Both What => new("计什么", "What is counted");
    public static Both Count => new("合计", "Total");
    public static Both MovedUp => new("另有{0}条已计入上级地区。", "{0} more {0:entry is|entries are} in the total of a place above.");
    public static Both LeftOut => new("另有{0}条不足10或已隐去，未计入。", "{0} more {0:entry is|entries are} under ten or withheld, and not counted.");
    public static Both Pooled => new("其中{0}由不足10的数合成。", "{0} of it was put together of numbers under ten.");
    public static Both Tables => new("户数和人数", "Households and persons");

    public static Both Small => new("不足10的户数和人数", "Numbers of households and persons under ten");

    /// <summary>The rule, in the order of a reader's questions.</summary>
    public static IReadOnlyList<Both> Method { get; } =
    [
        new("1至9户（人）的数，邻居一看就知道是谁，所以在任何页面、任何文件、任何语言里都只写“不足10”。零照写。",
            "With 1 to 9 households or persons a neighbour would know who they are: every page, every file and either language says “under 10”. Nought is shown."),
        new("只遮住这个数还不够：用合计减去其余各数，或者用今天的合计减去昨天的，就能算出来。所以这样的数先不计入任何合计。同一年、同一类的凑够4个（借款12个）时，才一起计入同时含有它们的最低一级地区：先是本村，不够就到上一级。合成的数总在10以上。",
            "To hide the number alone is not enough: the total less the others, or today’s total less yesterday’s, would tell it. So such numbers enter no total by themselves. Once four of one year and sort (of loans, twelve) have come together, they enter the total of the lowest place that holds them: the village, or else the place above. What they come to is ten or more."),
        new("只有当其中每一个数仍可能是1至9中的任何一个时，才公布合成的数；否则永不公布，这几个数也永不计入合计。哪几个数合在一起，只看先后、地点和年度，不看大小，所以知道这条办法的人也推不出什么。",
            "Their sum is told only if each of them could still be any number from 1 to 9; else never, and they stay out of the totals. Which of them come together depends on order, place and year, never on how large they are: knowing this rule does not help to work one out."),
        new("合成以后，有一条被更正或撤销的，整组退出合计：只减去一条，就等于说出它是多少。表中“户次”是发放次数，同一户可能算几次。",
            "Where one of them is corrected or withdrawn later, all of them leave the totals: to subtract one would be to tell it. The totals count payments: a household may be in them several times."),
        new("金额从来公开到分，金额除以补助标准就是户数。所以不足10户的到户补助批次，或者未成功、实际到账不足10户的批次，不能单独填报，要与其他批次合并，或由上一级一并填报；银行贷款报告也这样。",
            "Amounts are public to the fen, and an amount divided by the standard is a count. So a batch of subsidies for fewer than ten households, or of which fewer than ten failed or were paid, is not accepted: it is posted together with another one, or by the place above. Reports on bank loans likewise."),
    ];

    public static Both Of(Measure measure) => measure switch
    {
        Measure.TransferHouseholds => new("到户补助，户次", "Subsidies, households"),
        Measure.TransferPersons => new("到户补助，人次", "Subsidies, persons"),
        Measure.LoanHouseholds => new("周转金借款，户次", "Loans of revolving funds, households"),
        Measure.IncomeHouseholds => new("资产收益分配，户次", "Income of assets, households"),
        Measure.NoticeHouseholds => new("公示载明受益，户", "Benefit by the notices, households"),
        Measure.NoticePersons => new("公示载明受益，人", "Benefit by the notices, persons"),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Not counted."),
    };

    public static Both Holds(DataTable table) => table == HeadcountTables.Totals.Words
        ? new("各地区各年度的户次和人次；不能公布的写明去处", "Totals by place and year; what cannot be told says where it went")
        : new("哪些不足10的数合成了一个数", "Which numbers under ten were put together into one");
}
