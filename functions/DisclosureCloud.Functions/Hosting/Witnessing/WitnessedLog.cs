using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Witnessing;

/// <summary>A log as its witness knows it: by keys of one name, which is its origin.</summary>
internal sealed class WitnessedLog
{
    /// <summary>The most keys: those that sign, those of a rotation, and those that once did.</summary>
    private const int KeysMax = 64;

    private WitnessedLog(IReadOnlyList<VerifierKey> keys) => (Keys, Verifiers) = (keys, [.. keys.Select(NoteVerifier.Of)]);

    public string Origin => Keys[0].Name;

    public IReadOnlyList<VerifierKey> Keys { get; }

    public IReadOnlyList<INoteVerifier> Verifiers { get; }

    /// <summary>A key a line, as <c>/log/vkey</c> has them.</summary>
    public string Text => string.Concat(Keys.Select(key => $"{key}\n"));

    /// <param name="from">Whose keys these are said to be, for messages.</param>
    /// <exception cref="InvalidDataException">None, too many, two of one key id, of several names, one that is no log's; or no verifier key.</exception>
    public static WitnessedLog Of(IEnumerable<string> lines, string from)
    {
        try
        {
            VerifierKey[] keys = [.. lines.Take(KeysMax + 1).Select(VerifierKey.Parse)];
            string? fault = keys.Length is 0 or > KeysMax ? $"wanted 1 to {KeysMax} keys"
                : keys.Any(key => key.Name != keys[0].Name) ? $"the keys have several names, and a log has one: {keys[0].Name}, {keys.First(key => key.Name != keys[0].Name).Name}"
                : keys.Any(key => key.Type == SignatureType.Ed25519Cosignature) ? "a witness's key is none of a log's"
                : keys.DistinctBy(key => key.KeyId).Count() < keys.Length ? "two keys have one key id"
                : null;
            return fault is null ? new WitnessedLog(keys) : throw new InvalidDataException($"{from}: {fault}.");
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{from}: {fault.Message}", fault);
        }
    }
}
