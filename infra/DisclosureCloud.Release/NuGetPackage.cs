using System.Text.Json;
using System.Xml.Linq;

namespace DisclosureCloud.Release;

/// <summary>What a package says of itself, as it lies on this machine.</summary>
/// <param name="Licence">An SPDX expression.</param>
/// <param name="Sha512">Of the package's file.</param>
/// <param name="ContentHash">Of the package without the feed's signature, in base64: what lock files have.</param>
/// <param name="Texts">The files of licences and notices that come with it, in the order of their names.</param>
internal sealed record NuGetPackage(
    string Id, string Version, string Licence, string Authors, string? Copyright, string? Website, string Sha512, string ContentHash, IReadOnlyList<string> Texts)
{
    private static readonly string[] TextNames = ["LICENSE", "LICENCE", "NOTICE", "THIRD-PARTY-NOTICES", "THIRDPARTYNOTICES", "THIRDPARTYNOTICE"];

    /// <param name="folder">Where the package was unpacked.</param>
    public static NuGetPackage Read(string folder)
    {
        XElement metadata = XDocument.Load(Single(folder, "*.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string? Of(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value.Trim();

        string id = Of("id")!;
        XElement? licence = metadata.Elements().SingleOrDefault(element => element.Name.LocalName == "license");
        string expression = (string?)licence?.Attribute("type") switch
        {
            "expression" => licence!.Value.Trim(),
            "file" => Release.Licence.OfFile(id, Path.Combine(folder, licence!.Value.Trim())),
            _ => throw new ReleaseException($"{id} states no licence."),
        };
        Release.Licence.Choices(id, expression);
        using JsonDocument restored = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ".nupkg.metadata")));
        return new NuGetPackage(
            id,
            Of("version")!,
            expression,
            Of("authors") ?? "",
            Of("copyright"),
            Of("projectUrl"),
            Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(Single(folder, "*.nupkg.sha512")))),
            restored.RootElement.GetProperty("contentHash").GetString()!,
            [.. Directory.GetFiles(folder).Where(IsText).OrderBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)]);
    }

    private static bool IsText(string file) => TextNames.Contains(Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase)
        && Path.GetExtension(file).ToUpperInvariant() is "" or ".TXT" or ".MD";

    private static string Single(string folder, string pattern) => Directory.GetFiles(folder, pattern) is [var one]
        ? one
        : throw new ReleaseException($"{folder} is no package as NuGet unpacks it: it lacks {pattern}.");
}

/// <summary>Where NuGet keeps packages.</summary>
internal sealed record PackageFolders(IReadOnlyList<string> Folders)
{
    /// <param name="assets">A <c>project.assets.json</c>.</param>
    public static PackageFolders Read(string assets)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(assets));
        return new PackageFolders([.. document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)]);
    }

    public NuGetPackage Package(string id, string version) => Folders
        .Select(folder => Path.Combine(folder, id.ToLowerInvariant(), version.ToLowerInvariant()))
        .FirstOrDefault(Directory.Exists) is { } found
            ? NuGetPackage.Read(found)
            : throw new ReleaseException($"{id} {version} is in none of {string.Join(", ", Folders)}.");
}
