using System.Reflection;
using System.Xml.Linq;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;

namespace DisclosureCloud.Repository.Tests;

/// <summary>A release has one version, in one file, and it changes no page.</summary>
public sealed class VersionTests
{
    [Fact]
    public void App_SaysTheVersionOfTheProject() =>
        AppVersion.Current.Value.ShouldBe(XDocument.Parse(Tree.Read("Directory.Build.props")).Descendants("Version").Single().Value);

    [Fact]
    public void Projects_StateNoVersionOfTheirOwn()
    {
        foreach (string project in Tree.Projects)
        {
            XDocument.Parse(Tree.Read(project)).Descendants().Where(element => element.Name.LocalName is "Version" or "VersionPrefix" or "VersionSuffix")
                .ShouldBeEmpty(project);
        }
    }

    /// <summary>What the content version is made of, and what that refers to: with a version in them, every release would publish a site that is the same.</summary>
    [Fact]
    public void AssembliesThatMakePages_CarryNoVersion()
    {
        Assembly[] pages = [typeof(Snapshot).Assembly, typeof(Money).Assembly];
        foreach (AssemblyName name in pages.SelectMany(assembly => assembly.GetReferencedAssemblies().Append(assembly.GetName())).Where(IsOurs))
        {
            name.Version.ShouldBe(new Version(1, 0, 0, 0), name.Name);
        }

        foreach (Assembly assembly in pages)
        {
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.ShouldBe("1.0.0");
            assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version.ShouldBe("1.0.0.0");
        }
    }

    private static bool IsOurs(AssemblyName name) => name.Name!.StartsWith("DisclosureCloud.", StringComparison.Ordinal);
}
