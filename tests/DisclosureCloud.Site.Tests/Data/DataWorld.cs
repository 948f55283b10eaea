using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Data;

/// <summary>The sample world's data files, and readers for them that share no code with the writers.</summary>
internal static class DataWorld
{
    public static Snapshot Sample { get; } = Of(SampleWorld.Entries);

    public static Snapshot Of(IEnumerable<Entry> entries)
    {
        Entry[] all = [.. entries];
        return new Snapshot(all.Length, SampleWorld.Today, [.. all], SiteSettings.Trial);
    }

    public static Dictionary<string, byte[]> Render(Snapshot snapshot) =>
        DataFiles.Plan(snapshot).ToDictionary(file => file.Path, file => file.Render(), StringComparer.Ordinal);

    public static List<Dictionary<string, string>> ReadCsv(byte[] bytes)
    {
        using var text = new StringReader(new UTF8Encoding(false, true).GetString(bytes));
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });
        csv.Read();
        csv.ReadHeader();
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(csv.HeaderRecord!.ToDictionary(name => name, name => csv.GetField(name)!, StringComparer.Ordinal));
        }

        return rows;
    }

    public static List<JsonObject> ReadNdjson(byte[] bytes) =>
        [.. new UTF8Encoding(false, true).GetString(bytes).Split('\n')[..^1].Select(line => JsonNode.Parse(line)!.AsObject())];

    public static JsonObject ReadJson(byte[] bytes) => JsonNode.Parse(bytes)!.AsObject();

    public static long Sum(IEnumerable<Dictionary<string, string>> rows, string column) =>
        rows.Sum(row => long.Parse(row[column], CultureInfo.InvariantCulture));

    public static FundId FundId { get; } = Id.Parse<FundId>("f-1");

    public static ProjectId ProjectId { get; } = Id.Parse<ProjectId>("f-1-p01");

    /// <summary>An entry of that fact, posted over HTTP.</summary>
    public static Entry EntryOf(Fact fact, int number) => new(
        EntryId.Of(PostingId.Of(SampleWorld.Department, "any"), number), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact);

    /// <summary>A fund with one project whose words are given, one allocation, a pass-down, and a notice with these counts.</summary>
    public static Entry[] Entries(
        Func<FreeText> text, Headcount? households = null, Headcount? persons = null, Money? disbursed = null)
    {
        RegionCode region = Id.Parse<RegionCode>("410503");
        PostingId posting = PostingId.Of(SampleWorld.Department, "hand");
        NoticeId notice = Id.Parse<NoticeId>("f-1");
        List<Fact> facts =
        [
            new Fund(FundId, text(), new BudgetYear(2020), region, [text(), text(), text()], text(), text(), null, [], [], notice),
            new Appropriation(FundId, SourceLevel.Central, SourceNature.Bond, text(), new Money(1000), text(), null, notice),
            new Project(
                FundId, ProjectId, ProjectType.Project, text(), region, text(), text(), text(), null, null, null, null, null, null, null, null, [], [],
                notice),
            new Allocation(FundId, ProjectId, new Money(700), null, null, null, null, text(), text(), 1, notice),
            new PassDown(
                FundId, new Money(300), region.Below("x"), text(), text(), text(), text(), null, null, null, null, null, text(), text(), 2,
                notice),
        ];
        if (disbursed is { } paid)
        {
            facts.Add(new Disbursement(FundId, ProjectId, EntryId.Of(posting, 4), paid, null, null, null, null, null, text(), notice));
        }

        facts.Add(new Notice(
            notice, FundId, NoticeForm.Gonggao, text(), text(), new BudgetYear(2020), region, [text(), text(), text()], new Money(1000),
            null, null, text(), text(), text(), null, null, [text(), text()], [text()], text(), households, persons, text(),
            EntryId.Of(posting, 1), EntryId.Of(posting, facts.Count), Fingerprint.Of("ff00ff00")));
        return
        [
            .. facts.Select((fact, i) => new Entry(
                EntryId.Of(posting, i + 1),
                i == 0 ? null : SampleWorld.Today,
                SampleWorld.RecordedAt,
                SampleWorld.Department,
                Channel.Http,
                fact)),
        ];
    }
}
