namespace DisclosureCloud.Site;

/// <summary>How hard a mask makes it to read a QR code (ISO/IEC 18004, 7.8.3): the lower the better.</summary>
internal static class QrPenalty
{
    private const int FinderLength = 11;
    private const int FinderBefore = 0b0000_1011_101; // A finder's proportions, with four light modules on one side.
    private const int FinderAfter = 0b1011_1010_000;

    public static int Of(QrGrid grid)
    {
        int penalty = Balance(grid) + Squares(grid);
        for (int line = 0; line < grid.Size; line++)
        {
            int at = line;
            penalty += Line(grid.Size, i => grid[i, at]) + Line(grid.Size, i => grid[at, i]);
        }

        return penalty;
    }

    private static int Line(int size, Func<int, bool> dark)
    {
        int penalty = 0;
        int run = 0;
        int window = 0;
        for (int i = 0; i < size; i++)
        {
            run = i > 0 && dark(i) == dark(i - 1) ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            window = ((window << 1) | (dark(i) ? 1 : 0)) & ((1 << FinderLength) - 1);
            penalty += i >= FinderLength - 1 && window is FinderBefore or FinderAfter ? 40 : 0;
        }

        return penalty;
    }

    private static int Squares(QrGrid grid)
    {
        int penalty = 0;
        for (int y = 1; y < grid.Size; y++)
        {
            for (int x = 1; x < grid.Size; x++)
            {
                bool dark = grid[x, y];
                penalty += grid[x - 1, y] == dark && grid[x, y - 1] == dark && grid[x - 1, y - 1] == dark ? 3 : 0;
            }
        }

        return penalty;
    }

    // Ten for each step of five per cent that dark modules are from half of all.
    private static int Balance(QrGrid grid)
    {
        int dark = 0;
        for (int y = 0; y < grid.Size; y++)
        {
            for (int x = 0; x < grid.Size; x++)
            {
                dark += grid[x, y] ? 1 : 0;
            }
        }

        int all = grid.Size * grid.Size;
        return Math.Abs((dark * 20) - (all * 10)) / all * 10;
    }
}
