namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>How much a file of postings may hold.</summary>
internal static class SheetLimits
{
    /// <summary>A county's year has some thousands; four hours of what a department may send one by one.</summary>
    public const int RowCountMax = 20_000;

    /// <summary>Rows that are no postings: headers, comments, sheets that explain.</summary>
    public const int OtherRowCountMax = 1_000;

    /// <summary>The widest template has some fifty; with fifty targets and fifty milestones a project needs three hundred and some, and no project has those.</summary>
    public const int ColumnCountMax = 300;

    /// <summary>What a cell holds in the spreadsheet programs themselves, in UTF-16 units.</summary>
    public const int CellLengthMax = 32_767;

    /// <summary>As a posting that is sent by itself. A shared string may be named in every cell, so that a short file could make long rows.</summary>
    public const int RowLengthMax = Http.JsonBody.LengthMax;

    /// <summary>In bytes, of all parts together once they are inflated: five times the longest file that is taken, and read in a minute.</summary>
    public const long InflatedLengthMax = 256L << 20;

    /// <summary>
    /// In UTF-16 units, of all rows together, for the same reason as <see cref="RowLengthMax"/>. The rows of a file are in memory while they are
    /// done, at two bytes a unit and more, beside the file itself; still three thousand characters a row, where a posting has some hundreds.
    /// </summary>
    public const long TextLengthMax = 64L << 20;

    /// <summary>In bytes: they are the one part that is held in memory whole.</summary>
    public const long StringsLengthMax = 64L << 20;

    /// <summary>Each is a reference in memory even where it is empty.</summary>
    public const int StringCountMax = 2_000_000;

    /// <summary>In bytes: as many styles as there may be, each with all that it can say.</summary>
    public const long StylesLengthMax = 16L << 20;

    /// <summary>Spreadsheet programs have at most 65,490 in a workbook.</summary>
    public const int StyleCountMax = 1 << 16;

    /// <summary>In bytes, of a part that says what others are: workbook, relations, content types.</summary>
    public const long DirectoryLengthMax = 4L << 20;

    /// <summary>A workbook has a part a sheet and some ten others.</summary>
    public const int PartCountMax = 1_000;

    /// <summary>In bytes, from &lt; to &gt;. The reader of XML holds a tag in memory; the longest of a spreadsheet program has some hundreds.</summary>
    public const int TagLengthMax = 64 << 10;

    /// <summary>Elements within one another. Worksheets need some ten.</summary>
    public const int DepthMax = 64;

    /// <summary>Names of elements and attributes in one part, all of which the reader of XML keeps. Spreadsheet programs use some hundreds.</summary>
    public const int NameCountMax = 10_000;
}
