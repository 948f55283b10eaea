using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Ledger;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Complaints;

/// <summary>The department that handles complaints, as the settings name it.</summary>
public sealed class ComplaintHandlingTests
{
    private const string Setting = "Disclosure:Complaints:Department";

    [Fact]
    public void Read_NothingSet_IsNone() => Read(null).ShouldBeNull();

    [Fact]
    public void Read_OfADepartment_IsIt() => Read("petitions").ShouldBe(Id.Parse<DepartmentId>("petitions"));

    [Theory]
    [InlineData("")]
    [InlineData("Petitions")]
    [InlineData("petitions,finance")]
    [InlineData("信访局")]
    public void Read_OfWhatIsNoDepartment_IsRefusedByName(string value) =>
        Should.Throw<InvalidOperationException>(() => Read(value)).Message.ShouldContain(Setting, Case.Sensitive);

    private static DepartmentId? Read(string? value) => ComplaintHandling.Read(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(Setting, value)]).Build());
}
