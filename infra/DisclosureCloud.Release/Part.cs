using System.Text.Json;

namespace DisclosureCloud.Release;

/// <summary>A part of the app as <c>disclosurecloud.deps.json</c> has it: a project of ours, a package, a part of .NET.</summary>
/// <param name="Name">As its package is called.</param>
/// <param name="Package">Null for what comes in none: our projects, and what is taken from the SDK.</param>
/// <param name="Files">Its files in the package's root.</param>
/// <param name="Uses">The keys of the parts that it uses.</param>
internal sealed record Part(string Key, string Name, string Version, PartSort Sort, NuGetPackage? Package, IReadOnlyList<string> Files, IReadOnlyList<string> Uses)
{
    public const string AppName = "disclosurecloud";

    private const string RuntimePackPrefix = "runtimepack.";

    private static readonly string[] FileSorts = ["runtime", "native", "resources"];

    public bool IsApp => Sort == PartSort.Project && Name == AppName;

    /// <param name="folder">What <c>dotnet publish</c> wrote.</param>
    /// <returns>All parts, in the order of their keys.</returns>
    public static IReadOnlyList<Part> ReadAll(string folder, PackageFolders packages)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{AppName}.deps.json")));
        JsonElement root = document.RootElement;
        JsonElement target = root.GetProperty("targets").GetProperty(root.GetProperty("runtimeTarget").GetProperty("name").GetString()!);
        return
        [
            .. target.EnumerateObject()
                .Select(part => Read(part, root.GetProperty("libraries").GetProperty(part.Name).GetProperty("type").GetString()!, packages))
                .OrderBy(part => part.Key, StringComparer.Ordinal),
        ];
    }

    private static Part Read(JsonProperty part, string type, PackageFolders packages)
    {
        string[] key = part.Name.Split('/');
        PartSort sort = type switch
        {
            "project" => PartSort.Project,
            "package" => PartSort.Package,
            "runtimepack" => PartSort.Package,
            "reference" => PartSort.OfTheSdk,
            _ => throw new ReleaseException($"{part.Name} is a {type}: say in Part.cs where such a thing comes from."),
        };
        string name = key[0].StartsWith(RuntimePackPrefix, StringComparison.Ordinal) ? key[0][RuntimePackPrefix.Length..] : key[0];
        return new Part(
            part.Name,
            name,
            key[1],
            sort,
            sort == PartSort.Package ? packages.Package(name, key[1]) : null,
            [.. FilesOf(part.Value).Order(StringComparer.Ordinal)],
            part.Value.TryGetProperty("dependencies", out JsonElement uses)
                ? [.. uses.EnumerateObject().Select(one => $"{one.Name}/{one.Value.GetString()}").Order(StringComparer.Ordinal)]
                : []);
    }

    // Publishing puts them side by side, whatever folder of their package they come from.
    private static IEnumerable<string> FilesOf(JsonElement part) =>
        from sort in FileSorts
        where part.TryGetProperty(sort, out _)
        from file in part.GetProperty(sort).EnumerateObject()
        select Path.GetFileName(file.Name);
}

internal enum PartSort
{
    Project,
    Package,
    OfTheSdk,
}
