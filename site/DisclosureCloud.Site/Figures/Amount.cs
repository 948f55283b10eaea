using System.Globalization;

namespace DisclosureCloud.Site;

/// <summary>A figure: its text in yuan, its value in whole fen.</summary>
internal readonly record struct Amount(long Fen) : IMarkup
{
    /// <summary>What the figure is, for whoever reckons it anew: <c>all/allocated</c>, <c>fund/{id}/paid</c>, <c>fund/{id}/project/{id}/paid</c>.</summary>
    /// <remarks>It stands in <c>data-of</c>. The names are part of what the site publishes: <c>verify</c> reads them.</remarks>
    public string? Of { get; init; }

    public void WriteTo(PageWriter page)
    {
        if (Of is null)
        {
            page.Write($"""<data value="{Fen}">{Text(Fen)}</data>""");
        }
        else
        {
            page.Write($"""<data value="{Fen}" data-of="{Of}">{Text(Fen)}</data>""");
        }
    }

    /// <summary>Yuan with separators; two decimals only where there are fen.</summary>
    public static string Text(long fen)
    {
        string sign = fen < 0 ? "\u2212" : "";
        long size = Math.Abs(fen);
        string yuan = (size / 100).ToString("N0", CultureInfo.InvariantCulture);
        return size % 100 == 0
            ? sign + yuan
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{yuan}.{size % 100:D2}");
    }

    /// <summary>A share of a larger unit, exactly, without trailing zeros: 113.5 for 1,135,000 yuan in 万元.</summary>
    /// <param name="unitFen">A power of ten.</param>
    public static string In(long fen, long unitFen)
    {
        long size = Math.Abs(fen);
        string whole = (size / unitFen).ToString("N0", CultureInfo.InvariantCulture);
        string rest = (unitFen + (size % unitFen)).ToString(CultureInfo.InvariantCulture)[1..].TrimEnd('0');
        return (fen < 0 ? "\u2212" : "") + (rest.Length == 0 ? whole : $"{whole}.{rest}");
    }

    /// <summary>A large sum in the reader's large unit: exact to four decimal places, otherwise to two, half up, and said to be about so much.</summary>
    /// <remarks>Nobody reads 26.79001684 million. The exact figure stands beside it or in the table below the picture.</remarks>
    public static string Large(long fen, Texts texts)
    {
        long hundredth = texts.LargeUnit / 100;
        if (fen % (hundredth / 100) == 0)
        {
            return In(fen, texts.LargeUnit);
        }

        long size = checked(Math.Abs(fen) + (hundredth / 2)) / hundredth * hundredth;
        return texts.LargeAbout + In(fen < 0 ? -size : size, texts.LargeUnit);
    }
}

/// <summary>A figure in a sentence: with its unit, and the large unit beside a large sum.</summary>
internal readonly record struct Sum(long Fen, Texts Texts) : IMarkup
{
    public void WriteTo(PageWriter page)
    {
        page.Write($"""<span class="sum">{new Amount(Fen)}{Texts.YuanAfter}</span>""");
        if (Math.Abs(Fen) >= Texts.LargeFrom)
        {
            page.Write($"""<span class="large">{Large(Fen, Texts)}</span>""");
        }
    }

    /// <summary>The same as text, for titles of pictures: the large unit alone where the sum is large.</summary>
    public static string Text(long fen, Texts texts) => Math.Abs(fen) >= texts.LargeFrom
        ? Amount.Large(fen, texts) + texts.LargeAfter
        : Amount.Text(fen) + texts.YuanAfter;

    private static string Large(long fen, Texts texts) => texts.LargeBeside.Plain(Amount.Large(fen, texts));
}

/// <summary>A sum in a cell or a large heading: the exact figure, and the large unit below it.</summary>
/// <param name="Label">The column's head, where on a phone each row stands as a list of its own.</param>
internal readonly record struct FigureCell(long? Fen, Texts Texts, string? Label = null) : IMarkup
{
    /// <summary>As <see cref="Amount.Of"/>.</summary>
    public string? Of { get; init; }

    public void WriteTo(PageWriter page)
    {
        string? label = Label;
        page.Write($"""<td class="n"{Fragment.When(label is not null, part => part.Write($" data-l=\"{label}\""))}>""");
        if (Fen is { } fen)
        {
            page.Write($"{new Amount(fen) { Of = Of }}</td>");
        }
        else
        {
            page.Write($"{new NotStated(Texts)}</td>");
        }
    }
}

/// <summary>What nobody reported. It is never zero.</summary>
internal readonly record struct NotStated(Texts Texts) : IMarkup
{
    public void WriteTo(PageWriter page) => page.Write($"""<span class="unstated">{Texts.NotStated}</span>""");
}

/// <summary>A cell that has a dash where there is nothing: the ledger knows that there is none.</summary>
internal readonly record struct Optional(long Fen, Texts Texts, string? Label = null) : IMarkup
{
    public void WriteTo(PageWriter page)
    {
        if (Fen == 0)
        {
            string? label = Label;
            page.Write($"""<td class="n"{Fragment.When(label is not null, part => part.Write($" data-l=\"{label}\""))}>–</td>""");
        }
        else
        {
            new FigureCell(Fen, Texts, Label).WriteTo(page);
        }
    }
}

/// <summary>What was paid of what was allocated: a dash where nothing was allocated, not stated where nobody has said.</summary>
internal readonly record struct PaidCell(Stages Stages, Texts Texts, string? Label = null) : IMarkup
{
    public void WriteTo(PageWriter page)
    {
        if (Stages.Allocated == 0)
        {
            string? label = Label;
            page.Write($"""<td class="n"{Fragment.When(label is not null, part => part.Write($" data-l=\"{label}\""))}>–</td>""");
        }
        else
        {
            new FigureCell(Stages.IsPaidStated ? Stages.Paid : null, Texts, Label).WriteTo(page);
        }
    }
}
