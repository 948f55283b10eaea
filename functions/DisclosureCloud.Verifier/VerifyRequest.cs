using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>What a check believes and remembers.</summary>
/// <param name="Keys">The keys of the log, and of witnesses, that the caller has from elsewhere. Empty: those of the first time, or the site's own.</param>
/// <param name="SeenPath">The file that remembers the last checkpoint of the log of an origin; null where nothing is to be remembered.</param>
/// <param name="VerifierOf">What verifies with a key; null for a type of key that cannot be verified here.</param>
public sealed record VerifyRequest(IReadOnlyList<VerifierKey> Keys, Func<string, string?> SeenPath, Func<VerifierKey, INoteVerifier?> VerifierOf)
{
    /// <summary>The verifiers that the log's own project has: of all types that a log or a witness signs with.</summary>
    public static Func<VerifierKey, INoteVerifier?> KnownVerifiers { get; } = NoteVerifier.Of;

    /// <summary>Told from time to time how far a long check has got.</summary>
    public Action<string>? Progress { get; init; }
}
