using System.Text.RegularExpressions;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>A page of <c>site/content/operations</c>: what its tests run is what it tells its readers to type.</summary>
internal sealed partial class Runbook
{
    private const string Folder = "site/content/operations";

    private readonly string _text;

    private Runbook(string text) => _text = text;

    public static Runbook Open(string name) => new(File.ReadAllText(Path.Combine(RepositoryRoot.Path, Folder, name)));

    /// <summary>The blocks marked <c>tried</c> below a heading, up to the next one of its level, in their order and without their indent.</summary>
    /// <param name="heading">Without its number signs, which are two.</param>
    public IReadOnlyList<string> Tried(string heading) =>
    [
        .. Block.Matches(Section(heading)).Select(block =>
            string.Concat(block.Groups["body"].Value.Split('\n').Select(line => $"{line[Math.Min(block.Groups["indent"].Length, line.Length)..]}\n"))),
    ];

    /// <summary>What stands in backticks in a column of the tables below a heading.</summary>
    /// <param name="column">The first is 0.</param>
    public IReadOnlyList<string> Quoted(string heading, int column) =>
    [
        .. Section(heading).Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[column + 1]).SelectMany(cell => Code.Matches(cell)).Select(match => match.Groups["text"].Value),
    ];

    private string Section(string heading)
    {
        int from = _text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        from.ShouldBeGreaterThan(0, heading);
        int to = _text.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return to < 0 ? _text[from..] : _text[from..to];
    }

    [GeneratedRegex(@"^(?<indent> *)```sh tried\n(?<body>.*?)\n *```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block { get; }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code { get; }
}
