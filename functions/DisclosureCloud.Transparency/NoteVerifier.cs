namespace DisclosureCloud.Transparency;

/// <summary>Makes the verifier of a key, of whatever type it is.</summary>
public static class NoteVerifier
{
    public static INoteVerifier Of(VerifierKey key) => key.Type switch
    {
        SignatureType.Ed25519 => new Ed25519Verifier(key),
        SignatureType.EcdsaP256 => new EcdsaP256Verifier(key),
        SignatureType.Ed25519Cosignature => new Ed25519CosignatureVerifier(key),
        _ => throw new ArgumentException($"No verifier is known for keys of the type {key.Type}.", nameof(key)),
    };
}
