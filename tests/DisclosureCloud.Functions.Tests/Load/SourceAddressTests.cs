using System.Net;
using DisclosureCloud.Functions.Hosting.Load;

namespace DisclosureCloud.Functions.Tests.Load;

/// <summary>Which address a request is counted for. What the sender wrote is never it.</summary>
public sealed class SourceAddressTests
{
    [Theory]
    [InlineData(0, "203.0.113.9", "10.0.0.1")]
    [InlineData(1, "203.0.113.9", "203.0.113.9")]
    [InlineData(1, "203.0.113.9:51234", "203.0.113.9")]
    [InlineData(1, "1.1.1.1, 203.0.113.9", "203.0.113.9")]
    [InlineData(2, "1.1.1.1, 203.0.113.9, 10.1.1.1", "203.0.113.9")]
    [InlineData(2, "203.0.113.9", "10.0.0.1")]
    [InlineData(1, "", "10.0.0.1")]
    [InlineData(1, "unknown", "10.0.0.1")]
    [InlineData(1, "203.0.113.9,", "10.0.0.1")]
    [InlineData(1, "[2001:db8:1:2:3:4:5:6]:443", "20010db800010002::/64")]
    [InlineData(1, "2001:db8:1:2:ffff::1", "20010db800010002::/64")]
    [InlineData(1, "::ffff:203.0.113.9", "203.0.113.9")]
    public void Of_BehindSoManyProxies_IsWhatTheOutermostSaw(int proxies, string forwarded, string source)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.1");
        context.Request.Headers["X-Forwarded-For"] = forwarded;
        SourceAddress.Of(context, proxies).ShouldBe(source);
    }

    [Fact]
    public void Of_HeaderSentTwice_CountsBothFromTheEnd()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Append("X-Forwarded-For", "1.1.1.1");
        context.Request.Headers.Append("X-Forwarded-For", "203.0.113.9");
        SourceAddress.Of(context, 1).ShouldBe("203.0.113.9");
    }
}
