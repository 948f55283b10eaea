using System.Text;
using System.Text.Json;
using DisclosureCloud.Testing;
using DisclosureCloud.Testing.Persons;

namespace DisclosureCloud.Ledger.Tests;

public sealed class PersonalDataGuardTests
{
    public static TheoryData<string, string> Refused()
    {
        string identity = SyntheticNumbers.Identity18(1);
        string withX = Enumerable.Range(0, 999).Select(n => SyntheticNumbers.Identity18(n)).First(number => number.EndsWith('X'));
        string card = SyntheticNumbers.Card("62", 19);
        string mobile = SyntheticNumbers.Mobile;
        return new TheoryData<string, string>
        {
            { identity, "identity-number" },
            { withX, "identity-number" },
            { withX.ToLowerInvariant(), "identity-number" },
            { $"身份证{identity}。", "identity-number" },
            { FullWidth(withX), "identity-number" },
            { $"{identity[..6]} {identity[6..14]} {identity[14..]}", "identity-number" },
            { $"{identity[..6]}-{identity[6..14]}-{identity[14..]}", "identity-number" },
            { $"{identity[..6]}—{identity[6..14]}‐{identity[14..]}", "identity-number" },
            { $"{identity[..6]}\u200D{identity[6..]}", "identity-number" },
            { $"{identity[..6]}\u3000{identity[6..]}", "identity-number" },
            { $"A{identity}B", "identity-number" },
            { $"1. {identity[..6]} {identity[6..]}", "identity-number" },
            { $"2020-01-01 {identity}", "identity-number" },
            { SyntheticNumbers.Identity15(1), "identity-number" },
            { card, "bank-card" },
            { string.Join(' ', card.Chunk(4).Select(four => new string(four))), "bank-card" },
            { FullWidth(card), "bank-card" },
            { SyntheticNumbers.Card("62", 16), "bank-card" },
            { SyntheticNumbers.Card("4", 16), "bank-card" },
            { SyntheticNumbers.Card("51", 16), "bank-card" },
            { SyntheticNumbers.Card("9558", 19), "bank-card" },
            { mobile, "mobile-number" },
            { $"+86{mobile}", "mobile-number" },
            { $"+86 {mobile[..3]} {mobile[3..7]} {mobile[7..]}", "mobile-number" },
            { $"(+86){mobile}", "mobile-number" },
            { $"0086{mobile}", "mobile-number" },
            { $"0086-{mobile[..3]}-{mobile[3..7]}-{mobile[7..]}", "mobile-number" },
            { $"{mobile[..3]}-{mobile[3..7]}-{mobile[7..]}", "mobile-number" },
            { FullWidth(mobile), "mobile-number" },
            { $"电话:{mobile},联系人", "mobile-number" },
            { $"{mobile[..3]}-{mobile[3..7]}-{mobile[7..]} 0373-3686868", "mobile-number" },
            { $"2018 {mobile[..3]} {mobile[3..7]} {mobile[7..]}", "mobile-number" },
            { $"12317 {mobile}", "mobile-number" },
            { $"http://example.gov.cn/?tel={mobile}", "mobile-number" },
            { $"见 http://example.gov.cn/ 或 {mobile[..3]} {mobile[3..7]} {mobile[7..]}", "mobile-number" },
        };
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Guard_NumberOfAPerson_IsRefusedByItsRule(string text, string rule) => PersonalDataGuard.Rule(text).ShouldBe(rule);

    /// <summary>One text for each expression, which no other one finds.</summary>
    [Theory]
    [InlineData("张小明 女 45", "household-roster")]
    [InlineData("张小明,男", "household-roster")]
    [InlineData("张小明45岁", "household-roster")]
    [InlineData("张小明,长子", "household-roster")]
    [InlineData("扎西多吉,男,42岁", "household-roster")]
    [InlineData("妻子王秀英", "household-roster")]
    [InlineData("监测户:李大山", "household-roster")]
    [InlineData("张小明 农商行 账号12345678", "household-roster")]
    [InlineData("姓名,性别", "household-roster")]
    [InlineData("家庭住址:人民路5号", "household-address")]
    [InlineData("大王村三组15号", "household-address")]
    [InlineData("3栋2单元", "household-address")]
    [InlineData("2单元501室", "household-address")]
    public void Guard_WhatIsToldOfAHousehold_IsRefusedByItsRule(string text, string rule) => PersonalDataGuard.Rule(text).ShouldBe(rule);

    [Theory]
    [InlineData("张某,男,45岁")]
    [InlineData("其中 男 45人 女 30人")]
    [InlineData("高新区 农业银行 账号12345678")]
    [InlineData("项目名称,金额,账号")]
    [InlineData("户主 方可领取")]
    [InlineData("负责人张小明")]
    [InlineData("大王村三组15号机井")]
    [InlineData("公示内容包括户主姓名、年龄")]
    [InlineData("年龄18至60岁")]
    [InlineData("人民路5号")]
    public void Guard_WhatIsToldOfAProject_RaisesNoAlarm(string text) => PersonalDataGuard.Rule(text).ShouldBeNull();

    [Theory]
    [InlineData("2 ", "")]
    [InlineData("", " 7")]
    [InlineData("2020 ", " 30")]
    [InlineData("1 2 ", " 3 4")]
    public void Guard_DigitByDigitBesideOtherNumbers_IsRefused(string before, string after) =>
        PersonalDataGuard.Rule($"{before}{string.Join(' ', SyntheticNumbers.Identity18(1).AsEnumerable())}{after}").ShouldBe("identity-number");

    [Theory]
    [InlineData("豫财农〔2018〕123号")]
    [InlineData("2130599其他扶贫支出")]
    [InlineData("0373-3686868")]
    [InlineData("010-65203114")]
    [InlineData("0571-87654321-8001")]
    [InlineData("400-800-9999")]
    [InlineData("12317")]
    [InlineData("12317 12345 12388")]
    [InlineData("2018-06-01 至 2018-06-30")]
    [InlineData("20180601 20180630")]
    [InlineData("2018年6月1日-2018年12月31日")]
    [InlineData("http://www.example.gov.cn/art/2018/6/1/art_1374_1234567.html")]
    [InlineData("http://www.example.gov.cn/201801/t20180112_1301234.html")]
    [InlineData("https://www.example.gov.cn/c20200112/0112011.html")]
    [InlineData("1234567.89 元")]
    [InlineData("65,728,000.00")]
    [InlineData("13,800,138,000")]
    [InlineData("户均 1 3 8 元,共 1500 2000 元")]
    [InlineData("10000000000")]
    [InlineData("12800000000")]
    [InlineData("长1.2公里 宽3.5米 厚0.18米 共2020平方米")]
    public void Guard_OtherNumbers_RaiseNoAlarm(string text) => PersonalDataGuard.Rule(text).ShouldBeNull();

    [Fact]
    public void Guard_WrongCheckDigit_RaisesNoAlarm()
    {
        for (int n = 0; n < 50; n++)
        {
            PersonalDataGuard.Rule(SyntheticNumbers.Identity18(n)).ShouldBe("identity-number");
            PersonalDataGuard.Rule(SyntheticNumbers.Spoilt(SyntheticNumbers.Identity18(n))).ShouldBeNull();
        }

        foreach (int length in (int[])[16, 17, 18, 19])
        {
            PersonalDataGuard.Rule(SyntheticNumbers.Card("62", length)).ShouldBe("bank-card");
            PersonalDataGuard.Rule(SyntheticNumbers.Spoilt(SyntheticNumbers.Card("62", length))).ShouldBeNull();
        }
    }

    [Fact]
    public void Guard_IdentityOfNoDayOrNoProvince_RaisesNoAlarm()
    {
        PersonalDataGuard.Rule("110000000231001").ShouldBeNull(); // 31 February.
        PersonalDataGuard.Rule("110000000228001").ShouldBe("identity-number");
        PersonalDataGuard.Rule("200000000228001").ShouldBeNull(); // No province begins with 20.
        PersonalDataGuard.Rule(SyntheticNumbers.Identity18(1, "990000")).ShouldBeNull();
    }

    [Fact]
    public void Guard_UnifiedSocialCreditCodes_RaiseNoAlarm()
    {
        var random = new Random(32100);
        for (int i = 0; i < 2_000; i++)
        {
            string body = $"9{random.Next(1, 4)}{random.Next(110000, 660000)}" + string.Concat(Enumerable.Range(0, 9).Select(_ => "0123456789"[random.Next(10)]));
            string code = SyntheticNumbers.CreditCode(body);
            PersonalDataGuard.Rule($"统一社会信用代码:{code}").ShouldBeNull($"seed 32100, case {i}: {code}");
        }
    }

    [Fact]
    public void Guard_SevenNotices_RaiseNoAlarm()
    {
        foreach (string file in SampleWorld.NoticeFiles)
        {
            ScreenAll(SampleWorld.NoticeBytes(file)).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void Guard_CharactersThatAreNone_DoNotStopIt()
    {
        PersonalDataGuard.Rule("\uFFFE\uFFFF\uFDD0").ShouldBeNull();
        PersonalDataGuard.Rule($"\uFFFE{SyntheticNumbers.Mobile}").ShouldBe("mobile-number");
    }

    [Fact]
    public void Guard_Anywhere_NamesTheFieldAndNeverTheValue()
    {
        string identity = SyntheticNumbers.Identity18(7);
        string card = SyntheticNumbers.Card("62", 19);
        (string Json, string Pointer)[] bodies =
        [
            ($$"""{"note":"{{identity}}"}""", "/note"),
            ($$"""{"list":["ok",{"deep":["{{identity}}"]}]}""", "/list/1/deep/0"),
            ($$"""{"{{identity}}":1}""", ""),
            ($$"""{"a":{"{{identity}}":{"b":"{{card}}"} } }""", "/a"),
            ($$"""{"amount":{{card}}}""", "/amount"),
            ($$"""{"amount":{{SyntheticNumbers.Identity15(3)}}}""", "/amount"),
            ($$"""["{{identity}}"]""", "/0"),
            ($$"""{"a":"\u0031{{identity[1..]}}"}""", "/a"),
        ];
        foreach ((string json, string pointer) in bodies)
        {
            IReadOnlyList<Finding> findings = ScreenAll(Encoding.UTF8.GetBytes(json));

            findings.ShouldNotBeEmpty(json);
            findings[0].Pointer.ShouldBe(pointer);
            findings.ShouldAllBe(finding => finding.Code == PersonalDataGuard.Code && finding.Found == null && finding.Wanted == null);
            NeverEchoes(findings, identity, card, SyntheticNumbers.Identity15(3));
        }
    }

    [Fact]
    public void Readers_OfAnyBodyWithAPersonsNumber_NeverEchoIt()
    {
        string mobile = SyntheticNumbers.Mobile;
        string[] bodies =
        [
            $$"""{"{{mobile}}":{"a":1,"a":2} }""",
            $$"""{"{{mobile}}":{"{{mobile}}":1,"{{mobile}}":2} }""",
            $$"""{"{{mobile}}":"\ud800"}""",
            $$"""{"{{mobile}}":{{new string('[', 20)}}1{{new string(']', 20)}}}""",
            $$"""{"{{mobile}}":1}""",
            $$"""{"kind":"{{mobile}}"}""",
            $$"""{"kind":"progress","date":"{{mobile}}","fund":"{{mobile}}","{{mobile}}":[]}""",
            $$"""{"kind":"progress","{{mobile}}":""",
            $$"""{"id":"{{mobile}}","currency":"{{mobile}}","unit":"{{mobile}}","total":"{{mobile}}"}""",
        ];
        foreach (string body in bodies)
        {
            var findings = new Findings();
            PostingReader.ReadPosting(Encoding.UTF8.GetBytes(body), SampleWorld.Today, findings).ShouldBeNull();
            findings.Any.ShouldBeTrue();
            NeverEchoes(findings.All, mobile);

            findings = new Findings();
            PostingReader.ReadNotice(Encoding.UTF8.GetBytes(body), SampleWorld.Today, findings).ShouldBeNull();
            NeverEchoes(findings.All, mobile);
        }
    }

    [Fact]
    public void Guard_OnAMillionDigits_AnswersAndDoesNotThrow()
    {
        string digits = string.Concat(Enumerable.Repeat("1 ", 400_000));

        PersonalDataGuard.Rule(digits).ShouldBeNull();
        PersonalDataGuard.Rule(new string('9', 1_000_000)).ShouldBeNull();
    }

    private static IReadOnlyList<Finding> ScreenAll(byte[] json)
    {
        var findings = new Findings();
        using var document = JsonDocument.Parse(json);
        PersonalDataGuard.Screen(document.RootElement, "", findings);
        return findings.All;
    }

    private static void NeverEchoes(IEnumerable<Finding> findings, params string[] values)
    {
        foreach (Finding finding in findings)
        {
            string all = $"{finding.Pointer}\n{finding.Code}\n{finding.Detail}\n{finding.Found}\n{finding.Wanted}";
            values.ShouldAllBe(value => !all.Contains(value, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string FullWidth(string text) => string.Concat(text.Select(c => (char)(c + 0xFEE0)));
}
