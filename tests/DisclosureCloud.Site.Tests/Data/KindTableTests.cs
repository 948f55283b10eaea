using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Suppression;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Data;

/// <summary>Every kind is public data, whether somebody made a table for it or not.</summary>
public sealed class KindTableTests
{
    private static readonly Func<FreeText> Words = () => FreeText.Of("词");
    private static readonly SnapshotIndex Index = new(DataWorld.Entries(Words));

    public static TheoryData<string> Kinds => [.. KindSchema.All.Select(kind => kind.Name)];

    [Fact]
    public void Kinds_ButWhatTheProgramSaysOfItself_HaveOneTableEach()
    {
        foreach (KindSchema kind in KindSchema.All)
        {
            DataTables.All.Count(table => table != DataTables.Entries && table.Kinds.Contains(kind)).ShouldBe(kind.Name is "publication" or "archive-seal" ? 0 : 1, kind.Name);
        }

        DataTables.All.Select(table => table.Name).ShouldBeUnique(StringComparer.Ordinal);
        DataTables.ByKind.ShouldAllBe(table => table.Name == table.Kinds.Single().Name);
        DataTables.ByKind.Select(table => table.Name).ShouldBe(DataTables.ByKind.Select(table => table.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("data/index.html")]
    [InlineData("en/data/index.html")]
    public void PageOfTheData_LinksBothFilesOfEveryTable(string path) => TestSite.Sample.Page(path).QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href"))
        .ShouldBe(DataTables.ByHand.Concat(HeadcountTables.All).Concat(DataTables.ByKind).SelectMany(table => new[] { $"/{table.CsvPath}", $"/{table.NdjsonPath}" }));

    // The sealed form of a fact in clear comes from the ledger and shares no code with the columns.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Row_OfAnyKind_HoldsEveryFieldOfTheFact(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        Fact fact = AnyFact.Of(kind, Words);
        JsonObject row = RowOf(kind, fact);
        JsonObject plain = SealedFact.Plain(fact);
        foreach (FieldSchema field in kind.Fields.Where(field => field.ValueType != typeof(Fingerprint)))
        {
            Text(row[FieldColumns.NameOf(name, field.LeafName)]).ShouldBe(Text(plain[field.LeafName]), $"{name}.{field.Name}");
        }

        row["entry"]!.ToString().ShouldBe(DataWorld.EntryOf(fact, 1).Id.Value);
        row["department"]!.ToString().ShouldBe(SampleWorld.Department.Value);
        row["date"]!.ToString().ShouldBe("2026-11-22");
        row["recordedAt"]!.ToString().ShouldStartWith("2026-11-22T01:00:00");
        row["channel"]!.ToString().ShouldBe("http");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Row_OfABareFact_IsEmptyWhereNothingIsStated(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        JsonObject row = RowOf(kind, AnyFact.Bare(kind, () => FreeText.Withheld));
        foreach (FieldSchema field in kind.Fields.Where(field => field.Name is not ("region" or "notice") && (!field.IsRequired || field.IsArray || field.ValueType == typeof(FreeText))))
        {
            row[FieldColumns.NameOf(name, field.LeafName)].ShouldBeNull($"{name}.{field.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Columns_OfAnyKind_HaveTheWordsOfTheirFields(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        DataTable table = KindTable.Of(kind);

        table.Columns.Select(column => column.Name).ShouldBeUnique(StringComparer.Ordinal);
        table.Columns[0].Name.ShouldBe("entry");
        foreach (FieldSchema field in kind.Fields.Where(field => field.ValueType == typeof(Money) && !field.IsArray))
        {
            Column column = table.Columns.Single(column => column.Name == $"{field.Name}Fen");
            (column.Type, column.Chinese, column.English).ShouldBe((ColumnType.Integer, field.Chinese, field.English));
            table.Columns.ShouldContain(one => one.Name == "currency");
        }

        foreach (FieldSchema field in kind.Fields.Where(field => field.ValueType.IsEnum && !field.IsArray))
        {
            table.Columns.Single(column => column.Name == field.LeafName).Codes.ShouldBe(Code.Texts(field.ValueType));
        }
    }

    [Fact]
    public void Row_OfAFactOfAProject_SaysWhereItBelongs()
    {
        JsonObject row = RowOf(KindSchema.Find("progress")!, AnyFact.Of(KindSchema.Find("progress")!, Words));

        row.Select(cell => cell.Key).ShouldBe(
        [
            "entry", "fund", "fundName", "budgetYear", "project", "projectName", "region", "regionName", "stage", "percent", "done", "milestone", "actuals", "evidence",
            "date", "recordedAt", "department", "channel", "amendedBy",
        ]);
        row["fundName"]!.ToString().ShouldBe("词");
        row["budgetYear"]!.GetValue<int>().ShouldBe(2020);
        row["region"]!.ToString().ShouldBe("410503");
    }

    /// <summary>Nothing in the row of an approval but its id said what was approved.</summary>
    [Fact]
    public void Entries_OfTheProjectLibrary_NameTheItem()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(TestSite.SnapshotOf(MoneyWorld.Entries, MoneyWorld.AsOf));
        ILookup<string, Dictionary<string, string>> rows = DataWorld.ReadCsv(files["data/entries.csv"]).ToLookup(row => row["kind"], StringComparer.Ordinal);

        rows["plan-item"].Select(row => (row["planItem"], row["planItemName"])).ShouldBe([("road-2020", "道路硬化"), ("pond-2020", "鱼塘"), ("mill-2021", "磨坊"), ("mistaken", "错项")]);
        rows["plan-approval"].Select(row => (row["planItem"], row["planItemName"])).ShouldBe(
            [("road-2020", "道路硬化"), ("road-2020", "道路硬化"), ("road-2020", "道路硬化"), ("pond-2020", "鱼塘")]);
        rows["project"].ShouldContain(row => row["planItem"] == "road-2020" && row["project"] == "road");
        rows["withdrawal"].ShouldContain(row => row["planItem"] == "mistaken");
        rows["appropriation"].ShouldAllBe(row => row["planItem"].Length == 0);
    }

    [Fact]
    public void Amendments_InTheirTables_SayWhoseTheyAre()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(TestSite.SnapshotOf(MoneyWorld.Entries, MoneyWorld.AsOf));

        DataWorld.ReadCsv(files["data/correction.csv"]).Select(row => (row["citesKind"], row["fund"], row["fundName"], row["budgetYear"], row["project"]))
            .ShouldBe([("disbursement", "county-2020", "县扶贫资金", "2020", "road"), ("household-transfer", "county-2020", "县扶贫资金", "2020", "subsidy")]);
        DataWorld.ReadCsv(files["data/withdrawal.csv"]).Select(row => (row["citesKind"], row["fund"], row["project"], row["planItem"])).ShouldBe(
            [("disbursement", "county-2020", "road", "road-2020"), ("fund", "gone-2020", "", ""), ("project", "county-2020", "road-again", "road-2020"), ("plan-item", "", "", "mistaken")]);
        foreach (string table in new[] { "correction", "withdrawal" })
        {
            string package = System.Text.Encoding.UTF8.GetString(files["data/datapackage.json"]);
            package.ShouldContain($"\"path\":\"{table}.csv\"");
            DataTables.All.Single(one => one.Name == table).Columns.Single(column => column.Name == "fund").English.ShouldBe("The fund");
        }
    }

    [Theory]
    [InlineData(0, "0", null)]
    [InlineData(1, null, "under-10")]
    [InlineData(9, null, "under-10")]
    [InlineData(10, "10", null)]
    public void Headcount_OfOneToNine_IsNotGiven(int count, string? shown, string? word)
    {
        JsonObject row = RowOf(KindSchema.Find("notice")!, AnyFact.Of(KindSchema.Find("notice")!, Words, Headcount.Of(count)));

        (row["beneficiaryHouseholds"]?.ToString()).ShouldBe(shown);
        (row["beneficiaryHouseholdsSuppressed"]?.ToString()).ShouldBe(word);
    }

    [Fact]
    public void Fingerprint_OfANotice_HasNoColumn() =>
        RowOf(KindSchema.Find("notice")!, AnyFact.Of(KindSchema.Find("notice")!, Words)).ToJsonString().ShouldNotContain("ff00ff00");

    [Fact]
    public void Field_NamedAsTheRowsId_IsCalledAfterItsKind()
    {
        FieldColumns.NameOf("flag-reply", "entry").ShouldBe("flagReplyEntry");
        FieldColumns.NameOf("flag-reply", "stage").ShouldBe("stage");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Entries_OfAnyWorld_StandInOneTableEach(int seed)
    {
        ImmutableArray<Entry> entries = RandomWorld.Entries(seed, steps: 150);
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(entries));

        DataTables.All.Where(table => table != DataTables.Entries).SelectMany(table => DataWorld.ReadCsv(files[table.CsvPath])).Select(row => row["entry"])
            .Order(StringComparer.Ordinal).ShouldBe(entries.Select(entry => entry.Id.Value).Order(StringComparer.Ordinal));
        foreach (DataTable table in DataTables.ByKind)
        {
            DataWorld.ReadCsv(files[table.CsvPath]).Select(row => row["entry"])
                .ShouldBe(entries.Where(entry => KindSchema.Of(entry.Fact) == table.Kinds[0]).Select(entry => entry.Id.Value), table.Name);
        }
    }

    [Fact]
    public void FileOfAProject_WithProgress_HasItUnderItsKind()
    {
        Entry[] entries =
        [
            .. DataWorld.Entries(Words),
            DataWorld.EntryOf(new Progress(DataWorld.FundId, DataWorld.ProjectId, ProgressStage.Started, null, FreeText.Of("已铺路基"), null, [], null), 1),
        ];

        JsonObject file = DataWorld.ReadJson(DataWorld.Render(DataWorld.Of(entries))["data/projects/f-1-p01.json"]);

        file["progress"]!.AsArray().Single()!["done"]!.ToString().ShouldBe("已铺路基");
        file.ContainsKey("acceptance").ShouldBeFalse();
        file.ContainsKey("disbursements").ShouldBeTrue();
    }

    [Fact]
    public void FileOfAProject_NobodyRegistered_IsNotThere()
    {
        var fact = new Progress(Id.Parse<FundId>("no-fund"), Id.Parse<ProjectId>("no-project"), ProgressStage.Started, null, Words(), null, [], null);

        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of([.. DataWorld.Entries(Words), DataWorld.EntryOf(fact, 1)]));

        files.Keys.ShouldNotContain(path => path.Contains("/no-", StringComparison.Ordinal));
        DataWorld.ReadCsv(files["data/progress.csv"]).Single()["project"].ShouldBe("no-project");
    }

    [Fact]
    public void Project_NamedWithoutItsFund_IsTheFirstRegistered()
    {
        Index.Project(fund: null, DataWorld.ProjectId).ShouldNotBeNull();
        Index.Project(fund: null, Id.Parse<ProjectId>("no-project")).ShouldBeNull();
        Index.Project(Id.Parse<FundId>("no-fund"), DataWorld.ProjectId).ShouldBeNull();
        Index.Project(DataWorld.FundId, project: null).ShouldBeNull();
    }

    private static JsonObject RowOf(KindSchema kind, Fact fact)
    {
        DataTable table = KindTable.Of(kind);
        return DataWorld.ReadNdjson(JsonRows.WriteNdjson(table.Columns, table.Rows([PublicFact.Of(DataWorld.EntryOf(fact, 1))], Index))).Single();
    }

    // A quantity is a text in a leaf and a number in a table: both are read here as the text.
    private static string? Text(JsonNode? value) => value switch
    {
        JsonValue one => one.ToString(),
        JsonArray items => $"[{string.Join(',', items.Select(Text))}]",
        JsonObject group => $"{{{string.Join(',', group.Select(part => $"{part.Key}:{Text(part.Value)}"))}}}",
        _ => null,
    };
}
