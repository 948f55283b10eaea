using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;

namespace DisclosureCloud.Transparency.Tests;

public sealed class LibcryptoTests
{
    [Fact]
    public void Open_OfSeveralNames_TakesTheFirstThereIs()
    {
        var tried = new List<string>();
        nint handle = Libcrypto.Open(["a", "b", "c"], name =>
        {
            tried.Add(name);
            return name == "b" ? 7 : 0;
        });
        handle.ShouldBe(7);
        tried.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Open_WhereThereIsNone_SaysWhatWasTriedAndWhatToInstall()
    {
        string message = Should.Throw<LibcryptoMissingException>(() => Libcrypto.Open(["libcrypto.so.99", "libcrypto-99.dll"], _ => 0)).Message;
        message.ShouldContain("Tried: libcrypto.so.99, libcrypto-99.dll.");
        message.ShouldContain("apt-get install libssl3");
    }

    /// <summary>The assembly loaded a second time, so that it asks for its library anew: under names that no machine has.</summary>
    [Fact]
    public void Call_OnAMachineWithoutLibcrypto_IsTheExceptionOfItsOwn()
    {
        var context = new AssemblyLoadContext("without libcrypto", isCollectible: true);
        Type libcrypto = context.LoadFromAssemblyPath(typeof(Libcrypto).Assembly.Location).GetType(typeof(Libcrypto).FullName!)!;
        libcrypto.GetProperty("Names", BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, (string[])["libcrypto.so.99"]);
        MethodInfo free = libcrypto.GetMethod("FreeKey", BindingFlags.Static | BindingFlags.NonPublic)!;
        Exception fault = Should.Throw<TargetInvocationException>(() => free.Invoke(null, [(nint)0])).InnerException!;
        fault.GetType().FullName.ShouldBe(typeof(LibcryptoMissingException).FullName);
        fault.Message.ShouldContain("Tried: libcrypto.so.99.");
        context.Unload();
    }

    [Fact]
    public void Accepts_AfterManyRefusals_LeavesNothingForOthersToFind()
    {
        // OpenSSL keeps its errors by thread, and .NET's own calls look there.
        var verifier = new Ed25519Verifier(VerifierKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signature = key.SignData("text"u8, HashAlgorithmName.SHA256);
        for (int round = 0; round < 100; round++)
        {
            verifier.Accepts("text\n"u8, [.. Enumerable.Repeat((byte)0xff, 64)]).ShouldBeFalse();
            key.VerifyData("text"u8, signature, HashAlgorithmName.SHA256).ShouldBeTrue();
        }
    }
}
