namespace DisclosureCloud.Functions.Hosting;

/// <summary>Reads the public address of the site.</summary>
internal static class SiteAddress
{
    /// <summary>A longer one would not fit into the code on a printed notice, with the way to a proof behind it.</summary>
    public const int LengthMax = 120;

    private const string Setting = "Disclosure:Site:Address";

    /// <returns>Scheme, host and a port that is not the usual one, the host as DNS has it; null where nothing is set.</returns>
    /// <exception cref="InvalidOperationException">It is no https address, or has more than a host and a port.</exception>
    public static string? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // The site's pages link each other from the root: it can lie nowhere else.
        string? address = Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.Scheme == Uri.UriSchemeHttps && uri is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" } && !text.EndsWith('?') && !text.EndsWith('#')
                ? $"https://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
                : null;
        return address is { Length: <= LengthMax }
            ? address
            : throw new InvalidOperationException($"{Setting} is https and a host, such as https://sun.county.gov.cn, of at most {LengthMax} characters; found '{text}'.");
    }
}
