using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>What the project is made of: no project of ours, no package, no network, no file, no clock, no chance.</summary>
public sealed class AssemblyTests
{
    private static readonly string[] Assemblies =
        ["System.Collections", "System.Linq", "System.Memory", "System.Runtime", "System.Security.Cryptography", "System.Text.Encoding.Extensions"];

    private static readonly string[] Types =
        ["System.Console", "System.DateTime", "System.DateTimeOffset", "System.Random", "System.TimeProvider", "System.Diagnostics.Stopwatch"];

    [Fact]
    public void Assembly_RefersTo_TheseAlone()
    {
        using FileStream file = File.OpenRead(typeof(TreeHash).Assembly.Location);
        using var image = new PEReader(file);
        MetadataReader metadata = image.GetMetadataReader();
        string[] assemblies = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        assemblies.ShouldNotBeEmpty();
        assemblies.Except(Assemblies, StringComparer.Ordinal).ShouldBeEmpty();

        // Files and the clock stand in System.Runtime too.
        string[] types =
        [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
        ];
        types.Contains("System.Object", StringComparer.Ordinal).ShouldBeTrue("else this test would see nothing");
        types.Where(type => Types.Contains(type, StringComparer.Ordinal) || type.StartsWith("System.IO.", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
