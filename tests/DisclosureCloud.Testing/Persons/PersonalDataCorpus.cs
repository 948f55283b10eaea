using System.Globalization;
using System.Text;

namespace DisclosureCloud.Testing.Persons;

/// <summary>Texts with data of persons, plain and disguised, and texts of projects without any: as many as are wanted, the same for the same seed.</summary>
/// <remarks>
/// The persons are nobody: identity numbers are of the first day of 1900, mobile numbers begin with prefixes that were never given out,
/// names are drawn by lot. What the guard knows of words (its surnames, its expressions) is not used here.
/// </remarks>
public sealed class PersonalDataCorpus(int seed)
{
    private static readonly string[] Surnames =
    [
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧",
        "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石",
        "姚", "谭", "廖", "邹", "熊", "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙", "万", "段", "漕", "钱", "汤", "尹", "黎", "易", "常", "武", "乔", "贺", "赖", "龚", "文", "欧阳", "司马",
    ];

    private static readonly string[] GivenNames =
        ["伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英", "建国", "小红", "玉兰", "德福", "长贵", "春生", "金凤", "国强", "永福", "大山", "雪梅", "志远", "海燕"];

    private static readonly string[] Villages = ["大王村", "田江村", "东沟村", "马家寨村", "柳树屯村", "南坪社区", "石门村", "前进村", "新民村", "河西村"];

    private static readonly string[] Kin = ["户主", "配偶", "妻子", "丈夫", "长子", "次女", "儿子", "女儿", "父亲", "母亲", "孙子", "儿媳"];

    private static readonly string[] Regions = ["110000", "130000", "410000", "430000", "530000", "620000", "640000", "650000"];

    private static readonly string[] Works = ["道路硬化", "安全饮水巩固提升", "光伏电站", "蔬菜大棚", "肉牛养殖", "危房改造", "村组联通公路", "小型水利", "易地搬迁后续扶持", "茶叶加工厂", "电商服务站", "劳动力技能培训"];

    private readonly Random _random = new(seed);

    /// <summary>A text with a person's data as somebody would write it without thinking, and what it is.</summary>
    public (string Text, string What) Plain() => _random.Next(10) switch
    {
        0 => (Within(Identity()), "identity number"),
        1 => (Within(SyntheticNumbers.Identity15(_random.Next(1_000))), "identity number of 15"),
        2 => (Within(Card()), "bank card"),
        3 => (Within(Mobile()), "mobile number"),
        4 => (Join(Name(), Sex(), Age()), "name, sex, age"),
        5 => (One($"{Pick(Kin)}:{Name()}", $"{Name()}({Pick(Kin)})", $"{Name()},{Pick(Kin)},{Age()}", $"户主{Name()},{Pick(Kin)}{Name()}"), "name and kinship"),
        6 => (One("姓名,性别,年龄,与户主关系", "序号 姓名 身份证号 开户行 账号", "户主姓名、家庭人口、致贫原因", "序号|姓名|年龄|联系电话|备注", "村名,户主,银行卡号,金额"), "heading"),
        7 => (One($"{Name()} 农商银行 账号{_random.Next(100_000_000)}", $"户名:{Name()}", $"{Name()},信用社账号{_random.Next(100_000_000)}", $"持卡人 {Name()}"), "name and bank data"),
        8 => (One($"家庭住址:{Village()}{_random.Next(1, 20)}组{_random.Next(1, 99)}号", $"家住{Village()}三组{_random.Next(1, 99)}号", $"{Village()}{_random.Next(1, 9)}组{_random.Next(1, 99)}号", $"幸福小区{_random.Next(1, 30)}栋{_random.Next(1, 5)}单元{_random.Next(101, 999)}室"), "address of a home"),
        _ => (One($"贫困户:{Name()}", $"姓名:{Name()} 补助标准见附件", $"受助学生 {Name()}", $"脱贫户:{Name()},已领取", $"残疾人:{Name()}"), "name of a household"),
    };

    /// <summary>The same, so written that a search for digits or words passes it by.</summary>
    public (string Text, string What) Disguised()
    {
        string number = _random.Next(3) switch { 0 => Identity(), 1 => Card(), _ => Mobile() };
        (string plain, string what) = Plain();
        return _random.Next(6) switch
        {
            0 => (Within(string.Join(' ', number.AsEnumerable())), "digit by digit"),
            1 => (Within(Grouped(number)), "in groups"),
            2 => (FullWidth(plain), $"full-width {what}"),
            3 => (Within(Read(number)), "read out"),
            4 => (Within(Convert.ToBase64String(Encoding.UTF8.GetBytes(One(plain, number)))), $"base64 {what}"),
            _ => (string.Join('\u200B', plain.AsEnumerable()), $"signs that do not show {what}"),
        };
    }

