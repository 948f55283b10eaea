namespace DisclosureCloud.Site;

/// <summary>What a page of the site may load: its own files alone. Nothing inline runs or styles, and nobody else is told who reads what.</summary>
public static class ContentPolicy
{
    /// <summary>As every page says it of itself, wherever it is served from.</summary>
    public const string Page = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

    /// <summary>As a server says it. Browsers take what follows from a header alone: that no other site may show a page as its own.</summary>
    public const string Header = $"{Page}; frame-ancestors 'none'";
}
