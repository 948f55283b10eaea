using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

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
    public void Accepts_OfWhatItRefuses_LeavesNoErrorForOthersToFind()
    {
        // OpenSSL keeps its errors by thread, and .NET's own calls look there.
        nint library = Libcrypto.Open(LibcryptoNames.OfThisSystem, name => NativeLibrary.TryLoad(name, out nint handle) ? handle : 0);
        var peek = Marshal.GetDelegateForFunctionPointer<PeekError>(NativeLibrary.GetExport(library, "ERR_peek_error"));
        byte[] offCurve = Convert.FromHexString("0200000000000000000000000000000000000000000000000000000000000000");
        Ed25519PublicKey.Accepts(offCurve, "text\n"u8, new byte[64]).ShouldBeFalse();
        peek().ShouldBe(0);
        Libcrypto.Verifies(Libcrypto.ReadPublicKey(offCurve), "text\n"u8, new byte[63]).ShouldBeFalse();
        peek().ShouldBe(0);
        Should.Throw<LibcryptoMissingException>(() => Libcrypto.ReadPublicKey(new byte[31]));
        peek().ShouldBe(0);
    }

    private delegate nint PeekError();
}
