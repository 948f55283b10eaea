using System.Security.Cryptography;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Salts from the system's cryptographic generator.</summary>
internal sealed class SystemSalts : ISaltSource
{
    public void Fill(Span<byte> salt) => RandomNumberGenerator.Fill(salt);
}
