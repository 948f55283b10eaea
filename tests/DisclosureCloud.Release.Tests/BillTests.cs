using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Release.Tests;

/// <summary>The bill of materials says what is in the zip: all of it, and nothing besides.</summary>
public sealed class BillTests(MadeRelease release)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private JsonElement App => release.Bill.GetProperty("metadata").GetProperty("component");

    private JsonElement[] Parts => [.. release.Bill.GetProperty("components").EnumerateArray()];

    [Fact]
    public async Task Bill_HasTheFormOfCycloneDx()
    {
        (await HostSchemas.CheckAsync("bom", release.Bill.GetRawText(), Cancel)).ShouldBeEmpty();
        foreach ((string field, JsonNode wrong) in new (string, JsonNode)[] { ("specVersion", 1), ("serialNumber", "urn:uuid:x"), ("components", new JsonArray(new JsonObject { ["name"] = "x" })) })
        {
            JsonObject bill = JsonNode.Parse(release.Bill.GetRawText())!.AsObject();
            bill[field] = wrong;
            (await HostSchemas.CheckAsync("bom", bill.ToJsonString(), Cancel)).ShouldNotBeEmpty(field);
        }
    }

    [Fact]
    public void Bill_ListsEachFileOfTheZip_WithItsHash()
    {
        var listed = Parts.Append(App).SelectMany(FilesOf).ToDictionary(file => file.Name, file => file.Sha256, StringComparer.Ordinal);
        using ZipArchive zip = ZipFile.OpenRead(release.Files.Package);
        zip.Entries.Select(entry => entry.FullName).ShouldBe(listed.Keys, ignoreOrder: true);
        foreach ((string name, string sha256) in listed)
        {
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(release.Root, name)))).ShouldBe(sha256, name);
        }
    }

    [Fact]
    public void Libraries_AreOfAPackageOrOfUs()
    {
        FilesOf(App).Select(file => file.Name).Where(name => Path.GetExtension(name) is ".dll" or ".so").ShouldBe(["disclosurecloud.dll"]);
        foreach (JsonElement part in Parts.Where(part => !part.TryGetProperty("purl", out _)))
        {
            string name = part.GetProperty("name").GetString()!;
            (name.StartsWith("DisclosureCloud.", StringComparison.Ordinal) || name == "System.IO.Hashing").ShouldBeTrue(name);
        }
    }

    /// <summary>The lock file of the app, which restoring holds packages to, has the same packages.</summary>
    [Fact]
    public void Packages_AreThoseOfTheLockFile()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Of($"{Sources.App}/packages.lock.json")));
        var locked = document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(package => package.Value.TryGetProperty("contentHash", out _))
            .DistinctBy(package => package.Name, StringComparer.Ordinal)
            .ToDictionary(package => package.Name, package => package.Value.GetProperty("contentHash").GetString()!, StringComparer.OrdinalIgnoreCase);
        int packages = 0;
        foreach (JsonElement part in Parts.Where(part => part.TryGetProperty("purl", out _) && !IsDotNet(part)))
        {
            string name = part.GetProperty("name").GetString()!;
            part.GetProperty("properties")[0].GetProperty("value").GetString().ShouldBe(locked[name], name);
            locked.Remove(name);
            packages++;
        }

        packages.ShouldBeGreaterThan(30);
        string.Join(' ', locked.Keys.Order(StringComparer.Ordinal)).ShouldBe(
            "Meziantou.Analyzer Microsoft.CodeAnalysis.BannedApiAnalyzers", "what is locked and not in the zip only checks the build");
        Parts.Count(IsDotNet).ShouldBe(2);
    }

    [Fact]
    public void Packages_StateLicencesThatAreAllowed()
    {
        foreach (JsonElement part in Parts.Where(part => !part.GetProperty("name").GetString()!.StartsWith("DisclosureCloud.", StringComparison.Ordinal)))
        {
            JsonElement licence = part.GetProperty("licenses").EnumerateArray().ShouldHaveSingleItem();
            string stated = licence.TryGetProperty("expression", out JsonElement expression) ? expression.GetString()! : licence.GetProperty("license").GetProperty("id").GetString()!;
            stated.Split(" OR ").ShouldContain(id => Licence.Allowed.Contains(id), part.GetProperty("name").GetString());
        }
    }

    [Fact]
    public void Graph_ReachesEachPartFromTheApp()
    {
        var uses = release.Bill.GetProperty("dependencies").EnumerateArray().ToDictionary(
            one => one.GetProperty("ref").GetString()!, one => one.GetProperty("dependsOn").EnumerateArray().Select(to => to.GetString()!).ToArray(), StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Queue<string>([App.GetProperty("bom-ref").GetString()!]);
        while (ahead.TryDequeue(out string? next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(uses[next], ahead.Enqueue);
            }
        }

        Parts.Select(part => part.GetProperty("bom-ref").GetString()!).Except(reached, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Notices_NameEachPackage()
    {
        string text = File.ReadAllText(release.Files.Notices);
        text.ShouldBe(File.ReadAllText(Path.Combine(release.Root, "THIRD-PARTY-NOTICES.txt")));
        foreach (JsonElement part in Parts.Where(part => part.TryGetProperty("purl", out _)))
        {
            text.Contains($"\n{part.GetProperty("name").GetString()} {part.GetProperty("version").GetString()}\n", StringComparison.Ordinal).ShouldBeTrue(part.GetProperty("name").GetString());
        }
    }

    private static bool IsDotNet(JsonElement part) => part.GetProperty("bom-ref").GetString()!.StartsWith("runtimepack.", StringComparison.Ordinal);

    private static IEnumerable<(string Name, string Sha256)> FilesOf(JsonElement part) => part.TryGetProperty("components", out JsonElement files)
        ? files.EnumerateArray().Select(file => (file.GetProperty("name").GetString()!, file.GetProperty("hashes")[0].GetProperty("content").GetString()!))
        : [];
}
