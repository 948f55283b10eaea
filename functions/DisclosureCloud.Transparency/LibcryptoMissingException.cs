namespace DisclosureCloud.Transparency;

/// <summary>This machine has no libcrypto, the part of OpenSSL that makes and verifies Ed25519 signatures.</summary>
/// <remarks>Of the machine, and not of what was to be signed or verified. The message says what was tried and what to install.</remarks>
public sealed class LibcryptoMissingException : Exception
{
    public LibcryptoMissingException()
    {
    }

    public LibcryptoMissingException(string message)
        : base(message)
    {
    }

    public LibcryptoMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
