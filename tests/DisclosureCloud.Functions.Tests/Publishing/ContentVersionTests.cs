using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Site;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Publishing;

public sealed class ContentVersionTests
{
    /// <summary>Pages show days of the zone: with another one, the same entries make another site.</summary>
    [Fact]
    public void ContentVersion_InAnotherZone_IsAnother()
    {
        ContentVersion.Of(SiteSettings.Trial with { Zone = TimeZoneInfo.Utc }).ShouldNotBe(ContentVersion.Of(SiteSettings.Trial));
        ContentVersion.Of(SiteSettings.Trial with { Zone = TimeZoneInfo.FindSystemTimeZoneById(Deployment.DefaultZone) }).ShouldBe(ContentVersion.Of(SiteSettings.Trial));
    }

    [Fact]
    public void Deployment_InAZone_TellsItsSite()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Disclosure:TimeZone", "UTC")]).Build();

        Deployment.Read(configuration, data: null).Site.Zone.ShouldBe(TimeZoneInfo.Utc);
        Deployment.Read(new ConfigurationBuilder().Build(), data: null).Site.Zone.Id.ShouldBe(Deployment.DefaultZone);
    }
}
