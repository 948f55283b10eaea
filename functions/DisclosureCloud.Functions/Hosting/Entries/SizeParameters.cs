using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Reads tree sizes from a query, and finds whatever else it says.</summary>
internal sealed class SizeParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Findings _findings;

    public SizeParameters(IQueryCollection query, Findings findings, params IReadOnlyList<string> names)
    {
        _findings = findings;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                Find(name, "unknown-parameter", "There is no such parameter.", null, string.Join(", ", names));
            }
            else if (values.Count != 1)
            {
                Find(name, "repeated-parameter", "A parameter is given once.", Text(values.Count), "1");
            }
            else
            {
                _values[name] = values[0] ?? "";
            }
        }
    }

    public static EntryParameter Describe(string name, string description, bool isRequired = false) => new(name, description, () => new JsonObject
    {
        ["type"] = "integer",
        ["minimum"] = 0,
        ["maximum"] = TreeHead.SizeMax,
        ["description"] = isRequired ? "Needed." : "May be left out.",
    });

    /// <summary>Null where it is not given; 0 where something is found to be wrong with it.</summary>
    public long? Read(string name, long min, long published)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return null;
        }

        // One text for a number: otherwise a cache would hold an answer under many addresses.
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size) || Text(size) != text)
        {
            Find(name, "bad-parameter", $"{name} is a tree size.", text, $"{Text(min)} to {Text(published)}");
            return 0;
        }

        if (size < min || size > published)
        {
            Find(name, size > published ? "not-published" : "bad-parameter", $"{name} is a tree size up to the published one.", text, $"{Text(min)} to {Text(published)}");
            return 0;
        }

        return size;
    }

    public long Needed(string name, long min, long published)
    {
        long? size = Read(name, min, published);
        if (size is null && !_findings.All.Any(finding => finding.Parameter == name))
        {
            Find(name, "missing-parameter", $"{name} is needed.", null, $"{Text(min)} to {Text(published)}");
        }

        return size ?? 0;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Find(string name, string code, string detail, string? found, string wanted) =>
        _findings.Add(new Finding("", code, detail, found is null ? null : Short(found), wanted) { Parameter = Short(name) });

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
