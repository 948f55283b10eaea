using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>A public key as a department registers it, and what it says of a signature.</summary>
public sealed class SigningKeyTests
{
    private static readonly byte[] Said = Encoding.UTF8.GetBytes("a message");

    [Fact]
    public void Key_ChecksWhatItsOtherHalfSigned_AndNothingElse()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SigningKey known = SigningKey.Of(key);
        byte[] signature = Sign(key);
        known.HasSigned(Said, signature).ShouldBeTrue();
        SigningKey.Of(other).HasSigned(Said, signature).ShouldBeFalse();
        known.HasSigned(Encoding.UTF8.GetBytes("a messagf"), signature).ShouldBeFalse();
        known.HasSigned(Said, []).ShouldBeFalse();
        known.HasSigned(Said, key.SignData(Said, HashAlgorithmName.SHA256)).ShouldBeFalse("two numbers without DER around them are another format");
        for (int bit = 0; bit < signature.Length * 8; bit++)
        {
            byte[] flipped = [.. signature];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            known.HasSigned(Said, flipped).ShouldBeFalse($"bit {bit}");
        }
    }

    [Fact]
    public void TextThatIsNoSuchKey_IsRefused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa wider = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string good = SigningKey.Of(key).Value;
        SigningKey.TryParse(good, out _).ShouldBeTrue();
        byte[] off = Convert.FromBase64String(good);
        off[^1] ^= 1;
        foreach (string? bad in new[]
        {
            null, "", good[..^1], $"{good} ", good.TrimEnd('='), good.Replace("MFkw", "MFkx", StringComparison.Ordinal),
            Convert.ToBase64String(off), Convert.ToBase64String(wider.ExportSubjectPublicKeyInfo()), key.ExportSubjectPublicKeyInfoPem(),
        })
        {
            SigningKey.TryParse(bad, out _).ShouldBeFalse(bad ?? "null");
        }

        Should.Throw<FormatException>(() => SigningKey.Of(wider));
    }

    [Fact]
    public void Example_IsAKey() => SigningKey.TryParse(SigningKey.Example.Value, out _).ShouldBeTrue();

    private static byte[] Sign(ECDsa key) => key.SignData(Said, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
