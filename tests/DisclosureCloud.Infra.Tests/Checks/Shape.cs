using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Infra.Tests.Templates;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>That an operator is told what each parameter is, and cannot give what Azure would refuse an hour later.</summary>
internal static class Shape
{
    /// <summary>As long as <c>uniqueString</c> is.</summary>
    private const string Token = "abcdefghijklm";

    public static ImmutableArray<Check> All { get; } =
    [
        new("every parameter and output says what it is", Described),
        new("every parameter has bounds", Bounded),
        new("names are within limits", Named),
    ];

    // What each name may be: Azure's rules, by resource abbreviation of our own.
    private static readonly (string Names, string Rule)[] Rules =
    [
        ("archive|host|site", "^[a-z0-9]{3,24}$"),
        ("vault", "^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$"),
        ("cosmos", "^[a-z0-9](?!.*--)[a-z0-9-]{1,42}[a-z0-9]$"),
        ("api|publisher", "^[a-zA-Z0-9][a-zA-Z0-9-]{0,58}[a-zA-Z0-9]$"),
        ("apiPlan|publisherPlan", "^[a-zA-Z0-9-]{1,60}$"),
        ("apiIdentity|publisherIdentity", "^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$"),
        ("topic|watch", "^[a-zA-Z0-9-]{3,50}$"),
        ("frontDoorEndpoint", "^[a-zA-Z0-9][a-zA-Z0-9-]{0,44}[a-zA-Z0-9]$"),
        ("frontDoorProfile", "^[a-zA-Z0-9][a-zA-Z0-9-]{0,88}[a-zA-Z0-9]$"),
        ("workspace", "^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$"),
        ("insights|actionGroup", "^[a-zA-Z0-9_.-]{1,255}$"),
        ("network", "^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9_]$"),
        ("securityGroup", "^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,78}[a-zA-Z0-9_]$"),
        ("budget", "^[a-zA-Z0-9_-]{1,63}$"),
        ("database", "^[a-z]{1,255}$"),
    ];

    /// <summary>The names that the template makes, with a token in the place of Azure's.</summary>
    public static IEnumerable<(string What, string Name)> Names(Template template)
    {
        JsonElement variables = template.Main.GetProperty("variables");
        JsonElement abbreviations = variables.GetProperty("$fxv#0");
        return variables.GetProperty("names").EnumerateObject().Select(one => (one.Name, Value(one.Value.GetString()!, abbreviations)));
    }

    private static IEnumerable<string> Described(Template template) =>
        from module in template.Modules
        from part in new[] { "parameters", "outputs" }
        where module.Value.TryGetProperty(part, out _)
        from one in module.Value.GetProperty(part).EnumerateObject()
        where !one.Value.TryGetProperty("metadata", out JsonElement metadata) || metadata.GetProperty("description").GetString() is not { Length: > 10 }
        select $"{module.Key}: nobody says what {one.Name} is";

    // A switch has none, and a module's own parameters are bounded where an operator gives them.
    private static IEnumerable<string> Bounded(Template template) => template.Main.GetProperty("parameters").EnumerateObject()
        .Where(one => one.Value.GetProperty("type").GetString() is var type && type != "bool"
            && !one.Value.TryGetProperty("allowedValues", out _)
            && !(type == "int" ? one.Value.TryGetProperty("minValue", out _) && one.Value.TryGetProperty("maxValue", out _) : one.Value.TryGetProperty("maxLength", out _)))
        .Select(one => $"main: {one.Name} has no bounds");

    private static IEnumerable<string> Named(Template template)
    {
        foreach ((string what, string name) in Names(template))
        {
            string? rule = Rules.Where(one => one.Names.Split('|').Contains(what, StringComparer.Ordinal)).Select(one => one.Rule).SingleOrDefault();
            if (rule is null)
            {
                yield return $"nobody says what a name of {what} may be";
            }
            else if (!Regex.IsMatch(name, rule, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            {
                yield return $"{what} would be called '{name}', which Azure refuses";
            }
        }
    }

    // format('{0}api-{1}', variables('abbreviations').functionApp, variables('resourceToken')), or a text.
    private static string Value(string expression, JsonElement abbreviations)
    {
        // Where an operator may name another, its own name stands second.
        Match format = Regex.Match(expression, @"^\[(if\(empty\(parameters\('\w+'\)\), )?format\('(?<form>[^']*)', variables\('abbreviations'\)\.(?<short>\w+), variables\('resourceToken'\)\)(, parameters\('\w+'\)\))?\]$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return format.Success
            ? format.Groups["form"].Value.Replace("{0}", abbreviations.GetProperty(format.Groups["short"].Value).GetString(), StringComparison.Ordinal).Replace("{1}", Token, StringComparison.Ordinal)
            : expression;
    }
}
