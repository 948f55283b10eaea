using DisclosureCloud.Functions.Hosting.Load;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Load;

/// <summary>The two limits that an operator may set.</summary>
public sealed class LoadLimitsTests
{
    [Fact]
    public void Read_NothingSet_IsTheStandard()
    {
        LoadLimits read = Read();
        read.PostingsAnHour.ShouldBe(5_000);
        read.Proxies.ShouldBeNull();
    }

    [Fact]
    public void Read_BothSet_AreTaken()
    {
        LoadLimits read = Read(("Disclosure:Limits:PostingsAnHour", "200"), ("Disclosure:Limits:Proxies", "2"));
        read.PostingsAnHour.ShouldBe(200);
        read.Proxies.ShouldBe(2);
    }

    [Theory]
    [InlineData("Disclosure:Limits:PostingsAnHour", "0")]
    [InlineData("Disclosure:Limits:PostingsAnHour", "1000001")]
    [InlineData("Disclosure:Limits:PostingsAnHour", "many")]
    [InlineData("Disclosure:Limits:Proxies", "-1")]
    [InlineData("Disclosure:Limits:Proxies", "5")]
    public void Read_OutOfBounds_IsRefusedByName(string setting, string value) =>
        Should.Throw<InvalidOperationException>(() => Read((setting, value))).Message.ShouldContain(setting, Case.Sensitive);

    private static LoadLimits Read(params (string Name, string Value)[] settings) => LoadLimits.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build());
}
