namespace DisclosureCloud.Verifier.Tests;

/// <summary>An outsider's check must not share code with what it checks.</summary>
public sealed class AssemblyTests
{
    [Fact]
    public void Assembly_RefersTo_TheLogAsASpecificationAlone()
    {
        string[] references = [.. typeof(SiteVerifier).Assembly.GetReferencedAssemblies().Select(name => name.Name!)];
        references.Where(name => name.StartsWith("DisclosureCloud.", StringComparison.Ordinal)).ShouldBe(["DisclosureCloud.Transparency"]);
        references.Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("DisclosureCloud.", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
