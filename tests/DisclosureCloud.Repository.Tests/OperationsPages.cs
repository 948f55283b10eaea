using System.Text.RegularExpressions;

namespace DisclosureCloud.Repository.Tests;

/// <summary>The pages for whoever runs a deployment.</summary>
internal static partial class OperationsPages
{
    public const string Folder = "site/content/operations/";

    public const string Index = $"{Folder}README.md";

    /// <summary>Paths of all pages, the index among them.</summary>
    public static string[] All { get; } = [.. Tree.Files.Where(file => file.StartsWith(Folder, StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal))];

    /// <summary>Those that say what to do: neither the index nor what is to be known beforehand.</summary>
    public static string[] Procedures { get; } = [.. All.Except([Index, $"{Folder}cost.md", $"{Folder}scale.md"], StringComparer.Ordinal)];

    /// <summary>The shell blocks of a page: those that tests run and the others.</summary>
    public static IEnumerable<string> Blocks(string page) => Fence.Matches(Tree.Read(page)).Select(block => block.Groups["body"].Value);

    /// <summary>The anchors of a page's headings, as readers' programs make them.</summary>
    public static IEnumerable<string> Anchors(string page) => Heading.Matches(Tree.Read(page))
        .Select(match => string.Concat(match.Groups["text"].Value.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-')).ToLowerInvariant().Replace(' ', '-'));

    [GeneratedRegex(@"^ *```sh( tried)?\n(?<body>.*?)\n *```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("^##+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading { get; }
}
