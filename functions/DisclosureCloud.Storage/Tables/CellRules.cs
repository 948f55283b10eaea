using System.Globalization;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>What every store of cells checks in the same way, and how a key is written where not every character may stand.</summary>
internal static class CellRules
{
    /// <summary>Takes a copy: the caller may go on using its memory while the write waits for its turn.</summary>
    /// <exception cref="ArgumentException">There are too many bytes.</exception>
    public static byte[] BytesOf(ReadOnlyMemory<byte> value) => value.Length <= ICellStore.SizeMax
        ? value.ToArray()
        : throw new ArgumentException($"A cell has at most {ICellStore.SizeMax} bytes; found {value.Length}.", nameof(value));

    /// <summary>A key as a table takes it: letters, digits, <c>- _ .</c> as they are, every other as <c>=</c> and two hexadecimal digits.</summary>
    /// <remarks>Tables refuse <c>/ \ # ?</c>, and a <c>%</c> or a quote is easily written twice on its way through an address.</remarks>
    public static string TableKeyOf(CellKey key)
    {
        var text = new StringBuilder(key.Value.Length);
        foreach (char c in key.Value)
        {
            _ = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'
                ? text.Append(c)
                : text.Append(CultureInfo.InvariantCulture, $"={(int)c:X2}");
        }

        return text.ToString();
    }
}
