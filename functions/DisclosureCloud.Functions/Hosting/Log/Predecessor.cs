using DisclosureCloud.Transparency;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>The log that this one follows, as the operator names it: its origin, and the keys of it and of those before it.</summary>
/// <param name="Origin">The log that has ended and named this one as its successor.</param>
/// <param name="Keys">At least one of its keys. What the site publishes as keys is believed where it is the same: whoever wrote to the site could have put others there.</param>
internal sealed record Predecessor(string Origin, IReadOnlyList<VerifierKey> Keys)
{
    public const string OriginSetting = "Disclosure:Log:Predecessor";
    public const string KeysSetting = "Disclosure:Log:PredecessorKeys";

    /// <summary>Two keys a log as a rule, more where they were rotated, for as many logs as a county can have had.</summary>
    private const int KeysMax = 64;

    /// <param name="origin">The log's own origin.</param>
    /// <returns>Null where the log follows none.</returns>
    /// <exception cref="InvalidOperationException">A setting is not of its form, or does not go with the others; the message begins with its name.</exception>
    public static Predecessor? Read(IConfiguration configuration, string origin, LogHome place)
    {
        string? named = configuration[OriginSetting]?.Trim();
        string[] keys = configuration[KeysSetting]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (string.IsNullOrEmpty(named))
        {
            return keys.Length > 0 ? throw new InvalidOperationException($"{KeysSetting} is set and {OriginSetting} is not: whose keys are they?")
                : place != LogHome.First ? throw new InvalidOperationException(
                    $"{LogHome.Setting} is '{place}' and {OriginSetting} is not set: a log that follows none has the place '{LogHome.First}', and one that follows another must say which.")
                : null;
        }

        return LogOrigin.Read(named, OriginSetting) == origin ? throw new InvalidOperationException($"{OriginSetting} is '{named}', and so is the log's own origin: a log does not follow itself.")
            : place == LogHome.First ? throw new InvalidOperationException(
                $"{OriginSetting} is '{named}', and {LogHome.Setting} is '{place}', where the first log lies: a log that follows another has a place of its own, such as log-2.")
            : new Predecessor(named, ReadKeys(keys, origin, named));
    }

    /// <summary>What verifies notes of a log of the chain; empty where no key of it is given.</summary>
    public IReadOnlyList<VerifierKey> KeysOf(string origin) => [.. Keys.Where(key => key.Name == origin)];

    private static VerifierKey[] ReadKeys(string[] texts, string origin, string predecessor)
    {
        VerifierKey[] keys;
        try
        {
            keys = [.. texts.Take(KeysMax + 1).Select(VerifierKey.Parse)];
        }
        catch (FormatException fault)
        {
            throw new InvalidOperationException($"{KeysSetting} is verifier keys (<name>+<key id>+<key>) with commas between: {fault.Message}", fault);
        }

        string? wrong = keys.Length > KeysMax ? $"has at most {KeysMax} keys."
            : Array.Find(keys, key => key.Name == origin) is { } own ? $"has the key {own.KeyId} of '{origin}', which is this log itself."
            : Array.Find(keys, key => key.Type is not (SignatureType.Ed25519 or SignatureType.EcdsaP256)) is { } witness ? $"has the key {witness.KeyId} of '{witness.Name}', which is a witness's and no log's."
            : keys.DistinctBy(key => (key.Name, key.KeyId)).Count() < keys.Length ? "has a key twice."
            : keys.All(key => key.Name != predecessor) ? $"has no key of '{predecessor}': give those that its readers know, as its /log/vkey had them."
            : null;
        return wrong is null ? keys : throw new InvalidOperationException($"{KeysSetting} {wrong}");
    }
}
