using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>Finds what rosters of households are made of: names beside sex, age, kinship or bank data, their headings, and addresses of homes.</summary>
/// <remarks>
/// A name alone is none of this: notices name builders and places, and a surname begins many a word. What is masked (张某) is no name. The
/// expressions run in time that grows with the text alone (<see cref="RegexOptions.NonBacktracking"/>), so that no text makes them throw.
/// </remarks>
internal static class HouseholdData
{
    private const string Han = @"[\p{IsCJKUnifiedIdeographs}-[某]]";
    private const string NoHan = @"(^|[^\p{IsCJKUnifiedIdeographs}])";
    private const string NoMoreHan = @"($|[^\p{IsCJKUnifiedIdeographs}])";
    private const string Part = @"[\s,、;:|/()·_—-]";

    /// <summary>Not the end of a place, an office or a column: 高新区, 金水镇, 金额.</summary>
    private const string Last = @"[\p{IsCJKUnifiedIdeographs}-[某区县市州省村乡镇屯庄局办委科股组队社院校园厂场部处站所街路桥额项表号行类]]";

    private const string Name = $"({Surnames.Two}|{Surnames.One}){Han}?{Last}";

    /// <summary>Also names that are not Han, such as 扎西多吉 or 阿不都·热合曼.</summary>
    private const string AnyName = $"{Han}{{2,5}}(·{Han}{{1,6}})?";

    private const string Sex = "(男|女)性?";
    private const string People = $"({Han}{{1,4}}族{Part}{{0,3}})?";
    private const string Age = @"(年龄:? ?)?\d{1,3} ?(周?岁)";

    /// <summary>A number that counts nobody and nothing: in the column of ages.</summary>
    private const string BareAge = @"\d{1,3}($|[^\d.%人名户个岁万亿元亩])";

    private const string Kin = "(户主|配偶|妻子|丈夫|长子|次子|三子|长女|次女|三女|儿子|女儿|儿媳|女婿|父亲|母亲|孙子|孙女|岳父|岳母|之妻|之夫|之子|之女|之父|之母|其妻|其夫|其子|其女|其父|其母)";

    private const string Household = "(户主|户主姓名|姓名|学生姓名|贫困户|脱贫户|监测户|边缘户|五保户|低保户|特困户|特困人员|残疾人|受助人|受助学生|受益人姓名|收款人姓名|户名|开户人|持卡人|账户名)";

    private const string Bank = "(账号|帐号|账户|卡号|存折|一卡通|开户行|信用社|农商行|农商银行|信用联社)";

    private const string Column = "(性别|年龄|出生日期|出生年月|民族|与户主关系|与户主的关系|家庭关系|身份证|身份证号|身份证号码|证件号码|银行账号|银行卡号|账号|帐号|卡号|开户行|开户银行|联系电话|手机号|手机号码|家庭人口|家庭人口数|残疾证号|残疾等级|致贫原因|家庭住址)";

    private const string Ordinal = "[0-9一二三四五六七八九十百]{1,5}";

    private static readonly Regex[] Rosters =
    [
        Of($"{NoHan}{Name}{Part}{{0,3}}{Sex}{Part}{{0,3}}{People}({Age}|{BareAge}|{Kin})"),
        Of($"{NoHan}{Name}{Part}{{1,3}}{Sex}($|[,、;|/)。])"),
        Of($"{NoHan}{Name}{Part}{{0,3}}{Age}"),
        Of($"{NoHan}{Name}{Part}{{1,3}}{Kin}"),
        Of($"{NoHan}{AnyName}{Part}{{1,3}}{Sex}{Part}{{0,3}}{People}{Age}"),
        Of($"{Kin}{Part}{{0,3}}{Name}{NoMoreHan}"),
        Of($"{Household}[: ]{{1,3}}{Name}{NoMoreHan}"),
        Of($"{NoHan}{Name}{Part}{{1,3}}[^。;]{{0,16}}{Bank}[^。;0-9]{{0,6}}[0-9]{{6}}"),
        Of($"(^|{Part})(户主|户主姓名|姓名|学生姓名|受助人姓名|成员姓名){Part}{{1,3}}([^。;]{{0,60}}{Part})?{Column}($|{Part})"),
    ];

    private static readonly Regex[] Addresses =
    [
        Of($"(家住|住址|家庭住址|家庭地址|户籍地址|户籍地|居住地|居住在){Part}{{0,3}}[^。;]{{0,30}}{Ordinal}(号|室|栋|幢|单元|组|户)"),
        Of($"(村|寨|屯|社区)[^。;,]{{0,8}}(组|社|队|屯|寨|巷|弄){Ordinal}号((院|户|门牌|住)|{NoMoreHan})"),
        Of($"{Ordinal}(栋|幢|号楼|座){Part}{{0,2}}{Ordinal}单元"),
        Of($"{Ordinal}单元{Part}{{0,2}}[0-9]{{2,4}}(室|号|户)"),
    ];

    /// <summary>The rule that a text breaks, or null.</summary>
    /// <param name="text">Without disguise: see <see cref="Disguises"/>.</param>
    public static string? Rule(string text) =>
        Rosters.Any(one => one.IsMatch(text)) ? "household-roster"
        : Addresses.Any(one => one.IsMatch(text)) ? "household-address"
        : null;

    private static Regex Of(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout);
}
