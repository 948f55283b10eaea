using DisclosureCloud.Functions.Hosting.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>What one connection may ask of the server: sizes, numbers, and how slowly it may go.</summary>
/// <remarks>
/// The server refuses in its own bare words, before there is a request to answer. Where a limit of ours lies below (<see cref="RequestShape"/>,
/// <see cref="JsonBody"/>), its answer is a problem document like every other.
/// </remarks>
internal static class ServerLimits
{
    /// <summary>A connection that waits costs some kilobytes: this many trickle without harm, and the next one is closed.</summary>
    public const int ConnectionsMax = 2_000;

    /// <summary>A request's head comes in one packet or a few. Who needs longer is not sending one.</summary>
    private static readonly TimeSpan HeadTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>A program that sends one posting after another keeps its connection so long.</summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(2);

    /// <summary>Four times what we take, so that what is somewhat too long is answered in our own words.</summary>
    private const int RequestLineMax = 4 * RequestShape.AddressLengthMax;

    private const int HeadersMax = 2 * RequestShape.HeaderBytesMax;

    private const int HeaderCountMax = 2 * RequestShape.HeaderCountMax;

    /// <summary>What the server reads ahead of us for a connection; it may not be below the headers.</summary>
    private const int ReadAheadMax = HeadersMax;

    /// <summary>What is too large for us is read and thrown away up to here, for some seconds: a sender that is cut off in the middle never reads why.</summary>
    private const long BodyMax = 8 * JsonBody.LengthMax;

    /// <summary>In bytes a second, once five seconds are over. The whole body has <see cref="BodyForm.TimeMax"/> besides.</summary>
    private const double RequestRateMin = 240;

    /// <summary>In bytes a second: an evidence pack is many megabytes, and whoever reads it holds one of few places. A telephone line has more.</summary>
    private const double ResponseRateMin = 4_096;

    private static readonly TimeSpan RequestGrace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ResponseGrace = TimeSpan.FromSeconds(10);

    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = ConnectionsMax;
        limits.MaxConcurrentUpgradedConnections = 0; // There is nothing to upgrade to.
        limits.RequestHeadersTimeout = HeadTimeMax;
        limits.KeepAliveTimeout = IdleMax;
        limits.MaxRequestLineSize = RequestLineMax;
        limits.MaxRequestHeadersTotalSize = HeadersMax;
        limits.MaxRequestHeaderCount = HeaderCountMax;
        limits.MaxRequestBufferSize = ReadAheadMax;
        limits.MaxRequestBodySize = BodyMax;
        limits.MinRequestBodyDataRate = new MinDataRate(RequestRateMin, RequestGrace);
        limits.MinResponseDataRate = new MinDataRate(ResponseRateMin, ResponseGrace);
    }
}
