using System.Security.Cryptography;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureCloud.Functions.Hosting.Bearer;

/// <summary>The app as its own issuer in embedded mode: an ECDSA P-256 key in a file that only its owner reads, made on first use.</summary>
internal sealed class LocalIssuer : IDisposable
{
    public const string Name = "disclosurecloud-local";

    /// <summary>A working day. A token for local use is made anew in a second.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ECDsa _key;
    private readonly string _audience;

    private LocalIssuer(ECDsa key, string audience)
    {
        (_key, _audience) = (key, audience);
        byte[] publicKey = key.ExportSubjectPublicKeyInfo();
        Key = new ECDsaSecurityKey(key) { KeyId = Sha256Hex.Of(publicKey).Value[..16] };
    }

    /// <summary>The key that tokens are checked with.</summary>
    public SecurityKey Key { get; }

    /// <summary>Opens the key, or makes it where there is none; of two processes that make it at once, one wins and both use it.</summary>
    public static LocalIssuer Open(Deployment deployment)
    {
        string file = deployment.IssuerKeyFile;
        if (!File.Exists(file))
        {
            using ECDsa made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivateFile.WriteOnce(file, made.ExportPkcs8PrivateKeyPem());
        }

        ECDsa key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new LocalIssuer(key, deployment.Audience);
    }

    public string Issue(DepartmentId department, PersonId person, IReadOnlyCollection<string> roles, RegionCode? region, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [TokenClaims.Person] = person.Value,
            [TokenClaims.Department] = department.Value,
            [TokenClaims.Roles] = roles.ToArray(),
        };
        if (region is { } code)
        {
            claims[TokenClaims.Region] = code.Value;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = _audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => _key.Dispose();
}
