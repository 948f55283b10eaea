using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>RFC 6901 pointers, built step by step.</summary>
public static class JsonPointer
{
    public static string Down(string pointer, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    public static string Down(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
