using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>What the project is made of: no project of ours, no package, no network, no file, no clock, no chance.</summary>
/// <remarks>
/// One thing comes from outside the framework, for .NET has no Ed25519 and is slow at hashing nodes: libcrypto. Calling it takes System.Runtime.InteropServices, which
/// could call anything; so the functions that are called stand here, one by one.
/// </remarks>
public sealed class AssemblyTests
{
    private static readonly string[] Assemblies =
    [
        "System.Collections", "System.Linq", "System.Memory", "System.Runtime", "System.Runtime.InteropServices", "System.Security.Cryptography",
        "System.Text.Encoding.Extensions",
    ];

    private static readonly string[] NativeFunctions =
    [
        "ERR_clear_error", "EVP_DigestSign", "EVP_DigestSignInit", "EVP_DigestVerify", "EVP_DigestVerifyInit", "EVP_MD_CTX_free", "EVP_MD_CTX_new",
        "EVP_PKEY_free", "EVP_PKEY_get_raw_public_key", "EVP_PKEY_new_raw_private_key", "EVP_PKEY_new_raw_public_key",
        "SHA256_Final", "SHA256_Init", "SHA256_Update",
    ];

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

    [Fact]
    public void Assembly_CallsOfNativeCode_TheseAlone()
    {
        using FileStream file = File.OpenRead(typeof(TreeHash).Assembly.Location);
        using var image = new PEReader(file);
        MetadataReader metadata = image.GetMetadataReader();
        MethodImport[] imports =
        [
            .. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
                .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
                .Select(method => method.GetImport()),
        ];
        imports.Select(import => metadata.GetString(metadata.GetModuleReference(import.Module).Name)).Distinct(StringComparer.Ordinal).ShouldBe(["libcrypto"]);
        imports.Select(import => metadata.GetString(import.Name)).Order(StringComparer.Ordinal).ShouldBe(NativeFunctions);
    }
}
