using System.Diagnostics.CodeAnalysis;

namespace DisclosureCloud.Ledger;

/// <summary>A posting: 26 characters of base32, derived from the department and the key it gave.</summary>
/// <remarks>
/// The same department and key always give the same id, so that the posting's own stream is all that idempotency needs. 26 characters
/// are 130 bits: a collision is not to be expected before 2^65 postings.
/// </remarks>
public readonly record struct PostingId : IId<PostingId>
{
    public const int Length = 26;

    /// <summary>What a department may call a posting, in words for whoever sent something else.</summary>
    public const string KeyForm = "1 to 255 visible ASCII characters, and no number of a person";

    private const int KeyLengthMax = 255;

    private PostingId(string value) => Value = value;

    public static string Pattern => "^[a-z2-7]{26}$";

    public string Value { get; }

    /// <summary>base32(SHA-256(department, LF, key)), its first 26 characters. A department id holds no line feed.</summary>
    public static PostingId Of(DepartmentId department, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new PostingId(Base32.HashOf($"{department.Value}\n{key}", Length));
    }

    /// <summary>True for a key of <see cref="KeyForm"/>: the department's own name for the posting.</summary>
    /// <remarks>The id is a hash of it, public for ever: whoever guesses an identity number could find it again.</remarks>
    public static bool IsKey(string? key) =>
        key is { Length: >= 1 and <= KeyLengthMax } && key.All(c => c is > ' ' and < '\x7f') && PersonalDataGuard.Rule(key) is null;

    public static bool TryParse([NotNullWhen(true)] string? text, out PostingId id)
    {
        bool good = Base32.Is(text, Length);
        id = good ? new PostingId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";
}
