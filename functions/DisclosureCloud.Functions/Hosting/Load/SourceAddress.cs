using System.Net;
using System.Net.Sockets;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Where a request comes from, so that one source cannot take what is there for all.</summary>
internal static class SourceAddress
{
    private const string Header = "X-Forwarded-For";

    private const string NetworkSuffix = "::/64";

    /// <summary>Six bytes in hexadecimal.</summary>
    private const int SiteDigits = 12;

    /// <summary>Whoever has an IPv6 network has at least this many bits of it fixed, and can change all others at will.</summary>
    private const int NetworkBytes = 8;

    /// <summary>The address that the outermost of our own proxies saw, which no sender can choose; an IPv6 one as its network.</summary>
    /// <param name="proxies">How many proxies of ours add to the header. What stands before their addresses, the sender wrote.</param>
    public static string Of(HttpContext context, int proxies)
    {
        IPAddress connected = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (proxies == 0)
        {
            return Network(connected);
        }

        string[] hops = context.Request.Headers[Header].ToString().Split(',', StringSplitOptions.TrimEntries);
        return hops.Length >= proxies && IPEndPoint.TryParse(hops[^proxies], out IPEndPoint? hop) ? Network(hop.Address) : Network(connected);
    }

    /// <summary>The IPv6 site (/48) of a source that is an IPv6 network: whoever is given one has 65,536 networks to send from. Null for any other.</summary>
    public static string? SiteOf(string source) => source.EndsWith(NetworkSuffix, StringComparison.Ordinal) ? $"{source[..SiteDigits]}::/48" : null;

    private static string Network(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"{Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))}{NetworkSuffix}",
        _ => address.ToString(),
    };
}
