using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>The version of a release of this program: <c>MAJOR.MINOR.PATCH</c>, and before a release <c>-rc.1</c> and the like (semver.org).</summary>
public readonly partial record struct ReleaseVersion : IId<ReleaseVersion>
{
    private const string Form = "(0|[1-9][0-9]{0,5})([.](0|[1-9][0-9]{0,5})){2}(-[0-9a-z]+([.-][0-9a-z]+){0,5})?";

    private const int LengthMax = 64;

    private ReleaseVersion(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out ReleaseVersion id)
    {
        bool good = text is { Length: <= LengthMax } && FormRegex.IsMatch(text);
        id = good ? new ReleaseVersion(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}
