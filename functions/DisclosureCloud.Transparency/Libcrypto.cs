using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DisclosureCloud.Transparency;

/// <summary>The few functions of OpenSSL's libcrypto that Ed25519 needs, which .NET has none for, and three for SHA-256 of short inputs.</summary>
/// <remarks>
/// Those for Ed25519 are there from version 1.1.1 on. Those for SHA-256 are older, and OpenSSL may leave them out some day: <see cref="Sha256"/>
/// asks whether they are there.
///
/// A key handle is only read after it was made, so that several threads may use one (openssl-threads); a digest context is made for each
/// call. Every call that may fail leaves words in its thread's error queue, where .NET's own calls would find them: so it is emptied.
/// </remarks>
internal static partial class Libcrypto
{
    private const string Name = "libcrypto";

    /// <summary>EVP_PKEY_ED25519, which is NID_ED25519 (openssl/obj_mac.h).</summary>
    private const int Ed25519 = 1087;

    private const int Success = 1;

    // SHA256_CTX (openssl/sha.h) is 112 bytes: eight words of state, a length of two, a block of sixteen, and two counts.
    private const int Sha256Words = 16;

    // A library for the whole assembly is set once, before the first call.
    static Libcrypto() => NativeLibrary.SetDllImportResolver(typeof(Libcrypto).Assembly, Resolve);

    /// <summary>What is tried, in this order. Set by tests alone, before the first call.</summary>
    internal static IReadOnlyList<string> Names { get; set; } = LibcryptoNames.OfThisSystem;

    /// <exception cref="LibcryptoMissingException">There is no libcrypto on this machine, or one without Ed25519.</exception>
    public static KeyHandle ReadPrivateKey(ReadOnlySpan<byte> seed) => Checked(NewRawPrivateKey(Ed25519, 0, seed, (nuint)seed.Length));

    /// <exception cref="LibcryptoMissingException">There is no libcrypto on this machine, or one without Ed25519.</exception>
    public static KeyHandle ReadPublicKey(ReadOnlySpan<byte> publicKey) =>
        Checked(NewRawPublicKey(Ed25519, 0, publicKey, (nuint)publicKey.Length));

    public static void WritePublicKey(KeyHandle key, Span<byte> publicKey)
    {
        nuint length = (nuint)publicKey.Length;
        Check(GetRawPublicKey(key, publicKey, ref length) == Success && length == (nuint)publicKey.Length, "EVP_PKEY_get_raw_public_key");
    }

    public static void Sign(KeyHandle key, ReadOnlySpan<byte> text, Span<byte> signature)
    {
        using ContextHandle context = NewContext();
        Check(!context.IsInvalid && DigestSignInit(context, 0, 0, 0, key) == Success, "EVP_DigestSignInit");
        nuint length = (nuint)signature.Length;
        Check(
            DigestSign(context, signature, ref length, text, (nuint)text.Length) == Success && length == (nuint)signature.Length,
            "EVP_DigestSign");
    }

    public static bool Verifies(KeyHandle key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        using ContextHandle context = NewContext();
        Check(!context.IsInvalid && DigestVerifyInit(context, 0, 0, 0, key) == Success, "EVP_DigestVerifyInit");

        // 0 is another signature, below 0 one that is of no form, or a key that is no point: all are a no.
        bool verifies = DigestVerify(context, signature, (nuint)signature.Length, text, (nuint)text.Length) == Success;
        ClearErrors();
        return verifies;
    }

    /// <summary>The SHA-256 of two inputs, one after the other.</summary>
    /// <param name="hash">32 bytes.</param>
    /// <exception cref="LibcryptoMissingException">There is no libcrypto on this machine.</exception>
    /// <exception cref="EntryPointNotFoundException">There is one without these functions.</exception>
    public static void Sha256(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> hash)
    {
        Span<ulong> context = stackalloc ulong[Sha256Words];
        bool isDone = Sha256Init(context) == Success
            && Sha256Update(context, first, (nuint)first.Length) == Success
            && (second.IsEmpty || Sha256Update(context, second, (nuint)second.Length) == Success)
            && Sha256Final(hash, context) == Success;
        Check(isDone, "SHA256_Final");
    }

    /// <summary>Opens the first of these libraries that there is.</summary>
    /// <exception cref="LibcryptoMissingException">There is none of them.</exception>
    internal static nint Open(IReadOnlyList<string> names, Func<string, nint> tryOpen)
    {
        foreach (string name in names)
        {
            if (tryOpen(name) is not 0 and nint handle)
            {
                return handle;
            }
        }

        throw new LibcryptoMissingException(
            $"Ed25519 needs libcrypto of OpenSSL 1.1.1 or newer, and this machine has none. Tried: {string.Join(", ", names)}. Install OpenSSL 3: "
            + "Debian and Ubuntu 'apt-get install libssl3', Alpine 'apk add libcrypto3', Fedora 'dnf install openssl-libs', "
            + "macOS 'brew install openssl@3', Windows 'winget install ShiningLight.OpenSSL.Light' and its folder bin on the PATH.");
    }

    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) => libraryName == Name
        ? Open(Names, name => NativeLibrary.TryLoad(name, assembly, searchPath, out nint handle) ? handle : 0)
        : 0;

    private static KeyHandle Checked(KeyHandle key)
    {
        if (!key.IsInvalid)
        {
            return key;
        }

        ClearErrors();
        key.Dispose();
        throw new LibcryptoMissingException("This machine's libcrypto has no Ed25519: it is older than OpenSSL 1.1.1, or its settings forbid it (FIPS).");
    }

    private static void Check(bool isDone, string function)
    {
        if (!isDone)
        {
            ClearErrors();
            throw new InvalidOperationException($"{function} of libcrypto failed.");
        }
    }

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial KeyHandle NewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial KeyHandle NewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetRawPublicKey(KeyHandle key, Span<byte> publicKey, ref nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void FreeKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial ContextHandle NewContext();

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSignInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DigestSignInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSign")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DigestSign(ContextHandle context, Span<byte> signature, ref nuint length, ReadOnlySpan<byte> text, nuint textLength);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerifyInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DigestVerifyInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerify")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DigestVerify(
        ContextHandle context, ReadOnlySpan<byte> signature, nuint length, ReadOnlySpan<byte> text, nuint textLength);

    // It sets ten words, and the last one hashes two blocks at most: neither is worth a word to the garbage collector.
    [LibraryImport(Name, EntryPoint = "SHA256_Init")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sha256Init(Span<ulong> context);

    [LibraryImport(Name, EntryPoint = "SHA256_Update")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sha256Update(Span<ulong> context, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Name, EntryPoint = "SHA256_Final")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sha256Final(Span<byte> hash, Span<ulong> context);

    [LibraryImport(Name, EntryPoint = "ERR_clear_error")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ClearErrors();

    /// <summary>An EVP_PKEY. Freeing it overwrites a private key.</summary>
    internal sealed class KeyHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    /// <summary>An EVP_MD_CTX: one signature or one verification.</summary>
    internal sealed class ContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