    /// <summary>What departments write of projects, with all the numbers that stand in such texts.</summary>
    public string Innocent() => _random.Next(18) switch
    {
        0 => $"{Village()}{Pick(Works)}项目,投资{_random.Next(10, 900)}.{_random.Next(100):D2}万元,受益{_random.Next(10, 300)}户{_random.Next(300, 2_000)}人",
        1 => $"{Pick(["豫", "泉", "宁", "青"])}财农〔20{_random.Next(16, 26)}〕{_random.Next(1, 900)}号",
        2 => $"新建{Pick(Works)}长{_random.Next(1, 9)}.{_random.Next(10)}公里,宽{_random.Next(3, 6)}.5米,厚0.{_random.Next(15, 25)}米,共{_random.Next(1_000, 90_000)}平方米",
        3 => $"联系电话:0{_random.Next(310, 999)}-{_random.Next(2_000_000, 8_999_999)},监督电话 12317",
        4 => $"公示期:20{_random.Next(16, 26)}-{_random.Next(1, 13):D2}-{_random.Next(1, 29):D2} 至 20{_random.Next(16, 26)}年{_random.Next(1, 13)}月{_random.Next(1, 29)}日",
        5 => $"http://www.example.gov.cn/20{_random.Next(16, 26)}{_random.Next(1, 13):D2}/t20{_random.Next(16, 26)}{_random.Next(1, 13):D2}{_random.Next(1, 29):D2}_{_random.Next(1_000_000, 9_999_999)}.html",
        6 => $"{Village()}村民委员会,{_random.Next(1, 12)}个村民小组,户籍{_random.Next(100, 900)}户,其中男{_random.Next(100, 900)}人,女{_random.Next(100, 900)}人",
        7 => $"县扶贫办、县财政局,负责人:{Pick(["局长", "副主任", "股长"])},地址:{Pick(["人民路", "建设路", "解放大道"])}{_random.Next(1, 300)}号",
        8 => $"{Village()}{_random.Next(1, 12)}组{_random.Next(1, 9)}号{Pick(["机井", "水塔", "泵站", "大棚", "桥"])}{Pick(["维修", "新建", "改造"])}",
        9 => $"合同编号 {_random.Next(2016, 2026)}-{_random.Next(1, 999):D3},采购编号:{Pick(["SZC", "HNZB", "QHCG"])}{_random.Next(2016, 2026)}-{_random.Next(10_000, 99_999)}",
        10 => $"统一社会信用代码:{SyntheticNumbers.CreditCode($"9{_random.Next(1, 4)}{_random.Next(110_000, 660_000)}{_random.Next(100_000_000, 999_999_999)}")},{Pick(["宏达", "众诚", "鑫源"])}建筑工程有限公司",
        11 => $"覆盖贫困户{_random.Next(10, 300)}户,户均增收{_random.Next(500, 5_000)}元,贫困户、监测户优先,户主签字确认,{Pick(["按季", "按年"])}支付到一卡通",
        12 => $"培训{_random.Next(20, 200)}人,年龄18至60岁,男女不限,补助标准{_random.Next(50, 300)}元/人·天,由{Pick(["王庄", "高寨", "马集"])}镇人民政府组织",
        13 => $"收款单位:{Pick(["高新区", "金水镇", "石门县"])} 农业银行 账号{_random.Next(100_000_000)},金额、开户行、账号见附件",
        14 => $"项目名称,建设内容,金额,开户行,账号,{Pick(["责任单位", "实施单位"])}",
        15 => $"户主 方可领取,父亲和母亲均可参加,学生资助{_random.Next(100, 900)}人,其中 男 {_random.Next(10, 300)}人 女 {_random.Next(10, 300)}人",
        16 => $"负责人:{Pick(["主要领导", "项目办主任"])},公示内容包括户主姓名、{Pick(["年龄", "致贫原因"])}等,按规定只在村内张贴",
        _ => $"{Pick(Works)};预算科目2130{_random.Next(500, 599)};{_random.Next(1, 9)},{_random.Next(100, 999)},{_random.Next(100, 999)}.{_random.Next(100):D2}元;东经{_random.Next(97, 120)}.{_random.Next(100_000, 999_999)},北纬{_random.Next(22, 40)}.{_random.Next(100_000, 999_999)}",
    };

    private string Name() => Pick(Surnames) + Pick(GivenNames);

    private string Village() => Pick(Villages);

    private string Sex() => Pick(["男", "女"]);

    private string Age() => _random.Next(1, 99).ToString(CultureInfo.InvariantCulture) + "岁";

    private string Identity() => SyntheticNumbers.Identity18(_random.Next(1_000), Pick(Regions));

    private string Card() => SyntheticNumbers.Card($"6299{_random.Next(10_000, 99_999)}", Pick([16, 17, 18, 19]));

    private string Mobile() => $"1{Pick(["54", "61", "63", "64"])}{_random.Next(100_000_000):D8}";

    private string Join(params string[] parts) => string.Join(Pick([",", "、", " ", "\u3000", ",", " | "]), parts);

    private string Within(string data) => One(data, $"联系{data}", $"备注:{data}。", $"{Village()} {data}", $"({data})", $"{Pick(Works)}项目 {data} 已核实", $"{Name()}{data}", $"1、{data};2、无");

    private string Grouped(string number)
    {
        int[] sizes = number.Length switch { 11 => [3, 4, 4], 18 => [6, 8, 4], _ => [4, 4, 4, 4, 4] };
        var groups = new List<string>();
        int at = 0;
        foreach (int size in sizes.TakeWhile(_ => at < number.Length))
        {
            groups.Add(number.Substring(at, Math.Min(size, number.Length - at)));
            at += size;
        }

        // A card of seventeen digits would end in a single one: nobody writes it so.
        if (groups[^1].Length < 3)
        {
            groups[^2] += groups[^1];
            groups.RemoveAt(groups.Count - 1);
        }

        return string.Join(Pick([" ", "-", ".", "\u3000", " - "]), groups);
    }

    private string Read(string number)
    {
        string numerals = Pick(["零一二三四五六七八九", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"]);
        return string.Concat(number.Select(c => char.IsAsciiDigit(c) ? numerals[c - '0'] : c));
    }

    private static string FullWidth(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));

    private string One(params string[] texts) => Pick(texts);

    private T Pick<T>(T[] of) => of[_random.Next(of.Length)];
}
