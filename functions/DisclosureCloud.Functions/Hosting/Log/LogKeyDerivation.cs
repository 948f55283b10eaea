using System.Security.Cryptography;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Makes both keys of a log from its one seed, by HKDF-SHA256 (RFC 5869) with a label each. The labels never change.</summary>
internal static class LogKeyDerivation
{
    /// <summary>The order n of P-256, big-endian (SP 800-186, section 3.2.1.3).</summary>
    private static readonly byte[] P256Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static ReadOnlySpan<byte> Ed25519Label => "disclosurecloud log key v1: ed25519"u8;

    /// <summary>A byte follows it: which candidate this is.</summary>
    private static ReadOnlySpan<byte> P256Label => "disclosurecloud log key v1: ecdsa-p256 candidate "u8;

    public static Ed25519Signer Ed25519(string name, ReadOnlySpan<byte> seed)
    {
        Span<byte> key = stackalloc byte[LogSeed.Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, key, salt: [], Ed25519Label);
        var signer = new Ed25519Signer(name, key);
        CryptographicOperations.ZeroMemory(key);
        return signer;
    }

    public static ECDsa P256(ReadOnlySpan<byte> seed)
    {
        byte[] scalar = new byte[P256Order.Length];
        DeriveScalar(seed, scalar);
        var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        CryptographicOperations.ZeroMemory(scalar);
        return key;
    }

    /// <summary>The first candidate from 1 to n-1, as FIPS 186-5, A.2.2 draws it.</summary>
    /// <remarks>
    /// By rejection and not by reducing a wider number: every scalar is then exactly as likely as another, and the secret never is in a
    /// BigInteger, which cannot be overwritten. A candidate is rejected once in 2^32 seeds.
    /// </remarks>
    private static void DeriveScalar(ReadOnlySpan<byte> seed, Span<byte> scalar)
    {
        Span<byte> label = [.. P256Label, 0];
        for (int candidate = 0; candidate <= byte.MaxValue; candidate++)
        {
            label[^1] = (byte)candidate;
            HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, scalar, salt: [], label);
            if (IsScalar(scalar))
            {
                return;
            }
        }

        throw new CryptographicException("No candidate is a scalar of P-256, which is as likely as guessing the seed.");
    }

    /// <summary>Whether 32 bytes, big-endian, are from 1 to n-1.</summary>
    internal static bool IsScalar(ReadOnlySpan<byte> bytes) => bytes.SequenceCompareTo(P256Order) < 0 && bytes.ContainsAnyExcept((byte)0);
}
