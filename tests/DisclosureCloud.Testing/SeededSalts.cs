using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Salts that are the same in every run of the same seed, and all different.</summary>
public sealed class SeededSalts(int seed) : ISaltSource
{
    private int drawn;

    public void Fill(Span<byte> salt)
    {
        // Hashed rather than drawn from Random: the same on every version of .NET, and safe when called in parallel.
        int number = Interlocked.Increment(ref drawn);
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"salt {seed} {number}"));
        bytes.AsSpan(0, salt.Length).CopyTo(salt);
    }
}
