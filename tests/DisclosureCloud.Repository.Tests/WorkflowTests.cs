using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Emulators;

namespace DisclosureCloud.Repository.Tests;

/// <summary>The workflows on GitHub: of the form that GitHub takes, with no more rights than they need, and nothing in them that others can alter.</summary>
public sealed partial class WorkflowTests
{
    private const string Folder = ".github/workflows/";

    // Whose action it is, and what was released under this name once and for all. Where no commit could be found for certain, a tag.
    private static readonly string[] PinnedByTag = ["Azure/setup-azd@v2.3.0"];

    private static readonly string[] RightsToWrite = ["release.yml package: attestations contents id-token", "release.yml deploy: id-token", "deploy.yml deploy: id-token"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Workflows => [.. Tree.Files.Where(file => file.StartsWith(Folder, StringComparison.Ordinal)).Select(file => file[Folder.Length..])];

    [Fact]
    public void Workflows_AreThese() => string.Join(' ', Workflows.Select(row => row.Data).Order(StringComparer.Ordinal)).ShouldBe("ci.yml deploy.yml release.yml");

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task Workflow_HasTheFormThatGitHubTakes(string file) => (await HostSchemas.CheckAsync("workflow", Tree.Read(Folder + file), Cancel)).ShouldBeEmpty();

    [Theory]
    [InlineData("on: push\njobs: { a: { runs-on: ubuntu-24.04, stepz: [] } }")]
    [InlineData("on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: ls }] } }")]
    [InlineData("on: push\njobs: { a: { runs-on: ubuntu-24.04, permissions: { everything: write }, steps: [{ run: ls }] } }")]
    [InlineData("jobs: { a: { runs-on: ubuntu-24.04, steps: [{ run: ls }] } }")]
    public async Task Schema_FindsAMistake(string workflow) => (await HostSchemas.CheckAsync("workflow", workflow, Cancel)).ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task Workflow_KeepsTheRules(string file) => Faults(file, await ReadAsync(Tree.Read(Folder + file)), Tree.Read(Folder + file)).ShouldBeEmpty();

    [Theory]
    [InlineData("permissions: {}\n", "", "without permissions")]
    [InlineData("    timeout-minutes: 60\n", "", "without a time-out")]
    [InlineData("08c6903cd8c0fde910a37f88322edcfb5dd907a8", "v5", "actions/checkout@v5")]
    [InlineData("Azure/setup-azd@v2.3.0", "Azure/setup-azd@v2", "Azure/setup-azd@v2")]
    [InlineData("secrets.GITHUB_TOKEN", "secrets.AZURE_PASSWORD", "secrets.AZURE_PASSWORD")]
    [InlineData("workflow_dispatch", "pull_request_target", "pull_request_target")]
    [InlineData("$TAG\" --repo", "${{ inputs.tag }}\" --repo", "expression in a command")]
    [InlineData("contents: read", "contents: write", "contents")]
    [InlineData("concurrency:\n", "x:\n", "without concurrency")]
    [InlineData("          persist-credentials: false\n", "", "keeps its credentials")]
    public async Task Rules_AgainstAWorkflowThatBreaksOne_FindIt(string old, string @new, string said)
    {
        string text = Tree.Read(Folder + "deploy.yml");
        string broken = text.Replace(old, @new, StringComparison.Ordinal);
        string.Equals(broken, text, StringComparison.Ordinal).ShouldBeFalse();
        Faults("deploy.yml", await ReadAsync(broken), broken).ShouldContain(fault => fault.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Release_IsMadeOfATagAlone_ThatIsTheVersion()
    {
        JsonElement release = await ReadAsync(Tree.Read(Folder + "release.yml"));
        release.GetProperty("on").GetRawText().ShouldBe("""{"push":{"tags":["v*"]}}""");
        string compare = Steps(release.GetProperty("jobs").GetProperty("package")).Select(Run).Single(run => run.Contains("Directory.Build.props", StringComparison.Ordinal));
        compare.ShouldContain("""test "$GITHUB_REF_NAME" = "v$version" ||""");
        Tree.Read("Directory.Build.props").Split('\n').Count(line => line.Contains("<Version>", StringComparison.Ordinal)).ShouldBe(1, "the command takes it from the one line that has it");
    }

    private static IEnumerable<string> Faults(string file, JsonElement workflow, string text)
    {
        if (!workflow.TryGetProperty("permissions", out JsonElement all) || all.EnumerateObject().Any())
        {
            yield return "without permissions: {} for what states none of its own";
        }

        if (!workflow.TryGetProperty("concurrency", out _))
        {
            yield return "without concurrency";
        }

        if (workflow.GetProperty("on").GetRawText().Contains("pull_request_target", StringComparison.Ordinal))
        {
            yield return "pull_request_target runs others' code with our rights";
        }

        foreach (Match secret in Secret.Matches(text).Where(match => match.Value != "secrets.GITHUB_TOKEN"))
        {
            yield return secret.Value;
        }

        foreach (string fault in workflow.GetProperty("jobs").EnumerateObject().SelectMany(job => FaultsOf(file, job.Name, job.Value)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOf(string file, string name, JsonElement job)
    {
        string written = job.TryGetProperty("permissions", out JsonElement rights)
            ? string.Join(' ', rights.EnumerateObject().Where(right => right.Value.GetString() != "read").Select(right => right.Name))
            : "all";
        if (written.Length > 0 && !RightsToWrite.Contains($"{file} {name}: {written}", StringComparer.Ordinal))
        {
            yield return $"{name} may write {written}";
        }

        if (job.TryGetProperty("runs-on", out _) && !job.TryGetProperty("timeout-minutes", out _))
        {
            yield return $"{name} is without a time-out";
        }

        foreach (JsonElement step in Steps(job))
        {
            if (step.TryGetProperty("uses", out JsonElement used) && !Commit.IsMatch(used.GetString()!) && !PinnedByTag.Contains(used.GetString(), StringComparer.Ordinal))
            {
                yield return $"{used} may become something else";
            }

            if (Run(step).Contains("${{", StringComparison.Ordinal))
            {
                yield return $"an expression in a command of {name}: others may write commands into it";
            }

            if (used.ValueKind == JsonValueKind.String && used.GetString()!.StartsWith("actions/checkout@", StringComparison.Ordinal)
                && !step.GetProperty("with").TryGetProperty("persist-credentials", out _))
            {
                yield return $"the clone of {name} keeps its credentials";
            }
        }
    }

    private static IEnumerable<JsonElement> Steps(JsonElement job) => job.TryGetProperty("steps", out JsonElement steps) ? steps.EnumerateArray() : [];

    private static string Run(JsonElement step) => step.TryGetProperty("run", out JsonElement run) ? run.GetString()! : "";

    private static async Task<JsonElement> ReadAsync(string yaml) => JsonElement.Parse(await NodeScript.YamlToJsonAsync(yaml, Cancel));

    [GeneratedRegex(@"secrets[.\[]['""]?\w+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret { get; }

    [GeneratedRegex("^[\\w.-]+/[\\w./-]+@[0-9a-f]{40}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Commit { get; }
}
