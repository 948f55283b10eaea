using System.Buffers.Binary;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The order in which Chinese names stand in a list: Latin letters and figures, then common characters by their sound (pinyin), then rare ones.</summary>
/// <remarks>
/// The 3,755 common characters of GB 2312 lie in GB 18030 in the order of their sound, rarer ones by their form. That table never changes
/// and travels with .NET, whereas the collations of a culture differ from one machine's ICU to the next, and with them the bytes of a page.
/// A character with two sounds stands at the one that the standard gives it. What is withheld stands last; equal names stand by their codes.
/// </remarks>
internal sealed class ChineseOrder : IComparer<Region>
{
    // Where GB 2312 has its common characters: rows 16 to 55, each of them from 0xA1 on.
    private const int CommonFrom = 0xB0A1;
    private const int CommonTo = 0xD7F9;
    private const int CellFrom = 0xA1;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static ChineseOrder Instance { get; } = new();

    public int Compare(Region? x, Region? y) => (x?.Name.Value, y?.Name.Value) switch
    {
        (null, null) => string.CompareOrdinal(x?.Id, y?.Id),
        (null, _) => 1,
        (_, null) => -1,
        var (one, other) => Compare(one, other) is var order && order != 0 ? order : string.CompareOrdinal(x!.Id, y!.Id),
    };

    public static int Compare(string one, string other)
    {
        StringRuneEnumerator runes = one.EnumerateRunes();
        StringRuneEnumerator others = other.EnumerateRunes();
        while (true)
        {
            bool more = runes.MoveNext();
            bool otherMore = others.MoveNext();
            if (!more || !otherMore)
            {
                return more.CompareTo(otherMore);
            }

            int order = Place(runes.Current).CompareTo(Place(others.Current));
            if (order != 0)
            {
                return order;
            }
        }
    }

    private static (int Group, uint Code) Place(Rune rune)
    {
        Span<char> characters = stackalloc char[2];
        Span<byte> bytes = stackalloc byte[4];
        bytes.Clear();
        int length = Gb18030.GetBytes(characters[..rune.EncodeToUtf16(characters)], bytes);
        uint code = BinaryPrimitives.ReadUInt32BigEndian(bytes) >> (8 * (4 - length));
        bool common = length == 2 && code is >= CommonFrom and <= CommonTo && (code & 0xFF) >= CellFrom;
        return (length == 1 ? 0 : common ? 1 : 1 + length, code);
    }
}
