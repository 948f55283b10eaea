using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>Openings that were published and logged, and are not true.</summary>
public sealed class OpeningTests
{
    private const string File = "data/openings/000000.ndjson";

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "value", "line 2 has a salt and a value that do not make the commitment" },
        { "salt", "line 2 has a salt and a value that do not make the commitment" },
        { "short salt", "line 2 has a salt and a value that do not make the commitment" },
        { "commitment", "line 2 opens" },
        { "order", "line 2 opens" },
        { "twice", "line 2 opens" },
        { "none", "line 2 opens nothing" },
        { "entry", "line 2 names the entry 'e1-1'; leaf 2 is 'e2-1'." },
        { "leaf", "line 3 is of leaf 4, which is not in its place here." },
        { "other bundle", "line 2 is of leaf 300, which is not in its place here." },
        { "field", "line 2 has other fields" },
        { "opening field", "line 2 has an opening with other fields" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Verify_OfAnOpeningThatIsNotTrue_NamesItsLine(string fault, string wanted)
    {
        using SignedSite site = SmallWorld.Site();
        string[] lines = Encoding.UTF8.GetString(site.Read(File)).Split('\n')[..^1];
        JsonObject line = JsonNode.Parse(lines[1])!.AsObject();
        JsonArray openings = line["openings"]!.AsArray();
        JsonObject first = openings[0]!.AsObject();
        Action change = fault switch
        {
            "value" => () => first["value"] = "别的",
            "salt" => () => first["salt"] = new string('0', 64),
            "short salt" => () => first["salt"] = "00",
            "commitment" => () => first["commitment"] = new string('a', 64),
            "order" => () => line["openings"] = new JsonArray(openings[1]!.DeepClone(), first.DeepClone()),
            "twice" => () => openings.Add(first.DeepClone()),
            "none" => () => line["openings"] = new JsonArray(),
            "entry" => () => line["entry"] = "e1-1",
            "leaf" => () => line["leafIndex"] = 4,
            "other bundle" => () => line["leafIndex"] = 300,
            "field" => () => line["more"] = 1,
            _ => () => first["more"] = 1,
        };
        change();
        lines[1] = Encoding.UTF8.GetString(CanonicalJson.Write(line));
        if (fault == "leaf")
        {
            line["entry"] = "e4-1";
            line["openings"] = JsonNode.Parse(lines[2])!["openings"]!.DeepClone();
            lines[1] = Encoding.UTF8.GetString(CanonicalJson.Write(line));
        }

        Dictionary<string, byte[]> files = SmallWorld.FilesOf(site, SmallWorld.Facts);
        files[File] = SmallWorld.Utf8(string.Concat(lines.Select(one => one + "\n")));
        site.Publish(files);
        Finding finding = (await site.VerifyAsync()).Findings.ShouldHaveSingleItem();
        finding.Subject.ShouldBe(File);
        finding.Message.ShouldStartWith(wanted);
    }
}
