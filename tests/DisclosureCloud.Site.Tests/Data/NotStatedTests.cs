using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class NotStatedTests
{
    private static readonly Func<FreeText> Words = () => FreeText.Of("词");

    [Fact]
    public void Amounts_NotStated_AreEmptyAndNullButNeverZero()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(DataWorld.Entries(Words)));
        foreach (string column in new[] { "totalInvestmentFen", "selfRaisedFen", "disbursedFen", "due", "projectCount" })
        {
            DataWorld.ReadCsv(files["data/projects.csv"]).Single()[column].ShouldBe("");
            JsonObject row = DataWorld.ReadNdjson(files["data/projects.ndjson"]).Single();
            row.ContainsKey(column).ShouldBeTrue();
            row[column].ShouldBeNull();
        }

        DataWorld.ReadCsv(files["data/funds.csv"]).Single()["disbursedFen"].ShouldBe("");
        DataWorld.ReadCsv(files["data/entries.csv"])[0]["amountFen"].ShouldBe("");
    }

    [Fact]
    public void Payment_StatedAsZero_IsZero()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(DataWorld.Entries(Words, disbursed: default(Money))));
        DataWorld.ReadCsv(files["data/disbursements.csv"]).Single()["amountFen"].ShouldBe("0");
        DataWorld.ReadCsv(files["data/funds.csv"]).Single()["disbursedFen"].ShouldBe("0");
        DataWorld.ReadNdjson(files["data/projects.ndjson"]).Single()["disbursedFen"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public void Text_Withheld_IsEmptyAndNull()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(DataWorld.Entries(() => FreeText.Withheld)));
        DataWorld.ReadCsv(files["data/projects.csv"]).Single()["name"].ShouldBe("");
        DataWorld.ReadNdjson(files["data/projects.ndjson"]).Single()["name"].ShouldBeNull();
        DataWorld.ReadCsv(files["data/notices.csv"]).Single()["principles"].ShouldBe("[null,null]");
        Encoding.UTF8.GetString(files["data/entries.csv"]).ShouldNotContain("withheld");
    }

    [Theory]
    [InlineData(0, "0", "")]
    [InlineData(1, "", "under-10")]
    [InlineData(9, "", "under-10")]
    [InlineData(10, "10", "")]
    [InlineData(1_234, "1234", "")]
    public void Headcount_OfOneToNine_IsNotGiven(int count, string shown, string word)
    {
        Entry[] entries = DataWorld.Entries(Words, households: Headcount.Of(count), persons: Headcount.Of(count));
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(entries));
        Dictionary<string, string> row = DataWorld.ReadCsv(files["data/notices.csv"]).Single();
        row["beneficiaryHouseholds"].ShouldBe(shown);
        row["beneficiaryHouseholdsSuppressed"].ShouldBe(word);
        row["beneficiaryPersons"].ShouldBe(shown);
        row["beneficiaryPersonsSuppressed"].ShouldBe(word);
        JsonNode? json = DataWorld.ReadJson(files["data/notices/f-1.json"])["notices"]![0]!["beneficiaryPersons"];
        (json?.ToString() ?? "").ShouldBe(shown);
    }

    [Fact]
    public void Headcount_NotStated_HasNoWordEither()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(DataWorld.Entries(Words)));
        Dictionary<string, string> row = DataWorld.ReadCsv(files["data/notices.csv"]).Single();
        row["beneficiaryHouseholds"].ShouldBe("");
        row["beneficiaryHouseholdsSuppressed"].ShouldBe("");
    }

    [Fact]
    public void Fingerprint_OfANotice_IsInNoFile()
    {
        foreach ((string path, byte[] bytes) in DataWorld.Render(DataWorld.Of(DataWorld.Entries(Words))))
        {
            Encoding.UTF8.GetString(bytes).ShouldNotContain("ff00ff00", customMessage: path);
        }
    }

}
