using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Hosting;

namespace DisclosureCloud.Repository.Tests;

/// <summary>What the code writes about itself: each field of a message and each tag stands in one list, with its reason.</summary>
public sealed partial class DiagnosticsTests
{
    private static readonly string[] Sources = [.. Tree.Files.Where(file => file.StartsWith("functions/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))];

    [Fact]
    public void Messages_EachField_IsListed()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in Sources)
        {
            foreach (Match call in Calls.Matches(Tree.Read(file)))
            {
                string template = call.Groups["template"].Value;
                template.ShouldNotBeEmpty($"{file}: a message is a template that stands in the call, so that its fields can be seen: {call.Value}");
                used.UnionWith(Fields.Matches(template).Select(field => field.Groups["name"].Value));
            }
        }

        used.Except(Diagnostics.MessageFields, StringComparer.Ordinal).ShouldBeEmpty("fields that are not listed");
        Diagnostics.MessageFields.Except(used, StringComparer.Ordinal).ShouldBeEmpty("listed, and used no more");
    }

    [Fact]
    public void Tags_OfSpansAndMeasurements_AreListed()
    {
        string[] used = [.. Sources.Where(file => !file.EndsWith("/Diagnostics.cs", StringComparison.Ordinal))
            .SelectMany(file => Tree.Read(file).Split('\n')).Where(line => Tagging.IsMatch(line))
            .SelectMany(line => Tags.Matches(line)).Select(tag => tag.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        used.ShouldContain(tag => tag == "disclosurecloud.posting");
        used.Except(Diagnostics.Tags, StringComparer.Ordinal).Except(Names, StringComparer.Ordinal).ShouldBeEmpty("tags that are not listed");
        Diagnostics.Tags.Where(tag => tag.StartsWith("disclosurecloud.", StringComparison.Ordinal) || !tag.Contains('.', StringComparison.Ordinal)).Except(used, StringComparer.Ordinal).ShouldBeEmpty("listed, and used no more");
    }

    [Fact]
    public void Host_WritesDownNeitherPathsNorAddresses()
    {
        // A path of the interface may have the code of a complaint in it, and an address leads to who complained.
        JsonElement insights = JsonElement.Parse(Tree.Read("host.json")).GetProperty("logging").GetProperty("applicationInsights");
        insights.GetProperty("enableDependencyTracking").GetBoolean().ShouldBeFalse("the host calls the app by the same path");
        insights.GetProperty("httpAutoCollectionOptions").GetProperty("enableHttpTriggerExtendedInfoCollection").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Scopes_AreNeverBegun() => Sources.Where(file => Tree.Read(file).Contains(".BeginScope(", StringComparison.Ordinal)).ShouldBeEmpty();

    /// <summary>Of spans, which stand in the same calls.</summary>
    private static readonly string[] Names = ["posting.submit", "posting.decide"];

    [GeneratedRegex("""[.]Log(?:Trace|Debug|Information|Warning|Error|Critical)[(](?:fault, )?(?:"(?<template>[^"]*)")?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Calls { get; }

    [GeneratedRegex("[{](?<name>[^}]+)[}]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fields { get; }

    [GeneratedRegex("[.]SetTag[(]|[.]Add[(]1, |[.]Record[(]charge|Telemetry[.]Begin[(]", RegexOptions.None, 1000)]
    private static partial Regex Tagging { get; }

    [GeneratedRegex("\"(?<name>[a-z][a-z_.]+)\",", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags { get; }
}
