using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger.Tests;

public sealed class IdTests
{
    [Fact]
    public void Ids_WithALineFeedAtTheEnd_AreRefused()
    {
        FundId.TryParse("fund-1\n", out _).ShouldBeFalse();
        NoticeId.TryParse("fund-1\n", out _).ShouldBeFalse();
        ProjectId.TryParse("fund-1-p01\n", out _).ShouldBeFalse();
        PlanItemId.TryParse("item-1\n", out _).ShouldBeFalse();
        DepartmentId.TryParse("finance\n", out _).ShouldBeFalse();
        PersonId.TryParse("finance-poster\n", out _).ShouldBeFalse();
        EntryId.TryParse($"{new string('a', 26)}-1\n", out _).ShouldBeFalse();
        RegionCode.TryParse("410503\n", out _).ShouldBeFalse();
        StreamName.TryParse("fund/fund-1\n", out _).ShouldBeFalse();
        PostingId.TryParse(new string('a', 26) + "\n", out _).ShouldBeFalse();
        Sha256Hex.TryParse(new string('a', 64) + "\n", out _).ShouldBeFalse();
        ReleaseVersion.TryParse("1.2.3\n", out _).ShouldBeFalse();

        FundId.TryParse("fund-1", out _).ShouldBeTrue();
        EntryId.TryParse($"{new string('a', 26)}-1", out _).ShouldBeTrue();
        RegionCode.TryParse("410503", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("000000", true)]
    [InlineData("000000-0123abcd", true)]
    [InlineData("410503", true)]
    [InlineData("820000-0123abcd", true)]
    [InlineData("000001", false)]
    [InlineData("990000", false)]
    [InlineData("010000", false)]
    public void RegionCode_InAKnownProvince_HasThePatternThatSaysSo(string text, bool known)
    {
        Id.Parse<RegionCode>(text).IsInAKnownProvince.ShouldBe(known);
        Regex.IsMatch(text, RegionCode.PatternInAKnownProvince, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)).ShouldBe(known);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("-abc")]
    [InlineData("ABC")]
    [InlineData("a_b")]
    [InlineData("a/b")]
    [InlineData("a..b")]
    [InlineData("基金一")]
    [InlineData("abc ")]
    [InlineData("")]
    [InlineData(null)]
    public void FundId_OfAnotherForm_IsRefused(string? text) => FundId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void FundId_OfTheLongestLength_IsTakenAndOneMoreIsNot()
    {
        FundId.TryParse(new string('a', 64), out _).ShouldBeTrue();
        FundId.TryParse(new string('a', 65), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0.9.0", true)]
    [InlineData("10.20.30", true)]
    [InlineData("1.0.0-rc.1", true)]
    [InlineData("1.0", false)]
    [InlineData("1.0.0.0", false)]
    [InlineData("01.0.0", false)]
    [InlineData("1.0.0-", false)]
    [InlineData("1.0.0-rc..1", false)]
    [InlineData("1.0.0+abc", false)]
    [InlineData("v1.0.0", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void ReleaseVersion_OfTheseForms_IsTakenOrRefused(string? text, bool isTaken) => ReleaseVersion.TryParse(text, out _).ShouldBe(isTaken);

    [Fact]
    public void Patterns_AsEcmaScript_HoldBothEnds()
    {
        string[] patterns =
        [
            FundId.Pattern, NoticeId.Pattern, ProjectId.Pattern, PlanItemId.Pattern, DepartmentId.Pattern, PersonId.Pattern, EntryId.Pattern,
            RegionCode.Pattern, StreamName.Pattern, PostingId.Pattern, Sha256Hex.Pattern, ReleaseVersion.Pattern,
        ];

        patterns.ShouldAllBe(pattern => pattern.StartsWith('^') && pattern.EndsWith('$'));
        FundId.Pattern.ShouldBe("^[a-z0-9][a-z0-9-]{2,63}$");
    }

    [Fact]
    public void PostingId_OfKnownDepartmentAndKey_IsTheKnownVector()
    {
        // printf 'finance\nkey-1' | openssl dgst -sha256 -binary | base32 | tr A-Z a-z | cut -c1-26
        PostingId.Of(Id.Parse<DepartmentId>("finance"), "key-1").Value.ShouldBe("dho2eggkhqzoqxhmubdver3id2");
    }

    [Fact]
    public void PostingId_OfAnyKey_AgreesWithBitByBitBase32()
    {
        for (int i = 0; i < 200; i++)
        {
            string key = $"key {i} 钥匙";
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"import\n{key}"));
            string bits = string.Concat(hash.Select(one => one.ToString("B8", System.Globalization.CultureInfo.InvariantCulture)));
            string wanted = string.Concat(Enumerable.Range(0, 26).Select(n => "abcdefghijklmnopqrstuvwxyz234567"[Convert.ToInt32(bits.Substring(n * 5, 5), 2)]));

            PostingId.Of(Id.Parse<DepartmentId>("import"), key).Value.ShouldBe(wanted);
        }
    }

    [Fact]
    public void PostingId_OfTwoDepartmentsOrKeys_Differs()
    {
        PostingId one = PostingId.Of(Id.Parse<DepartmentId>("finance"), "k");

        PostingId.Of(Id.Parse<DepartmentId>("finance"), "k").ShouldBe(one);
        PostingId.Of(Id.Parse<DepartmentId>("finance"), "K").ShouldNotBe(one);
        PostingId.Of(Id.Parse<DepartmentId>("finance2"), "k").ShouldNotBe(one);
        PostingId.Of(Id.Parse<DepartmentId>("financ"), "ek").ShouldNotBe(one);
    }

    [Fact]
    public void EntryId_OfAPosting_NamesItAndItsPlace()
    {
        PostingId posting = PostingId.Of(Id.Parse<DepartmentId>("finance"), "k");

        EntryId.Of(posting, 12).Value.ShouldBe($"{posting}-12");
        EntryId.Of(posting, 12).Posting.ShouldBe(posting);
        EntryId.TryParse($"{posting}-0", out _).ShouldBeFalse();
        EntryId.TryParse($"{posting}-01", out _).ShouldBeFalse();
        EntryId.TryParse($"{posting}-1000000", out _).ShouldBeFalse();
    }
}
