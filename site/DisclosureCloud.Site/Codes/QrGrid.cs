namespace DisclosureCloud.Site;

/// <summary>The modules of a QR code with one of its masks.</summary>
internal sealed class QrGrid
{
    private const int FormatLength = 15;
    private const int FormatMask = 0x5412; // Level M and mask 0 would else be all light.
    private const int VersionFrom = 7; // Smaller versions do not say which they are.

    private readonly bool[,] _dark;
    private readonly bool[,] _isPattern;

    private QrGrid(int size)
    {
        Size = size;
        _dark = new bool[size, size];
        _isPattern = new bool[size, size];
    }

    public int Size { get; }

    public bool this[int x, int y] => _dark[x, y];

    public static QrGrid Of(QrVersion version, byte[] codewords, int mask)
    {
        var grid = new QrGrid(version.Size);
        grid.DrawTiming();
        grid.DrawFinder(3, 3);
        grid.DrawFinder(grid.Size - 4, 3);
        grid.DrawFinder(3, grid.Size - 4);
        grid.DrawAlignment(version.AlignedAt);
        grid.DrawFormat(mask);
        grid.DrawVersion(version.Number);
        grid.DrawData(codewords, mask);
        return grid;
    }

    private void Pattern(int x, int y, bool dark)
    {
        _dark[x, y] = dark;
        _isPattern[x, y] = true;
    }

    private void DrawTiming()
    {
        for (int i = 0; i < Size; i++)
        {
            Pattern(6, i, i % 2 == 0);
            Pattern(i, 6, i % 2 == 0);
        }
    }

    // Three squares in one another, with the light separator around them.
    private void DrawFinder(int centreX, int centreY)
    {
        for (int y = Math.Max(0, centreY - 4); y <= Math.Min(Size - 1, centreY + 4); y++)
        {
            for (int x = Math.Max(0, centreX - 4); x <= Math.Min(Size - 1, centreX + 4); x++)
            {
                int ring = Math.Max(Math.Abs(x - centreX), Math.Abs(y - centreY));
                Pattern(x, y, ring is not (2 or 4));
            }
        }
    }

    private void DrawAlignment(int[] at)
    {
        foreach (int centreY in at)
        {
            foreach (int centreX in at)
            {
                if ((centreX == 6 && (centreY == 6 || centreY == at[^1])) || (centreY == 6 && centreX == at[^1]))
                {
                    continue; // A finder is there.
                }

                for (int y = -2; y <= 2; y++)
                {
                    for (int x = -2; x <= 2; x++)
                    {
                        Pattern(centreX + x, centreY + y, Math.Max(Math.Abs(x), Math.Abs(y)) != 1);
                    }
                }
            }
        }
    }

    // Twice: around the finder above on the left, and split between the other two.
    private void DrawFormat(int mask)
    {
        const int LevelM = 0b00;
        int data = (LevelM << 3) | mask;
        int bits = ((data << 10) | Remainder(data, 10, 0x537)) ^ FormatMask;
        for (int i = 0; i < FormatLength; i++)
        {
            bool dark = ((bits >> i) & 1) != 0;
            (int x, int y) = i switch
            {
                < 6 => (8, i),
                6 => (8, 7),
                7 => (8, 8),
                8 => (7, 8),
                _ => (14 - i, 8),
            };
            Pattern(x, y, dark);
            (x, y) = i < 8 ? (Size - 1 - i, 8) : (8, Size - FormatLength + i);
            Pattern(x, y, dark);
        }

        Pattern(8, Size - 8, dark: true);
    }

    private void DrawVersion(int number)
    {
        if (number < VersionFrom)
        {
            return;
        }

        int bits = (number << 12) | Remainder(number, 12, 0x1f25);
        for (int i = 0; i < 18; i++)
        {
            bool dark = ((bits >> i) & 1) != 0;
            Pattern(Size - 11 + (i % 3), i / 3, dark);
            Pattern(i / 3, Size - 11 + (i % 3), dark);
        }
    }

    // In pairs of columns from the right, up and down in turn, past the upright timing pattern.
    private void DrawData(byte[] codewords, int mask)
    {
        int bit = 0;
        bool up = true;
        for (int right = Size - 1; right > 0; right -= right == 8 ? 3 : 2, up = !up)
        {
            for (int i = 0; i < Size * 2; i++)
            {
                int x = right - (i % 2);
                int y = up ? Size - 1 - (i / 2) : i / 2;
                if (!_isPattern[x, y])
                {
                    bool dark = bit < codewords.Length * 8 && ((codewords[bit / 8] >> (7 - (bit % 8))) & 1) != 0;
                    bit++;
                    _dark[x, y] = dark ^ IsInverted(mask, x, y);
                }
            }
        }
    }

    private static bool IsInverted(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => ((x / 3) + (y / 2)) % 2,
        5 => (x * y % 2) + (x * y % 3),
        6 => ((x * y % 2) + (x * y % 3)) % 2,
        _ => (((x + y) % 2) + (x * y % 3)) % 2,
    } == 0;

    // Of a BCH code: what stays of the data over the generator.
    private static int Remainder(int data, int bits, int generator)
    {
        int rest = data;
        for (int i = 0; i < bits; i++)
        {
            rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator);
        }

        return rest;
    }
}
