using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>Leaves, rows and openings made by hand: as many as are wanted, of one fund, with two publications, a seal and a redaction.</summary>
internal static class SmallWorld
{
    /// <summary>More than a full tile, so that there are two levels; the first publication is of an earlier checkpoint.</summary>
    public const int Facts = 300;

    private const int FirstPublished = 40;

    /// <summary>A small site that is right in everything.</summary>
    public static SignedSite Site(int facts = Facts, params ECDsa[] keys)
    {
        var site = new SignedSite(keys);
        for (int i = 0; i < FirstPublished; i++)
        {
            site.Add(Leaf(i));
        }

        site.Publish(Files(FirstPublished));
        site.Add(Seal(segment: 0, firstLeaf: 0, leaves: 30), isFact: false);
        for (int i = FirstPublished; i < facts - 1; i++)
        {
            site.Add(Leaf(i));
        }

        site.Add(Redaction(facts - 1, of: 5));
        site.Publish(FilesOf(site, facts));
        return site;
    }

    /// <summary>The entry's leaf: even ones hold two commitments.</summary>
    public static byte[] Leaf(int i) => CanonicalJson.Write(LeafJson(i));

    public static JsonObject LeafJson(int i)
    {
        var leaf = new JsonObject
        {
            ["amountFen"] = i == 0 ? null : 100 + i,
            ["channel"] = "http",
            ["date"] = "2026-01-02",
            ["department"] = "finance",
            ["format"] = 1,
            ["fund"] = "f1",
            ["id"] = Id(i),
            ["kind"] = i == 0 ? "fund" : "appropriation",
            ["recordedAt"] = "2026-11-22T01:00:00.000Z",
        };
        if (i == 0)
        {
            leaf.Remove("amountFen");
        }

        if (i % 2 == 0)
        {
            leaf["name"] = new JsonObject { ["commitment"] = Commitment(i, "name") };
            leaf["notes"] = new JsonArray(new JsonObject { ["commitment"] = Commitment(i, "note") });
        }

        return leaf;
    }

    /// <summary>A redaction; of the value that is withheld in every fourth entry where nothing else is named.</summary>
    public static byte[] Redaction(int i, int of, params string[] values) => CanonicalJson.Write(new JsonObject
    {
        ["channel"] = "http",
        ["cites"] = Id(of - 1),
        ["values"] = new JsonArray([.. (values is [] ? ["/notes/0"] : values).Select(value => (JsonNode)value)]),
        ["department"] = "finance",
        ["format"] = 1,
        ["id"] = Id(i),
        ["kind"] = "redaction",
        ["recordedAt"] = "2026-11-22T01:00:00.000Z",
    });

    public static byte[] Seal(int segment, int firstLeaf, int leaves) => CanonicalJson.Write(new JsonObject
    {
        ["channel"] = "publisher",
        ["department"] = "site",
        ["firstLeaf"] = firstLeaf,
        ["format"] = 1,
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"seal{segment}-1"),
        ["kind"] = "archive-seal",
        ["leaves"] = leaves,
        ["recordedAt"] = "2026-11-22T01:00:00.000Z",
        ["segment"] = segment,
        ["sha256"] = SignedSite.Hash([2]),
    });

    /// <summary>The files of a site that shows so many entries, all but the openings.</summary>
    public static Dictionary<string, byte[]> Files(int facts, params int[] without)
    {
        long sum = Enumerable.Range(1, Math.Min(facts, Facts - 1) - 1).Sum(i => 100L + i);
        string figure = Figure(sum);
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["index.html"] = Utf8($"<p>All: <data value=\"{sum}\" data-of=\"all/appropriated\">{figure}</data></p>"),
            ["funds/f1/index.html"] = Utf8($"<p><data value=\"{sum}\" data-of=\"fund/f1/appropriated\">{figure}</data> <data value=\"12\">0.12</data></p>"),
            ["assets/site.css"] = Utf8("p { margin: 0 }\n"),
            ["data/entries.ndjson"] = Utf8(string.Concat(Rows(facts, without).Select(row => row.ToJsonString() + "\n"))),
            ["data/entries.csv"] = Utf8("entry,kind,date,amountFen,recordedAt,department,channel,text\r\n" + string.Concat(Rows(facts, without).Select(Csv))),
        };
    }

    /// <summary>The same, and the openings of the leaves that are logged: of every fourth entry the second value is withheld.</summary>
    public static Dictionary<string, byte[]> FilesOf(SignedSite site, int facts)
    {
        Dictionary<string, byte[]> files = Files(facts);
        foreach ((long bundle, string lines) in Openings(site))
        {
            files[string.Create(CultureInfo.InvariantCulture, $"data/openings/{bundle:D6}.ndjson")] = Utf8(lines);
        }

        return files;
    }

    public static IEnumerable<(long Bundle, string Lines)> Openings(SignedSite site) => site.Leaves
        .Select((leaf, index) => (Index: index, Json: JsonNode.Parse(leaf)!.AsObject()))
        .Where(one => one.Json["name"] is not null)
        .GroupBy(one => one.Index / 256)
        .Select(ofOne => ((long)ofOne.Key, string.Concat(ofOne.Select(one => Encoding.UTF8.GetString(CanonicalJson.Write(OpeningLine(one.Index, one.Json))) + "\n"))));

    public static JsonObject OpeningLine(long leafIndex, JsonObject leaf)
    {
        string id = leaf["id"]!.GetValue<string>();
        int i = int.Parse(id[1..^2], CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["entry"] = id,
            ["leafIndex"] = leafIndex,
            ["openings"] = new JsonArray([.. (i % 4 == 0 ? new[] { "name" } : ["name", "note"]).Select(what => new JsonObject
            {
                ["commitment"] = Commitment(i, what), ["salt"] = Convert.ToHexStringLower(Salt(i, what)), ["value"] = Value(i, what),
            })]),
        };
    }

    public static string Figure(long fen) => fen % 100 == 0
        ? (fen / 100).ToString("N0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{fen / 100:N0}.{fen % 100:D2}");

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<JsonObject> Rows(int facts, int[] without) => Enumerable.Range(0, facts).Except(without).Select(i =>
    {
        JsonObject leaf = i == Facts - 1 ? JsonNode.Parse(Redaction(i, of: 5))!.AsObject() : LeafJson(i);
        return new JsonObject
        {
            ["entry"] = leaf["id"]!.DeepClone(),
            ["kind"] = leaf["kind"]!.DeepClone(),
            ["date"] = leaf["date"]?.DeepClone(),
            ["amountFen"] = leaf["amountFen"]?.DeepClone(),
            ["recordedAt"] = leaf["recordedAt"]!.DeepClone(),
            ["department"] = leaf["department"]!.DeepClone(),
            ["channel"] = leaf["channel"]!.DeepClone(),
            ["text"] = "甲, \"乙\"",
        };
    });

    private static string Csv(JsonObject row) =>
        string.Join(',', row.Select(cell => cell.Key == "text" ? "\"甲, \"\"乙\"\"\r\n丙\"" : cell.Value?.ToString() ?? "")) + "\r\n";

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"e{i}-1");

    private static byte[] Salt(int i, string what) => SHA256.HashData(Utf8(string.Create(CultureInfo.InvariantCulture, $"salt {i} {what}")));

    private static string Value(int i, string what) => string.Create(CultureInfo.InvariantCulture, $"值 \"{what}\" {i}");

    private static string Commitment(int i, string what) => SignedSite.Hash([.. Salt(i, what), .. Utf8(Value(i, what))]);
}
