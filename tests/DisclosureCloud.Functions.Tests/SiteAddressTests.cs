using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests;

/// <summary>The public address of the site, which printed notices lead to.</summary>
public sealed class SiteAddressTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("https://sun.county.gov.cn", "https://sun.county.gov.cn")]
    [InlineData("https://Sun.County.gov.cn/", "https://sun.county.gov.cn")]
    [InlineData("https://sun.county.gov.cn:443", "https://sun.county.gov.cn")]
    [InlineData("https://sun.county.gov.cn:8443/", "https://sun.county.gov.cn:8443")]
    [InlineData("https://阳光.cn", "https://xn--54qy39n.cn")]
    public void Address_OfAHostOverHttps_IsTaken(string? text, string? address)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Disclosure:Site:Address", text)]).Build();

        Deployment.Read(configuration, data: null).Site.Address.ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sun.county.gov.cn")]
    [InlineData("http://sun.county.gov.cn")]
    [InlineData("https://sun.county.gov.cn/funds")]
    [InlineData("https://sun.county.gov.cn/?a=b")]
    [InlineData("https://sun.county.gov.cn?")]
    [InlineData("https://sun.county.gov.cn/#top")]
    [InlineData("https://sun.county.gov.cn#")]
    [InlineData("https://somebody@sun.county.gov.cn")]
    [InlineData("https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.gov.cn")]
    public void Address_OfAnotherForm_IsRefusedByItsSetting(string text) =>
        Should.Throw<InvalidOperationException>(() => SiteAddress.Read(text)).Message.ShouldStartWith("Disclosure:Site:Address is https and a host");

    [Fact]
    public void ContentVersion_AtAnotherAddress_IsAnother()
    {
        VersionAt("https://one.gov.cn").ShouldNotBe(VersionAt("https://two.gov.cn"));
        VersionAt("https://one.gov.cn").ShouldNotBe(VersionAt(null));

        static Sha256Hex VersionAt(string? address) => ContentVersion.Of(SiteSettings.Trial with { Address = address });
    }
}
