using System.Text.Json;
using DisclosureCloud.Testing.Persons;

namespace DisclosureCloud.Ledger.Tests.Complaints;

/// <summary>What is taken as a complaint, and as a reply to one, and what is not.</summary>
public sealed class ComplaintReaderTests
{
    private const string Good = """{"sort":"complaint","category":"not-built","about":{"region":"410503"},"text":"至今还是土路"}""";

    [Fact]
    public void Complaint_OfEverySubject_IsRead()
    {
        foreach ((string name, string id) in new[]
        {
            ("notice", "beiguan-2018"), ("fund", "roads-2026"), ("project", "beiguan-2018-p01"), ("region", "410503-0123abcd"), ("department", "finance"),
        })
        {
            Complaint complaint = Read(Good.Replace("""{"region":"410503"}""", $$"""{"{{name}}":"{{id}}"}""", StringComparison.Ordinal)).ShouldNotBeNull(name);
            ComplaintSubject about = complaint.About;
            new[] { about.Notice?.Value, about.Fund?.Value, about.Project?.Value, about.Region?.Value, about.Department?.Value }.Where(one => one is not null).ShouldBe([id]);
            (complaint.Sort, complaint.Category, complaint.Text.Value).ShouldBe((ComplaintSort.Complaint, ComplaintCategory.NotBuilt, "至今还是土路"));
        }
    }

    [Fact]
    public void Codes_AreThoseOfTheInterface()
    {
        Code.Texts(typeof(ComplaintSort)).ShouldBe(["complaint", "objection"]);
        Code.Texts(typeof(ComplaintCategory)).ShouldBe(["false-figure", "not-paid", "not-built", "quality", "unfair-share", "not-disclosed", "misuse", "other"]);
        Code.Texts(typeof(ComplaintState)).ShouldBe(["received", "in-hand", "answered", "referred", "not-ours"]);
    }

    [Theory]
    [InlineData("""{"region":"410503"}""", """{"notice":"beiguan-2018"}""", "")]
    [InlineData("""{"region":"410503"}""", """{"region":"410503"}""", "[/about/notice missing]")]
    public void Objection_IsToANotice(string about, string given, string findings) =>
        Findings(Good.Replace("\"complaint\"", "\"objection\"", StringComparison.Ordinal).Replace(about, given, StringComparison.Ordinal)).ShouldBe(findings);

    [Theory]
    [InlineData("""[]""", "[ wrong-type]")]
    [InlineData("""{}""", "[/sort missing][/category missing][/about missing][/text missing]")]
    [InlineData("""{"sort":"praise","category":"x","about":{"fund":"roads-2026"},"text":"x"}""", "[/sort unknown-code][/category unknown-code]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{},"text":"x"}""", "[/about not-one-subject]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"fund":"roads-2026","region":"410503"},"text":"x"}""", "[/about not-one-subject]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"fund":null},"text":"x"}""", "[/about/fund wrong-type]")]
    [InlineData("""{"sort":"complaint","category":"other","about":"roads-2026","text":"x"}""", "[/about wrong-type]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"fund":"Roads 2026"},"text":"x"}""", "[/about/fund bad-id]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"region":"990000"},"text":"x"}""", "[/about/region bad-region-code]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"village":"x"},"text":"x"}""", "[/about/village unknown-field][/about not-one-subject]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"fund":"roads-2026"},"text":" "}""", "[/text empty-text]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"fund":"roads-2026"},"text":"a\u202eb"}""", "[/text forbidden-character]")]
    [InlineData("""{"sort":"complaint","category":"other","about":{"fund":"roads-2026"},"text":"x","phone":"x"}""", "[/phone unknown-field]")]
    public void WhatIsNoComplaint_IsToldWhereAndWhat(string json, string findings) => Findings(json).ShouldBe(findings);

    [Fact]
    public void DataOfAPerson_AnywhereInIt_IsToldByPlaceAndRuleAlone()
    {
        string number = SyntheticNumbers.Identity15(7);
        foreach ((string at, string json) in new[]
        {
            ("/text", Good.Replace("至今", $"我{number},至今", StringComparison.Ordinal)),
            ("/about/region", Good.Replace("410503", number, StringComparison.Ordinal)),
            ("/sort", Good.Replace("\"complaint\"", $"\"{number}\"", StringComparison.Ordinal)),
            ("", Good.Replace("\"sort\"", $"\"{number}\"", StringComparison.Ordinal)),
        })
        {
            var findings = new Findings();
            using JsonDocument document = JsonDocument.Parse(json);
            ComplaintReader.Read(document.RootElement, findings).ShouldBeNull();
            Finding finding = findings.All.ShouldHaveSingleItem();
            (finding.Pointer, finding.Code, finding.Found).ShouldBe((at, "personal-data", null));
            finding.ToString().ShouldNotContain(number, Case.Sensitive);
        }
    }

    [Theory]
    [InlineData("""{"state":"in-hand"}""", "")]
    [InlineData("""{"state":"in-hand","answer":"现场核实中"}""", "")]
    [InlineData("""{"state":"answered","answer":"已核实"}""", "")]
    [InlineData("""{"state":"answered"}""", "[/answer missing]")]
    [InlineData("""{"state":"referred"}""", "[/answer missing]")]
    [InlineData("""{"state":"not-ours","answer":null}""", "[/answer missing]")]
    [InlineData("""{"state":"received"}""", "[/state unknown-code]")]
    [InlineData("""{"state":"closed"}""", "[/state unknown-code]")]
    [InlineData("""{"answer":"已核实"}""", "[/state missing]")]
    [InlineData("""{"state":"answered","answer":""}""", "[/answer empty-text]")]
    [InlineData("""{"state":"in-hand","by":"x"}""", "[/by unknown-field]")]
    public void Reply_HasAnAnswerWhereItIsTheLastWord(string json, string told)
    {
        var findings = new Findings();
        using JsonDocument document = JsonDocument.Parse(json);
        (ComplaintReplyReader.Read(document.RootElement, findings) is not null).ShouldBe(told.Length == 0);
        Told(findings).ShouldBe(told);
    }

    private static Complaint? Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ComplaintReader.Read(document.RootElement, new Findings());
    }

    private static string Findings(string json)
    {
        var findings = new Findings();
        using JsonDocument document = JsonDocument.Parse(json);
        (ComplaintReader.Read(document.RootElement, findings) is not null).ShouldBe(!findings.Any);
        return Told(findings);
    }

    private static string Told(Findings findings) => string.Concat(findings.All.Select(finding => $"[{finding.Pointer} {finding.Code}]"));
}
