namespace DisclosureCloud.Transparency;

/// <summary>Standard base64 (RFC 4648, section 4) of which every value has one text alone.</summary>
/// <remarks>
/// The framework's reader skips white space and drops the spare bits of the last character. With either, two texts would be one
/// checkpoint, and its signature would still verify.
/// </remarks>
internal static class CanonicalBase64
{
    /// <exception cref="FormatException">Not base64, or another text than the bytes are written as.</exception>
    public static byte[] Decode(string text)
    {
        byte[] bytes = Convert.FromBase64String(text);
        return Convert.ToBase64String(bytes) == text
            ? bytes
            : throw new FormatException("The base64 has spare bits or white space: it is not what its bytes are written as.");
    }
}
