using System.Text;

namespace DisclosureCloud.Release;

/// <summary><c>THIRD-PARTY-NOTICES.txt</c>: whose work is in the package, and under which licence, with the texts.</summary>
internal static class NoticesText
{
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    private const string Rule = "================================================================================";

    // Licences whose text is the same for everybody but for the copyright, which stands with each package.
    private static readonly string[] Common = ["Apache-2.0", "MIT"];

    public static string Of(IReadOnlyList<Part> parts)
    {
        var text = new StringBuilder();
        Line(text, "The package has these works of others in it. The texts that come with them follow, then the licences that they share.");
        Line(text, "System.IO.Hashing is a part of the .NET SDK, under the same licence as .NET.");
        NuGetPackage[] packages = [.. parts.Select(part => part.Package).OfType<NuGetPackage>().OrderBy(package => package.Id, StringComparer.Ordinal)];
        foreach (NuGetPackage package in packages)
        {
            Line(text, Rule);
            Line(text, $"{package.Id} {package.Version}");
            Line(text, $"Licence: {package.Licence}");
            Line(text, package.Copyright ?? $"Copyright {package.Authors}");
            if (package.Website is { } website)
            {
                Line(text, website);
            }

            foreach (string file in package.Texts)
            {
                Line(text, "");
                Line(text, File.ReadAllText(file).ReplaceLineEndings("\n").Trim());
            }

            if (package.Texts.Count == 0 && !Licence.Choices(package.Id, package.Licence).Any(id => Common.Contains(id, StringComparer.Ordinal)))
            {
                throw new ReleaseException($"{package.Id} is under {package.Licence} and comes without its text.");
            }
        }

        foreach (string id in Common)
        {
            Line(text, Rule);
            Line(text, $"The licence {id}");
            Line(text, "");
            Line(text, Text(id));
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Text(string id)
    {
        using Stream stream = typeof(NoticesText).Assembly.GetManifestResourceStream($"{id}.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim('\n');
    }
}
