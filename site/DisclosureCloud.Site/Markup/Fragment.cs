namespace DisclosureCloud.Site;

/// <summary>A part of a page, written where it stands.</summary>
internal readonly struct Fragment(Action<PageWriter>? write) : IMarkup
{
    public static Fragment None => default;

    public void WriteTo(PageWriter page) => write?.Invoke(page);

    public static Fragment Of(Action<PageWriter> write) => new(write);

    /// <summary>Nothing where the condition does not hold.</summary>
    public static Fragment When(bool condition, Action<PageWriter> write) => condition ? new Fragment(write) : None;

    /// <summary>The same part for each item, in the order given.</summary>
    public static Fragment Each<T>(IEnumerable<T> items, Action<PageWriter, T> write) => new(page =>
    {
        foreach (T item in items)
        {
            write(page, item);
        }
    });
}

/// <summary>Text as a filling of a phrase.</summary>
internal readonly record struct Plain(string? Text) : IMarkup
{
    public void WriteTo(PageWriter page) => page.Text(Text);
}

/// <summary>A count as a filling of a phrase. From five digits on they stand in groups; a year has four.</summary>
internal readonly record struct Count(long Value) : IMarkup
{
    private const long GroupedFrom = 10_000;

    public string Text => Value.ToString(Value < GroupedFrom ? "D" : "N0", System.Globalization.CultureInfo.InvariantCulture);

    public void WriteTo(PageWriter page) => page.Text(Text);
}
