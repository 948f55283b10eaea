using System.Text.RegularExpressions;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>The alarms that the code can raise.</summary>
internal static class AlarmCodes
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Of("functions/DisclosureCloud.Functions"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\\.Raise\\(\\s*\"(?<code>[a-z-]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            .Select(found => found.Groups["code"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
