using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using DisclosureCloud.Emulators;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Release.Tests;

/// <summary>The zip is what Azure needs, and nothing else.</summary>
public sealed class PackageTests(MadeRelease release)
{
    /// <summary>Set in the environment, the release is made twice.</summary>
    private const string SlowTier = "DISCLOSURE_SLOW_TESTS";

    private const int FileMode = 0x81A4; // 100644
    private const int ExecutableMode = 0x81ED; // 100755

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Zip_HasOneFileToRun_AndStatesNoTimeAndNoOrderOfItsOwn()
    {
        using ZipArchive zip = ZipFile.OpenRead(release.Files.Package);
        string[] names = [.. zip.Entries.Select(entry => entry.FullName)];
        string.Join('\n', names).ShouldBe(string.Join('\n', names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)));
        zip.Entries.ShouldAllBe(entry => entry.LastWriteTime.DateTime == new DateTime(1980, 1, 1));
        zip.Entries.ShouldAllBe(entry => (entry.ExternalAttributes >> 16 & 0xFFFF) == (entry.FullName == "disclosurecloud" ? ExecutableMode : FileMode));
        names.Contains("disclosurecloud", StringComparer.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public void Zip_Holds_EachFunctionAndTheHostsSettings()
    {
        string app = RepositoryRoot.Of(Sources.App);
        string[] functions = [.. Directory.GetDirectories(app).Where(folder => File.Exists(Path.Combine(folder, "function.json"))).Select(folder => Path.GetFileName(folder)!)];
        functions.Length.ShouldBeGreaterThan(20);
        Directory.GetDirectories(release.Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ShouldBe(functions.Order(StringComparer.Ordinal));
        foreach (string function in functions)
        {
            File.ReadAllText(Path.Combine(release.Root, function, "function.json")).ShouldBe(File.ReadAllText(Path.Combine(app, function, "function.json")));
        }

        File.ReadAllText(Path.Combine(release.Root, "host.json")).ShouldBe(File.ReadAllText(RepositoryRoot.Of("host.json")));
    }

    [Fact]
    public void Zip_HoldsNothing_ThatOnlyAMachineOfOursNeeds()
    {
        string[] names = [.. Directory.GetFiles(release.Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(release.Root, file))];
        string[] endings = [".pdb", ".xml", ".md", ".pem", ".seed", ".db", ".user", ".cs", ".config"];
        names.Where(name => endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)).ShouldBeEmpty();
        names.Where(name => Path.GetFileName(name).StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) || name.Contains("local.settings", StringComparison.Ordinal)).ShouldBeEmpty();
        names.Where(name => Path.GetFileName(name) is "msvcp140.dll" or "vcruntime140.dll" or "Microsoft.Azure.Cosmos.ServiceInterop.dll").ShouldBeEmpty("they are for Windows, and under another licence");
        foreach (string name in names.Where(name => Path.GetFileName(name).StartsWith("DisclosureCloud.", StringComparison.OrdinalIgnoreCase)))
        {
            string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(release.Root, name)));
            text.Contains(Path.GetTempPath() + "disclosurecloud", StringComparison.Ordinal).ShouldBeFalse($"{name} names the folder that it was made in");
        }
    }

    /// <summary>As the Functions host starts it, on a machine without .NET.</summary>
    [Fact]
    public async Task Package_Started_AnswersWithItsVersion()
    {
        using var data = new TemporaryFolder();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Disclosure__Data"] = data.Path, ["DOTNET_ROOT"] = "/nowhere", ["PATH"] = "/nowhere", ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
        };
        await using FunctionsHost host = await FunctionsHost.StartAsync(release.Root, settings, Cancel);
        using var http = new HttpClient { BaseAddress = host.HandlerAddress };
        using HttpResponseMessage home = await http.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        ((int)home.StatusCode).ShouldBeLessThan(500);
        JsonElement health = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/health", UriKind.Relative), Cancel);
        health.GetProperty("version").GetString().ShouldBe(new Sources(RepositoryRoot.Path).Version);
    }

    [Fact]
    public void Package_CarriesDotNet_AndItsOwnSetting()
    {
        JsonElement options = JsonElement.Parse(File.ReadAllBytes(Path.Combine(release.Root, "disclosurecloud.runtimeconfig.json"))).GetProperty("runtimeOptions");
        options.GetProperty("includedFrameworks").EnumerateArray().Select(framework => framework.GetProperty("name").GetString())
            .ShouldBe(["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"], ignoreOrder: true);
        options.GetProperty("configProperties").GetProperty("System.Globalization.Invariant").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Sums_AreThoseOfTheFiles()
    {
        string[] lines = File.ReadAllLines(release.Files.Sums);
        string version = new Sources(RepositoryRoot.Path).Version;
        lines.Select(line => line[66..]).ShouldBe(["THIRD-PARTY-NOTICES.txt", $"disclosurecloud-{version}-linux-x64.zip", $"disclosurecloud-{version}.cdx.json"]);
        foreach (string line in lines)
        {
            string file = Path.Combine(Path.GetDirectoryName(release.Files.Sums)!, line[66..]);
            line[..66].ShouldBe($"{Hash(file)}  ");
        }
    }

    /// <summary>The unpacked files, zipped again; in the slow tier all of it again, from sources that lie in another folder.</summary>
    [Fact]
    public async Task Release_MadeAgain_IsTheSameToTheByte()
    {
        using var folder = new TemporaryFolder();
        Part app = new("disclosurecloud/1.0.0", "disclosurecloud", "1.0.0", PartSort.Project, null, [.. Libraries(release.Root)], []);
        string zip = folder.File("again.zip");
        await PackageZip.WriteAsync(zip, PackagedFile.ReadAll(release.Root, [app]), Cancel);
        Hash(zip).ShouldBe(Hash(release.Files.Package));

        if (Environment.GetEnvironmentVariable(SlowTier) is { Length: > 0 })
        {
            ReleaseFiles again = await MadeRelease.MakeAsync(folder.File("a/deeper/folder"), folder.File("output"));
            (await File.ReadAllTextAsync(again.Sums, Cancel)).ShouldBe(await File.ReadAllTextAsync(release.Files.Sums, Cancel));
        }
    }

    private static string Hash(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));

    private static IEnumerable<string> Libraries(string root) => Directory.GetFiles(root).Select(file => Path.GetFileName(file)!)
        .Where(name => Path.GetExtension(name) is ".dll" or ".so" || name == "createdump");
}
