using System.Text;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

public sealed class OrganisationCodeTests
{
    private const string Good = "91350100M000100Y43"; // The example of GB 32100-2015.

    [Fact]
    public void TryParse_OfTheStandardsExample_IsTaken() => OrganisationCode.TryParse(Good, out _).ShouldBeTrue();

    [Fact]
    public void TryParse_WithAnyOneCharacterChanged_IsRefused()
    {
        const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int at = 0; at < Good.Length; at++)
        {
            foreach (char c in Alphabet.Where(c => c != Good[at]))
            {
                string changed = Good[..at] + c + Good[(at + 1)..];
                OrganisationCode.TryParse(changed, out _).ShouldBeFalse(changed);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("91350100M000100Y4")]
    [InlineData("91350100M000100Y433")]
    [InlineData("91350100m000100y43")]
    [InlineData("91350100M000100Y43\n")]
    [InlineData(null)]
    public void TryParse_OfAnotherForm_IsRefused(string? text) => OrganisationCode.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("91", null)]
    [InlineData("92", "sole-trader")]
    public void Reader_OfACode_RefusesThoseOfSoleTradersWithoutEchoingThem(string sort, string? wanted)
    {
        string code = Checked(sort + "350100M000100Y4");
        string body = $$"""
            {"kind": "disbursement", "date": "2018-06-01", "fund": "fund-1", "project": "p-1", "cites": "aaaaaaaaaaaaaaaaaaaaaaaaaa-1", "amount": 1, "unit": "fen",
             "payeeType": "organisation", "payeeCode": "{{code}}"}
            """;
        var findings = new Findings();

        Draft? draft = PostingReader.ReadPosting(Encoding.UTF8.GetBytes(body), SampleWorld.Today, findings);

        findings.All.Select(one => one.Code).ShouldBe(wanted is null ? [] : [wanted]);
        findings.All.ShouldAllBe(one => one.Pointer == "/payeeCode" && one.Found == null && !one.Detail.Contains(code));
        (draft is null).ShouldBe(wanted is not null);
    }

    [Theory]
    [InlineData("91350100M000100Y43", "")]
    [InlineData("91350100M000100Y44", "bad-check-character")]
    [InlineData("91350100M000100Z43", "bad-id")]
    [InlineData("91350100M000100Y4", "bad-id")]
    public void Reader_OfACode_TellsAMistypedOneFromWhatIsNone(string code, string wanted)
    {
        var findings = new Findings();
        string body = $$"""
            {"kind": "disbursement", "date": "2018-06-01", "fund": "fund-1", "project": "p-1", "cites": "aaaaaaaaaaaaaaaaaaaaaaaaaa-1", "amount": 1, "unit": "fen",
             "payeeType": "organisation", "payeeCode": "{{code}}"}
            """;

        PostingReader.ReadPosting(Encoding.UTF8.GetBytes(body), SampleWorld.Today, findings);

        string.Concat(findings.All.Select(one => one.Code)).ShouldBe(wanted);
        findings.All.ShouldAllBe(one => one.Pointer == "/payeeCode" && one.Found == null && !one.Detail.Contains(code));
    }

    // The weights of the standard, written out, so that this shares nothing with the code.
    private static string Checked(string text)
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        int sum = text.Zip(weights, (c, weight) => Alphabet.IndexOf(c, StringComparison.Ordinal) * weight).Sum();
        return text + Alphabet[(31 - (sum % 31)) % 31];
    }
}
