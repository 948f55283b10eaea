namespace DisclosureCloud.Site;

/// <summary>The words around tables that do not fit on one page, in both languages.</summary>
internal static class ListWords
{
    public static Both RowsOf => new("第{0}至{1}行，共{2}行", "Rows {0} to {1} of {2}");
    public static Both Rows => new("第{0}至{1}行", "Rows {0} to {1}");
    public static Both TotalOfAll => new("全部{0}行合计", "Total of all {0} rows");
    public static Both Newer => new("较新的", "Newer");
    public static Both Older => new("更早的", "Older");
    public static Both AllRows => new("全部各行，一次下载：", "All rows in one file:");
    public static Both AllPages => new("其余各页", "All other pages");
    public static Both ShowRows => new("展开这{0}行", "Show these {0} rows");
}
