using System.Text;

namespace DisclosureCloud.Site;

/// <summary>A QR code (ISO/IEC 18004) of a text: byte mode, level M, versions 1 to 10.</summary>
/// <remarks>Level M stands a seventh of the code being lost, which is enough for paper on a board under rain.</remarks>
internal sealed class QrCode
{
    private const int Masks = 8;

    private readonly QrGrid _grid;

    private QrCode(QrGrid grid) => _grid = grid;

    /// <summary>How many modules it is wide and high, without its margin.</summary>
    public int Size => _grid.Size;

    /// <summary>True where the module is dark.</summary>
    public bool this[int x, int y] => _grid[x, y];

    /// <exception cref="ArgumentException">The text is longer than version 10 can hold.</exception>
    public static QrCode Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        QrVersion version = QrVersion.For(bytes.Length)
            ?? throw new ArgumentException($"A QR code here holds at most {QrVersion.BytesMax} bytes; the text has {bytes.Length}.", nameof(text));
        byte[] codewords = QrCodewords.Of(bytes, version);

        // Every mask is right; the one with the fewest patterns that confuse a reader is taken.
        return new QrCode(Enumerable.Range(0, Masks).Select(mask => QrGrid.Of(version, codewords, mask)).MinBy(QrPenalty.Of)!);
    }
}
