using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>an-overdue-checkpoint.md</c>: what it tells to ask answers, and what it quotes is what the program says.</summary>
public sealed class AnOverdueCheckpointTests(Counties counties)
{
    private static readonly Runbook Page = Runbook.Open("an-overdue-checkpoint.md");

    [Fact]
    public async Task Steps_OverAHealthyDeployment_SayThatNothingIsBehind()
    {
        IReadOnlyList<string> steps = Page.Tried("On one machine");
        steps.Count.ShouldBe(3);
        using County county = await counties.OpenAsync();

        string output = await county.RunAsync(County.Serve + steps[1] + steps[0] + "echo\n" + steps[2]);

        output.ShouldContain("published position ");
        output.ShouldContain("nothing is wrong in what was checked.");
        JsonElement health = JsonElement.Parse(output.Split('\n').Single(line => line.StartsWith('{')));
        foreach (string part in new[] { "archive", "log", "site" })
        {
            health.GetProperty(part).GetProperty("behind").GetInt64().ShouldBe(0, part);
        }
    }

    [Theory]
    [InlineData("What log-refused says", 0, 11)]
    [InlineData("On one machine", 1, 7)]
    public void WhatThePageQuotes_IsWhatTheProgramSays(string heading, int column, int least)
    {
        string source = string.Join('\n', Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        string[] alarms = [.. Enum.GetValues<Alarm>().Select(alarm => $"ALARM {Code.Text(alarm)}")];
        string[] quoted = [.. Page.Quoted(heading, column).Where(text => text != "serve")];
        quoted.Length.ShouldBeGreaterThanOrEqualTo(least);
        quoted.Where(text => !alarms.Contains(text, StringComparer.Ordinal) && !source.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
