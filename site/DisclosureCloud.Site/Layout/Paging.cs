using System.Runtime.InteropServices;

namespace DisclosureCloud.Site;

/// <summary>Rows that stand together on one page.</summary>
/// <param name="From">The place of the first, from 0.</param>
/// <param name="Number">0 on the page of the thing itself; else what the address of the page ends with.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stretch(int From, int Count, int Number);

/// <summary>How the rows of a long table are divided into pages: each row on one page, the page of the thing first.</summary>
/// <param name="First">How many rows the page of the thing has at most.</param>
/// <param name="Further">How many each page below it has at most.</param>
internal sealed record Paging(int First, int Further, bool IsNewestFirst)
{
    private const int KeptMin = 10; // What came last is not left standing alone.

    /// <summary>The page of the thing has the first rows: for tables that are read from the top.</summary>
    public static Paging FromStart(int first, int further) => new(first, further, IsNewestFirst: false);

    /// <summary>The page of the thing has the last rows, as many as do not yet fill a page of their own: for tables in the order of the ledger.</summary>
    /// <remarks>A row that has gone to a page below stays there, at the same address, and a new row leaves all those pages as they are.</remarks>
    public static Paging NewestFirst(int first) => new(first, first - KeptMin, IsNewestFirst: true);

    /// <summary>The pages in the order of their turning, at least one.</summary>
    public IReadOnlyList<Stretch> Of(int count)
    {
        if (count <= First)
        {
            return [new Stretch(0, count, 0)];
        }

        int pages = ((count - First - 1) / Further) + 1;
        return IsNewestFirst
            ? [new Stretch(pages * Further, count - (pages * Further), 0), .. Enumerable.Range(0, pages).Reverse().Select(page => new Stretch(page * Further, Further, page + 1))]
            : [new Stretch(0, First, 0), .. Enumerable.Range(0, pages).Select(page => First + (page * Further)).Select((from, page) => new Stretch(from, Math.Min(Further, count - from), page + 2))];
    }
}
