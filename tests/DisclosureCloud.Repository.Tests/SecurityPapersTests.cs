using System.Globalization;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Repository.Tests;

/// <summary>The threat model names a test for each threat, and every one of them is there.</summary>
public sealed partial class SecurityPapersTests
{
    private const string Folder = "site/content/security/";

    private static readonly string[] Papers = ["impact-assessment.md", "policy.md", "threat-model.md"];

    [Fact]
    public void Threats_AreNumberedWithoutAGap_AndEachNamesATest()
    {
        Match[] rows = Row.Matches(Tree.Read($"{Folder}threat-model.md")).ToArray();
        rows.Length.ShouldBeGreaterThanOrEqualTo(20);
        rows.Select(row => int.Parse(row.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, rows.Length));
        rows.Where(row => !Named.IsMatch(row.Groups["tests"].Value)).Select(row => row.Value).ShouldBeEmpty();
    }

    [Fact]
    public void Tests_ThatThePapersName_Exist()
    {
        HashSet<string> there = [.. Tree.Files.Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(path => Class.Matches(Tree.Read(path))).Select(match => match.Groups["name"].Value)];
        string[] named = [.. Papers.SelectMany(paper => Named.Matches(Tree.Read(Folder + paper))).Select(match => match.Groups["name"].Value)];
        named.Length.ShouldBeGreaterThan(20);
        named.Except(there, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Papers_AreInTheReadme()
    {
        string readme = Tree.Read("README.md");
        foreach (string paper in Papers)
        {
            readme.ShouldContain($"]({Folder}{paper})", Case.Sensitive);
        }
    }

    [GeneratedRegex(@"^\| T(?<number>\d+) \|.*\|(?<tests>[^|]*)\|$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }

    [GeneratedRegex("`(?<name>[A-Za-z0-9]+Tests)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"\bclass (?<name>[A-Za-z0-9]+Tests)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Class { get; }
}
