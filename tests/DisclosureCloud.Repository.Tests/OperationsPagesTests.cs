using System.CommandLine;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Commands;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Repository.Tests;

/// <summary>Whoever sees an alarm at night finds its page, and what the page names is there.</summary>
public sealed partial class OperationsPagesTests
{
    private static readonly string[] Parts = ["When", "Readers", "To go back", "What was tried"];

    private static readonly RootCommand Root = CommandLine.Root();

    [Fact]
    public void Index_NamesEveryAlarmOfTheCode_AndNoOther()
    {
        string[] raised = [.. Enum.GetValues<Alarm>().Select(alarm => Code.Text(alarm)).Order(StringComparer.Ordinal)];
        string table = Between(Tree.Read(OperationsPages.Index), "| Alarm |", "`GET /api/health`");
        Row.Matches(table).Select(row => row.Groups["name"].Value).ShouldBe(raised);
        Row.Matches(table).Where(row => !row.Value.Contains("](", StringComparison.Ordinal)).ShouldBeEmpty("each leads to a page");
    }

    [Fact]
    public void Index_NamesWhateverOfHealthCanBeBehind()
    {
        string[] behind = [.. typeof(Health).GetProperties().Where(part => part.PropertyType.GetProperty("Behind") is not null).Select(part => $"{part.Name.ToLowerInvariant()}.behind")];
        behind.Length.ShouldBeGreaterThanOrEqualTo(3);
        string table = Between(Tree.Read(OperationsPages.Index), "`GET /api/health`", "| Somebody says |");
        behind.Where(field => !table.Contains($"| `{field}` |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Pages_AreInTheIndex_AndTheIndexIsInTheReadme()
    {
        string index = Tree.Read(OperationsPages.Index);
        OperationsPages.All.Length.ShouldBe(12);
        foreach (string page in OperationsPages.All.Where(page => page != OperationsPages.Index))
        {
            string name = page[OperationsPages.Folder.Length..];
            index.ShouldContain($"| [{name}]({name}) |", Case.Sensitive);
        }

        Tree.Read("README.md").ShouldContain($"]({OperationsPages.Index})", Case.Sensitive);
    }

    [Fact]
    public void Pages_SayWhenForWhomAndHowToGoBack()
    {
        OperationsPages.Procedures.Length.ShouldBe(9);
        foreach (string page in OperationsPages.Procedures)
        {
            string text = Tree.Read(page);
            Parts.Where(part => !text.Contains(part, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(page);
        }
    }

    [Fact]
    public void Links_LeadSomewhere()
    {
        int links = 0;
        foreach (string page in OperationsPages.All)
        {
            foreach (Match link in Link.Matches(Tree.Read(page)))
            {
                string target = link.Groups["page"].Length > 0 ? OperationsPages.Folder + link.Groups["page"].Value : page;
                OperationsPages.All.Contains(target, StringComparer.Ordinal).ShouldBeTrue($"{page}: {link.Value}");
                if (link.Groups["anchor"].Length > 0)
                {
                    OperationsPages.Anchors(target).Contains(link.Groups["anchor"].Value, StringComparer.Ordinal).ShouldBeTrue($"{page}: {link.Value}");
                }

                links++;
            }
        }

        links.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Tests_ThatThePagesName_Exist()
    {
        HashSet<string> there = [.. Tree.Files.Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(path => Class.Matches(Tree.Read(path))).Select(match => match.Groups["name"].Value)];
        foreach (string page in OperationsPages.All.Where(page => page != OperationsPages.Index))
        {
            string[] named = [.. Named.Matches(Tree.Read(page)).Select(match => match.Groups["name"].Value)];
            named.ShouldNotBeEmpty(page);
            named.Except(there, StringComparer.Ordinal).ShouldBeEmpty(page);
        }
    }

    [Fact]
    public void Verbs_OfOurs_Parse()
    {
        int verbs = 0;
        foreach (string line in OperationsPages.All.SelectMany(OperationsPages.Blocks).SelectMany(block => block.Split('\n')))
        {
            foreach (Match match in Verb.Matches(Nested.Replace(line, "x")))
            {
                ParseResult parsed = Root.Parse(match.Groups["args"].Value.Replace("$PORT", "7071", StringComparison.Ordinal));
                parsed.CommandResult.Command.ShouldNotBe(Root, line);
                parsed.Errors.Select(error => error.Message).Where(error => !error.Contains("--key", StringComparison.Ordinal)).ShouldBeEmpty(line);
                verbs++;
            }
        }

        verbs.ShouldBeGreaterThan(40);
    }

    private static string Between(string text, string from, string to)
    {
        int begin = text.IndexOf(from, StringComparison.Ordinal), end = text.IndexOf(to, StringComparison.Ordinal);
        begin.ShouldBeInRange(0, end);
        return text[begin..end];
    }

    [GeneratedRegex("^\\| `(?<name>[a-z-]+)` \\|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"\]\((?<page>(?!https?:)[^)#]*)(#(?<anchor>[^)]+))?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link { get; }

    [GeneratedRegex("`(?<name>[A-Za-z0-9]+Tests)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"\bclass (?<name>[A-Za-z0-9]+Tests)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Class { get; }

    // A call of something else, whose answer is a value of ours.
    [GeneratedRegex(@"\$\((?!disclosurecloud )[^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nested { get; }

    [GeneratedRegex(@"(^|\$\(|[ ;])disclosurecloud (?<args>[a-z][^|)&;>]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Verb { get; }
}
