using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Infra.Tests.Templates;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Infra.Tests;

/// <summary>What the Azure Developer CLI reads beside the template.</summary>
public sealed partial class AzdTests(InfraFixture infra)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Parameters_AreThoseOfTheTemplate_WithItsDefaults()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Of("infra/main.parameters.json")));
        var given = file.RootElement.GetProperty("parameters").EnumerateObject()
            .ToDictionary(one => one.Name, one => Variable().Match(one.Value.GetProperty("value").GetString()!), StringComparer.Ordinal);
        JsonElement parameters = infra.Template.Main.GetProperty("parameters");

        given.Keys.ShouldBe(parameters.EnumerateObject().Select(one => one.Name), StringComparer.Ordinal, ignoreOrder: true);
        given.Values.ShouldAllBe(match => match.Success);
        given.Values.Select(match => match.Groups["name"].Value).ShouldBeUnique(StringComparer.Ordinal);
        foreach (JsonProperty parameter in parameters.EnumerateObject())
        {
            string wanted = parameter.Value.TryGetProperty("defaultValue", out JsonElement value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";
            given[parameter.Name].Groups["default"].Value.ShouldBe(wanted, parameter.Name);
        }
    }

    [Fact]
    public void Services_AreTheAppsThatTheTemplateTags()
    {
        string yaml = File.ReadAllText(RepositoryRoot.Of("azure.yaml"));
        string services = yaml[yaml.IndexOf("services:", StringComparison.Ordinal)..yaml.IndexOf("hooks:", StringComparison.Ordinal)];
        string[] named = [.. ServiceName().Matches(services).Select(one => one.Groups["name"].Value)];
        IEnumerable<string> tagged = infra.Template.Of("Microsoft.Web/sites").Select(one => Tag().Match(one.At("tags")!).Groups["name"].Value);

        named.ShouldBe(tagged, StringComparer.Ordinal, ignoreOrder: true);
        string[] projects = [.. Project().Matches(services).Select(one => one.Groups["path"].Value)];
        projects.Length.ShouldBe(named.Length);
        projects.ShouldAllBe(path => Directory.EnumerateFiles(RepositoryRoot.Of(path), "*.csproj").Any());
    }

    [Fact]
    public void Hooks_AreThere_ForEachSystem()
    {
        string[] hooks = [.. Hook().Matches(File.ReadAllText(RepositoryRoot.Of("azure.yaml"))).Select(one => one.Groups["path"].Value)];

        hooks.ShouldBe(Directory.EnumerateFiles(RepositoryRoot.Of("infra/hooks")).Select(file => $"infra/hooks/{Path.GetFileName(file)}"), StringComparer.Ordinal, ignoreOrder: true);
        hooks.Select(Path.GetFileNameWithoutExtension).GroupBy(name => name, StringComparer.Ordinal).ShouldAllBe(one => one.Count() == 2);
        hooks.Where(file => file.EndsWith(".sh", StringComparison.Ordinal)).ShouldAllBe(file => OperatingSystem.IsWindows() || File.GetUnixFileMode(RepositoryRoot.Of(file)).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task Files_AreInTheCompilersForm()
    {
        using var folder = new TemporaryFolder();
        string[] files = [.. Directory.EnumerateFiles(RepositoryRoot.Of("infra"), "*.bicep", SearchOption.AllDirectories)];
        foreach (string file in files)
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        (await BicepCompiler.FormatAsync(folder.Path, "*.bicep", Cancel)).ShouldBeEmpty();
        files.Where(file => File.ReadAllText(file) != File.ReadAllText(Path.Combine(folder.Path, Path.GetFileName(file)))).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\$\{(?<name>[A-Z][A-Z_]*)(=(?<default>[^}]+))?\}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^  (?<name>[a-z]+):$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^    project: (?<path>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Project();

    [GeneratedRegex(@"^      run: (?<path>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Hook();

    [GeneratedRegex(@"'azd-service-name', '(?<name>[a-z]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
