using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>Where in an entry a value stands: an RFC 6901 pointer into its leaf, as queries give it in <c>withheld</c>.</summary>
/// <remarks>Names of fields have letters alone, and a list has no more than four digits of items: each value has exactly one pointer.</remarks>
public readonly partial record struct ValuePointer : IId<ValuePointer>
{
    private const string Form = "/[a-zA-Z]{1,40}(/(0|[1-9][0-9]{0,3}|[a-zA-Z]{1,40})){0,3}";

    private ValuePointer(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    /// <summary>The names and indexes on the way to the value.</summary>
    public IEnumerable<string> Parts => Value.Split('/').Skip(1);

    public static bool TryParse([NotNullWhen(true)] string? text, out ValuePointer id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new ValuePointer(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}
