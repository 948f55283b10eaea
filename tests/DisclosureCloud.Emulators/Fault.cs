namespace DisclosureCloud.Emulators;

/// <summary>What goes wrong with one request to a server.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The server is not asked, and this is the answer.</summary>
    public sealed record Refuse(int Status, TimeSpan? RetryAfter = null) : Fault;

    /// <summary>The server does what was asked, and the answer is lost: this one comes in its place.</summary>
    public sealed record LoseAnswer(int Status) : Fault;
}
