using DisclosureCloud.Infra.Tests.Templates;
using DisclosureCloud.Testing;

[assembly: AssemblyFixture(typeof(DisclosureCloud.Infra.Tests.InfraFixture))]

namespace DisclosureCloud.Infra.Tests;

/// <summary>The template, and a copy of it for each planted mistake, compiled once and in one go.</summary>
public sealed class InfraFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<Planted, string> _folders = [];
    private IReadOnlyList<string> _said = [];

    internal Template Template { get; private set; } = null!;

    /// <summary>What the compiler said of the template itself.</summary>
    internal IReadOnlyList<string> Said => [.. _said.Where(line => line.Contains(Path.Combine(_folder.Path, "infra") + "/", StringComparison.Ordinal))];

    public async ValueTask InitializeAsync()
    {
        Copy("infra");
        foreach ((Planted planted, int number) in Planted.All.Select((planted, number) => (planted, number)))
        {
            string name = $"planted-{number:000}";
            _folders.Add(planted, name);
            Copy(name);
            string file = Path.Combine(_folder.Path, name, planted.File);
            string text = await File.ReadAllTextAsync(file);
            int at = text.IndexOf(planted.Text, StringComparison.Ordinal);
            at.ShouldBeGreaterThanOrEqualTo(0, $"{planted.File} has no '{planted.Text}'");
            await File.WriteAllTextAsync(file, text.Remove(at, planted.Text.Length).Insert(at, planted.Instead));
        }

        _said = await BicepCompiler.BuildAsync(_folder.Path, "*/main.bicep", CancellationToken.None);
        File.Exists(Path.Combine(_folder.Path, "infra", "main.json")).ShouldBeTrue(string.Join('\n', Said));
        Template = Template.Read(Path.Combine(_folder.Path, "infra", "main.json"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What the compiler said of a planted mistake.</summary>
    internal IReadOnlyList<string> SaidOf(Planted planted) => [.. _said.Where(line => line.Contains($"/{_folders[planted]}/", StringComparison.Ordinal))];

    /// <summary>The template with a planted mistake.</summary>
    internal Template With(Planted planted) => Template.Read(Path.Combine(_folder.Path, _folders[planted], "main.json"));

    private void Copy(string name)
    {
        string source = RepositoryRoot.Of("infra");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => file.EndsWith(".bicep", StringComparison.Ordinal) || file.EndsWith(".json", StringComparison.Ordinal)))
        {
            string target = Path.Combine(_folder.Path, name, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
