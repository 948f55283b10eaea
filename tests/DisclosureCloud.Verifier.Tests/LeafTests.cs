using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>Logs that are signed and whole, and hold what they must not: it is the publisher who is wrong.</summary>
public sealed class LeafTests
{
    private static readonly Dictionary<string, byte[]> Page = new(StringComparer.Ordinal) { ["index.html"] = [1] };

    [Theory]
    [InlineData("{\"format\":1,\"id\":\"x-1\",\"kind\":\"interest\" }", "is not canonical JSON (RFC 8785) at its byte 40.")]
    [InlineData("{\"id\":\"x-1\",\"format\":1,\"kind\":\"interest\"}", "is not canonical JSON (RFC 8785) at its byte 12.")]
    [InlineData("{\"format\":1,\"kind\":\"interest\"}", "is no entry: it has no id or no kind.")]
    [InlineData("[1]", "is no entry: it has no id or no kind.")]
    [InlineData("{\"format\":2,\"id\":\"x-1\",\"kind\":\"interest\"}", "is of a format that this program does not know; wanted 1.")]
    [InlineData("", "is not canonical JSON (RFC 8785) at its byte 0.")]
    public async Task Verify_OfALeafThatIsNone_NamesTheLeaf(string leaf, string wanted)
    {
        using var site = new SignedSite();
        site.Add(SmallWorld.Leaf(0));
        site.Add(SmallWorld.Utf8(leaf));
        site.Publish(Page, position: 1);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe($"leaf 1: {wanted}");
    }

    [Fact]
    public async Task Verify_OfAnIdThatIsThereTwice_NamesTheSecond()
    {
        using var site = new SignedSite();
        site.Add(SmallWorld.Leaf(0));
        site.Add(SmallWorld.Leaf(1));
        site.Add(CanonicalJson.Write(Changed(SmallWorld.LeafJson(1), "amountFen", 5)));
        site.Publish(Page, position: 2);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe("leaf 2: has the id 'e1-1' of an earlier leaf.");
    }

    [Theory]
    [InlineData("previous", "nobody-1", "leaf 3: is a publication after nobody-1; the one before it in the log is site0-1.")]
    [InlineData("previous", null, "leaf 3: is a publication after none; the one before it in the log is site0-1.")]
    [InlineData("position", 0, "leaf 3: publishes position 0; the publication before it had 1.")]
    [InlineData("position", 3, "leaf 3: publishes position 3; the tree of 3 leaves that it names has 2 entries.")]
    [InlineData("treeSize", 0, "leaf 3: states treeSize 0, which is not from 1 to its own index.")]
    [InlineData("treeSize", 4, "leaf 3: states treeSize 4, which is not from 1 to its own index.")]
    [InlineData("treeSize", null, "leaf 3: is a publication that states no treeSize; the one before it does.")]
    [InlineData("position", null, "leaf 3: is a publication without position, asOf or manifestSha256.")]
    public async Task Verify_OfAPublicationThatDoesNotFollow_NamesItsLeaf(string field, object? value, string wanted)
    {
        using var site = new SignedSite();
        site.Add(SmallWorld.Leaf(0));
        site.Publish(Page);
        site.Add(SmallWorld.Leaf(1));
        site.Publish(Page, change: leaf => Changed(leaf, field, value));
        (await site.VerifyAsync()).Findings[0].ToString().ShouldBe(wanted);
    }

    [Theory]
    [InlineData(1, 0, 2, false)]
    [InlineData(0, 1, 2, false)]
    [InlineData(0, 0, 0, false)]
    [InlineData(0, 0, 4, false)] // Of leaves that come after it.
    [InlineData(0, 0, 3, true)]
    public async Task Verify_OfAFirstSegment_FitsOrNot(int segment, int firstLeaf, int leaves, bool good)
    {
        using var site = new SignedSite();
        for (int i = 0; i < 3; i++)
        {
            site.Add(SmallWorld.Leaf(i));
        }

        site.Add(SmallWorld.Seal(segment, firstLeaf, leaves), isFact: false);
        site.Publish(Page);
        (await site.VerifyAsync()).Findings.Select(finding => finding.Subject).ShouldBe(good ? [] : ["leaf 3"]);
    }

    [Fact]
    public async Task Verify_OfSegmentsThatLeaveAGap_NamesTheSecondSeal()
    {
        using var site = new SignedSite();
        for (int i = 0; i < 5; i++)
        {
            site.Add(SmallWorld.Leaf(i));
        }

        site.Add(SmallWorld.Seal(0, 0, 2), isFact: false);
        site.Add(SmallWorld.Seal(1, 3, 2), isFact: false);
        site.Publish(Page);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe("leaf 6: seals segment 1 of 2 leaves from 3; wanted segment 1 from 2, of leaves that stand before it.");
    }

    [Theory]
    [InlineData("position", 7)]
    [InlineData("leafIndex", 5)]
    [InlineData("treeSize", 6)]
    [InlineData("rootHash", "x")]
    [InlineData("asOf", "2026-11-23")]
    [InlineData("contentVersion", null)]
    [InlineData("version", "1.2.4")]
    [InlineData("version", null)]
    [InlineData("publication", null)]
    [InlineData("hotline", "12345")]
    public async Task Verify_OfAStatusThatSaysAnotherThing_NamesIt(string field, object? value)
    {
        using var site = new SignedSite();
        site.Add(SmallWorld.Leaf(0));
        site.Publish(Page);
        JsonObject status = JsonNode.Parse(site.Read("status.json"))!.AsObject();
        site.Write("status.json", [.. CanonicalJson.Write(Changed(status, field, value)), (byte)'\n']);
        Finding finding = (await site.VerifyAsync()).Findings.ShouldHaveSingleItem();
        finding.Subject.ShouldBe("status.json");
        finding.Message.ShouldContain(field);
    }

    [Fact]
    public async Task Verify_OfAManifestThatWasMadeAgain_NamesIt()
    {
        using SignedSite site = SmallWorld.Site();
        site.Write("index.html", SmallWorld.Utf8("<p>Nothing was paid.</p>"));
        site.WriteManifest();
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith("data/manifest.json: has the SHA-256");
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("log/checkpoint")]
    [InlineData("status.json")]
    public async Task Verify_OfALoggedManifestWithSuchAPath_NamesTheManifest(string path)
    {
        using var site = new SignedSite();
        site.Add(SmallWorld.Leaf(0));
        byte[] manifest = CanonicalJson.Write(new JsonObject
        {
            ["files"] = new JsonArray(new JsonObject { ["bytes"] = 0, ["path"] = path, ["sha256"] = SignedSite.Hash([]) }), ["format"] = 1,
        });
        site.Publish(Page, change: leaf => leaf["manifestSha256"] = SignedSite.Hash(manifest));
        site.Write("data/manifest.json", manifest);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe($"data/manifest.json: lists '{path}', which is no path of a listed file.");
    }

    private static JsonObject Changed(JsonObject json, string field, object? value)
    {
        json.Remove(field);
        if (value is not null)
        {
            json[field] = value is int number ? JsonValue.Create(number) : JsonValue.Create((string)value);
        }

        return json;
    }
}
