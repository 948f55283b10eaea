using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;

namespace DisclosureCloud.Transparency.Tests;

public sealed class Sha256Tests
{
    [Fact]
    public void Hash_OfEveryLengthAndEverySplit_IsThatOfTheFramework()
    {
        byte[] input = new byte[5_000];
        new Random(1).NextBytes(input);
        Span<byte> framework = stackalloc byte[TreeHash.Size];
        foreach (int length in Enumerable.Range(0, 300).Concat([1_023, 1_024, 1_025, 5_000]))
        {
            foreach (int split in new[] { 0, 1, length / 2, length }.Where(split => split <= length))
            {
                TreeHash hash = Sha256.Of(input.AsSpan(0, split), input.AsSpan(split, length - split));
                hash.Bytes.SequenceEqual(SHA256.HashData(input.AsSpan(0, length))).ShouldBeTrue($"{length} bytes, split at {split}");
                Sha256.OfFramework(input.AsSpan(0, split), input.AsSpan(split, length - split), framework);
                hash.Bytes.SequenceEqual(framework).ShouldBeTrue($"{length} bytes, split at {split}");
            }
        }
    }

    [Fact]
    public void Hash_WhereThereIsLibcrypto_IsMadeByIt() => Sha256.IsDirect.ShouldBeTrue("this machine has OpenSSL, or Ed25519 would not be there either");

    /// <summary>The assembly loaded a second time, with names of libcrypto that no machine has.</summary>
    [Fact]
    public void Hash_OnAMachineWithoutLibcrypto_IsTheSame()
    {
        var context = new AssemblyLoadContext("hashes without libcrypto", isCollectible: true);
        Assembly other = context.LoadFromAssemblyPath(typeof(Sha256).Assembly.Location);
        other.GetType(typeof(Libcrypto).FullName!)!.GetProperty("Names", BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, (string[])["libcrypto.so.99"]);
        other.GetType(typeof(Sha256).FullName!)!.GetProperty("IsDirect")!.GetValue(null).ShouldBe(false);
        object hash = other.GetType(typeof(Rfc6962).FullName!)!.GetProperty("EmptyRoot")!.GetValue(null)!;
        hash.ToString()!.ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", StringCompareShould.IgnoreCase);
        context.Unload();
    }
}
