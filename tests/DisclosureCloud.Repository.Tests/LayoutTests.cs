using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Repository.Tests;

/// <summary>The shape of the repository: who refers to whom, what lies where. House rules, section 2.</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] TopLevel =
    [
        "BannedSymbols.txt", "azure.yaml", "Directory.Build.props", "Directory.Packages.props", "DisclosureCloud.sln", "README.md",
        "functions", "global.json", "host.json", "infra", "site", "tests",
    ];

    // What each product project may refer to.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["DisclosureCloud.Ledger"] = [],
        ["DisclosureCloud.Transparency"] = [],
        ["DisclosureCloud.Verifier"] = ["DisclosureCloud.Transparency"],
        ["DisclosureCloud.Storage"] = ["DisclosureCloud.Ledger", "DisclosureCloud.Transparency"],
        ["DisclosureCloud.Site"] = ["DisclosureCloud.Ledger", "DisclosureCloud.Transparency"],
        ["DisclosureCloud.Functions"] =
            ["DisclosureCloud.Ledger", "DisclosureCloud.Transparency", "DisclosureCloud.Verifier", "DisclosureCloud.Storage", "DisclosureCloud.Site"],
        ["DisclosureCloud.Release"] = [],
    };

    [Fact]
    public void TopLevel_Holds_WhatTheLayoutSays()
    {
        IEnumerable<string> found = Tree.Files.Select(file => file.Split('/')[0]).Distinct(StringComparer.Ordinal);
        found.Where(name => name[0] != '.').Except(TopLevel, StringComparer.Ordinal).ShouldBeEmpty();
        TopLevel.Except(Tree.Files.Select(file => file.Split('/')[0]), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Projects_Reference_OnlyWhatTheTableAllows()
    {
        string[] products = [.. Tree.Projects.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal))];
        products.Length.ShouldBeGreaterThanOrEqualTo(5);
        foreach (string project in products)
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Allowed.ShouldContainKey(name);
            References(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))
                .Except(Allowed[name], StringComparer.Ordinal).ShouldBeEmpty(name);
        }
    }

    [Theory]
    [InlineData("DisclosureCloud.Ledger")]
    [InlineData("DisclosureCloud.Transparency")] // Which parts of the framework it may use is with its own tests.
    public void Project_OfRules_HasNoPackagesAndNoProjects(string name)
    {
        string project = $"functions/{name}/{name}.csproj";
        Tree.Projects.Contains(project, StringComparer.Ordinal).ShouldBeTrue(project);
        References(project, "PackageReference").ShouldBeEmpty();
        References(project, "ProjectReference").ShouldBeEmpty();
        References(project, "Reference").ShouldBeEmpty();
    }

    [Fact]
    public void Assemblies_KeepAzureInStorageAndAspNetInFunctions()
    {
        Assembly ledger = typeof(Money).Assembly;
        Assembly storage = typeof(SiteFolder).Assembly;
        Assembly site = typeof(Snapshot).Assembly;
        Assembly functions = typeof(Routes).Assembly;
        foreach (Assembly assembly in new[] { ledger, site, functions })
        {
            Referenced(assembly, "Azure.", "Microsoft.Azure.").ShouldBeEmpty(assembly.GetName().Name);
        }

        foreach (Assembly assembly in new[] { ledger, site, storage })
        {
            Referenced(assembly, "Microsoft.AspNetCore.", "Microsoft.Extensions.").ShouldBeEmpty(assembly.GetName().Name);
        }

        Referenced(functions, "Microsoft.AspNetCore.").ShouldNotBeEmpty("else this test would see nothing");
    }

    [Fact]
    public void Projects_PinNoVersions()
    {
        foreach (string project in Tree.Projects)
        {
            XDocument.Parse(Tree.Read(project)).Descendants("PackageReference")
                .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.Element("Version") is not null)
                .Select(reference => (string?)reference.Attribute("Include"))
                .ShouldBeEmpty($"{project}: versions stand in Directory.Packages.props");
        }
    }

    [Fact]
    public void Projects_HaveLockFilesAndStandInTheSolution()
    {
        string solution = Tree.Read("DisclosureCloud.sln").Replace('\\', '/');
        foreach (string project in Tree.Projects)
        {
            Tree.Files.Contains(Path.GetDirectoryName(project)!.Replace('\\', '/') + "/packages.lock.json", StringComparer.Ordinal).ShouldBeTrue($"the lock file of {project}");
            solution.Contains(project, StringComparison.Ordinal).ShouldBeTrue($"{project} in the solution");
        }
    }

    [Fact]
    public void Files_NameNoMachineAndNoRegistry()
    {
        // Pieced together, so that this file does not hold what it looks for.
        string[] hosts = ["api.nu" + "get.org", "registry.npm" + "js.org", "proxy.go" + "lang.org", "py" + "pi.org", "files.python" + "hosted.org"];
        var wrong = new List<string>();
        foreach (string file in Tree.Files.Where(IsText))
        {
            string text = Tree.Read(file);
            wrong.AddRange(hosts.Where(host => text.Contains(host, StringComparison.OrdinalIgnoreCase)).Select(host => $"{file}: {host}"));
            wrong.AddRange(MachinePath.Matches(text).Select(match => $"{file}: {match.Value}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("read /wo", "rk/main/x", true)]
    [InlineData("in /ro", "ot/.nuget", true)]
    [InlineData("\"/ho", "me/someone/x\"", true)]
    [InlineData("C:\\Us", "ers\\someone", true)]
    [InlineData("https://host.example/wo", "rk/x", false)]
    [InlineData("site/content/ho", "me/x.png", false)]
    public void MachinePath_OfTheseTexts_IsFoundOrNot(string first, string second, bool found) => MachinePath.IsMatch(first + second).ShouldBe(found);

    [Fact]
    public void Sources_HaveNoForbiddenFoldersOrNames()
    {
        string[] folders = ["Models", "Services", "Helpers", "Utils"];
        Tree.Files.Where(file => file.Split('/').SkipLast(1).Intersect(folders, StringComparer.Ordinal).Any()).ShouldBeEmpty();
        Tree.Files.Where(file => ForbiddenName.IsMatch(file)).ShouldBeEmpty();
    }

    private static bool IsText(string file) => Path.GetExtension(file) is not (".png" or ".jpg" or ".ico" or ".woff2" or ".xlsx" or ".zip");

    private static IEnumerable<string> References(string project, string element) =>
        XDocument.Parse(Tree.Read(project)).Descendants(element).Select(reference => (string)reference.Attribute("Include")!);

    private static IEnumerable<string> Referenced(Assembly assembly, params string[] beginnings) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name =>
            beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)));

    [GeneratedRegex(@"(?<![\w./-])/(work|root|home)/[\w.-]+|[A-Z]:\\Users\\", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath { get; }

    [GeneratedRegex("(Manager|Dto|Impl|Helper|Utils)\\.cs$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ForbiddenName { get; }
}
