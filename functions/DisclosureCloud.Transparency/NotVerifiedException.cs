namespace DisclosureCloud.Transparency;

/// <summary>A proof does not show what it should, or a note is not signed as it should be. The message says what was found.</summary>
/// <remarks>Of data from elsewhere, that may be forged: it is an answer, and not a fault of the program.</remarks>
public sealed class NotVerifiedException : Exception
{
    public NotVerifiedException()
    {
    }

    public NotVerifiedException(string message)
        : base(message)
    {
    }

    public NotVerifiedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
