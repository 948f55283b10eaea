using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using Microsoft.IdentityModel.JsonWebTokens;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>Signs messages as departments' programs do. Each person has a key pair of their own, the same in every run.</summary>
internal static class MessageSigner
{
    /// <summary>A message that is signed by whom its token names.</summary>
    /// <param name="name">Whether it brings a posting or a notice.</param>
    public static string Message(string token, string? key, JsonNode? body, DateTimeOffset sentAt, string name = "posting") => Sign(
        new JsonObject { ["token"] = token, ["key"] = key, [name] = body?.DeepClone() }, new JsonWebToken(token).Subject, sentAt).ToJsonString();

    public static JsonObject Sign(JsonObject message, string person, DateTimeOffset sentAt)
    {
        using ECDsa key = KeyOf(person);
        return PostingMessage.Sign(message, key, sentAt);
    }

    public static string PublicKey(string person)
    {
        using ECDsa key = KeyOf(person);
        return SigningKey.Of(key).Value;
    }

    private static ECDsa KeyOf(string person) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        D = SHA256.HashData(Encoding.UTF8.GetBytes($"a key of {person}, for tests alone")),
    });
}
