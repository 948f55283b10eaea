using System.Text.Json;
using DisclosureCloud.Testing.Persons;

namespace DisclosureCloud.Ledger.Tests;

public sealed class DecisionReaderTests
{
    [Theory]
    [InlineData("{\"checked\":\"已审核涉密与隐私\"}", "")]
    [InlineData("{}", "/checked missing")]
    [InlineData("{\"checked\":null}", "/checked missing")]
    [InlineData("{\"checked\":1}", "/checked wrong-type")]
    [InlineData("{\"checked\":\" \"}", "/checked empty-text")]
    [InlineData("{\"checked\":\"a\",\"b\":1}", "/b unknown-field")]
    [InlineData("[]", " wrong-type")]
    [InlineData("null", " wrong-type")]
    public void Decision_AsSent_GivesItsWordOrFindings(string json, string wanted)
    {
        var findings = new Findings();
        using var document = JsonDocument.Parse(json);

        FreeText? word = DecisionReader.Read(document.RootElement, findings);

        string.Join("; ", findings.All.Select(one => $"{one.Pointer} {one.Code}")).ShouldBe(wanted);
        (word is null).ShouldBe(findings.Any);
    }

    [Fact]
    public void Decision_WithAPersonsNumber_IsRefusedByTheGuard()
    {
        var findings = new Findings();
        using var document = JsonDocument.Parse($$"""{"checked":"问 {{SyntheticNumbers.Mobile}}"}""");

        DecisionReader.Read(document.RootElement, findings).ShouldBeNull();

        findings.All.ShouldHaveSingleItem().Code.ShouldBe(PersonalDataGuard.Code);
    }
}
