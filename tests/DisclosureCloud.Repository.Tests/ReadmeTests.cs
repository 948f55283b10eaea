using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Commands;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Repository.Tests;

/// <summary>What the README tells its readers to type exists.</summary>
public sealed partial class ReadmeTests
{
    private const string AsRun = "dotnet run --project functions/DisclosureCloud.Functions";

    private static readonly RootCommand Root = CommandLine.Root();

    [Fact]
    public void ShellCommands_ThatCallOurVerbs_Parse()
    {
        string[] commands = [.. Shell().SelectMany(line => OurCommand.Matches(line)).Select(match => match.Groups["args"].Value.Trim())];
        commands.Length.ShouldBeGreaterThanOrEqualTo(4);
        foreach (string command in commands)
        {
            ParseResult parsed = Root.Parse(command);
            parsed.Errors.Select(error => error.Message).ShouldBeEmpty(command);
            parsed.CommandResult.Command.ShouldNotBe(Root, command);
        }
    }

    [Fact]
    public void TheTwoCommands_AreThere()
    {
        Shell().ShouldContain(line => line == $"{AsRun} -- demo");
        Shell().ShouldContain(line => line == "dotnet test");
    }

    [Fact]
    public void BodiesThatAreTaken_AreTheExamplesOfTheInterface()
    {
        JsonObject[] examples = [.. Example.Postings().Concat(Example.Decisions()).Concat(Example.Complaints()).Concat(Example.ComplaintReplies()).Select(example => example.Body)];
        string cited = examples.Single(example => example["replacement"] is not null)["cites"]!.GetValue<string>();
        int bodies = 0;
        foreach (Match match in Body.Matches(Tree.Read("README.md")))
        {
            JsonNode body = JsonNode.Parse(match.Groups["json"].Value.Replace("'$ID'-1", cited, StringComparison.Ordinal).Replace("'$KEY'", SigningKey.Example.Value, StringComparison.Ordinal))!;
            bool isTaken = body["kind"]?.GetValue<string>() != "allocation"; // That one shows what is refused.
            examples.Any(example => JsonNode.DeepEquals(example, body)).ShouldBe(isTaken, match.Value);
            bodies++;
        }

        bodies.ShouldBe(9);
    }

    [Fact]
    public void VerbsAndOptions_InTheText_Exist()
    {
        string text = Tree.Read("README.md");
        foreach (Match match in InlineVerb.Matches(text))
        {
            Root.Subcommands.Select(command => command.Name).Contains(match.Groups["verb"].Value, StringComparer.Ordinal).ShouldBeTrue(match.Value);
        }

        InlineVerb.Count(text).ShouldBeGreaterThanOrEqualTo(Root.Subcommands.Count, "every verb is told of");
        string[] options = [.. Root.Subcommands.SelectMany(command => command.Options).Select(option => option.Name).Distinct(StringComparer.Ordinal)];
        foreach (Match match in InlineOption.Matches(text))
        {
            options.Contains(match.Groups["option"].Value, StringComparer.Ordinal).ShouldBeTrue(match.Value);
        }
    }

    [Fact]
    public void PathsAndPictures_InTheText_Exist()
    {
        string text = Tree.Read("README.md");
        foreach (Match match in Link.Matches(text).Concat(InlinePath.Matches(text)))
        {
            string path = Path.Combine(Tree.Root, match.Groups["path"].Value);
            (File.Exists(path) || Directory.Exists(path)).ShouldBeTrue(match.Value);
        }
    }

    // The lines of fenced shell blocks; a backslash at the end joins the next one.
    private static IEnumerable<string> Shell() => Fence.Matches(Tree.Read("README.md"))
        .SelectMany(block => block.Groups["body"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));

    [GeneratedRegex("-d '(?<json>[{].*?[}])'", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Body { get; }

    [GeneratedRegex(@"^```sh\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"(^|\$\()(dotnet run --project functions/[^|')]*? -- |disclosurecloud )(?<args>[^|)&;']+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OurCommand { get; }

    [GeneratedRegex(@"`disclosurecloud (?<verb>[a-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineVerb { get; }

    [GeneratedRegex(@"`[^`\n]*?(?<option>--[a-z][a-z-]+)[^`\n]*`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineOption { get; }

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"`(?<path>(functions|site|tests|infra)/[\w./-]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlinePath { get; }
}
