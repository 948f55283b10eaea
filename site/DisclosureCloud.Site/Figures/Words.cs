using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A date in the reader's form; not stated where there is none.</summary>
internal readonly record struct Day(DateOnly? Date, Texts Texts) : IMarkup
{
    public void WriteTo(PageWriter page)
    {
        if (Date is { } date)
        {
            page.Write($"""<time datetime="{date}">{Text(date, Texts)}</time>""");
        }
        else
        {
            new NotStated(Texts).WriteTo(page);
        }
    }

    public static string Text(DateOnly date, Texts texts) => texts.Date.Plain(
        date.Year.ToString(CultureInfo.InvariantCulture),
        texts.Months[date.Month - 1],
        date.Day.ToString(CultureInfo.InvariantCulture));
}

/// <summary>A name or text as it was posted: Chinese in every language, and unable to turn the direction of what surrounds it.</summary>
internal readonly record struct Name(FreeText? Value, Language Language) : IMarkup
{
    public void WriteTo(PageWriter page)
    {
        if (Value is null)
        {
            new NotStated(Language.Texts).WriteTo(page);
        }
        else if (Value.Value is null)
        {
            page.Write($"""<span class="withheld">{Language.Texts.Withheld}</span>""");
        }
        else if (Language.IsChinese)
        {
            page.Write($"<bdi>{Value.Value}</bdi>");
        }
        else
        {
            page.Write($"""<bdi lang="zh-Hans">{Value.Value}</bdi>""");
        }
    }

    /// <summary>For page titles.</summary>
    public static string Text(FreeText? value, Texts texts) => value is null ? texts.NotStated : value.Value ?? texts.Withheld;
}

/// <summary>A count of households or persons: one so small that it could tell who is meant is not shown.</summary>
internal readonly record struct Heads(Headcount? Value, Texts Texts) : IMarkup
{
    public void WriteTo(PageWriter page)
    {
        switch (Value)
        {
            case null:
                new NotStated(Texts).WriteTo(page);
                break;
            case { IsSmall: true }:
                page.Write($"{Texts.UnderTen}");
                break;
            case { IsCovered: true }:
                page.Write($"{Texts.NotShown}");
                break;
            case { Value: null }:
                page.Write($"""<span class="withheld">{Texts.Withheld}</span>""");
                break;
            default:
                page.Write($"{Value.Value.Value.ToString("N0", CultureInfo.InvariantCulture)}");
                break;
        }
    }
}

/// <summary>Where a notice was found: a link only where the host is a government's.</summary>
internal readonly record struct Source(FreeText? Address, Language Language) : IMarkup
{
    private const string GovernmentHosts = ".gov.cn";

    public void WriteTo(PageWriter page)
    {
        if (Address?.Value is { } address && IsGovernment(address))
        {
            page.Write($"""<a class="url" href="{address}" rel="external noreferrer">{address}</a>""");
        }
        else if (Address?.Value is { } text)
        {
            page.Write($"""<span class="url">{text}</span>""");
        }
        else
        {
            new Name(Address, Language).WriteTo(page);
        }
    }

    public static bool IsGovernment(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
        && uri.Host.EndsWith(GovernmentHosts, StringComparison.OrdinalIgnoreCase);
}
