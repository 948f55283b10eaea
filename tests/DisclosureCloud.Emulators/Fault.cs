using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Emulators;

/// <summary>What goes wrong with one request to a server.</summary>
public abstract record Fault
{
    /// <summary>In place of a status: the connection breaks, and there is no answer at all.</summary>
    public const int Broken = 0;

    private Fault()
    {
    }

    /// <summary>What happens meanwhile, such as that the caller is killed: before the server is asked, or when it has done what was asked.</summary>
    /// <remarks>It is waited for before the answer goes out.</remarks>
    public Func<Task> Meanwhile { get; init; } = () => Task.CompletedTask;

    /// <summary>The server is not asked, and this is the answer.</summary>
    public sealed record Refuse(int Status, TimeSpan? RetryAfter = null) : Fault;

    /// <summary>The server does what was asked, and the answer is lost: this one comes in its place.</summary>
    public sealed record LoseAnswer(int Status) : Fault;

    /// <summary>The request waits before the server is asked, as one of a process that is frozen; then all goes well.</summary>
    public sealed record Delay(Task Until) : Fault;

    internal static void Answer(HttpContext context, int status, TimeSpan? retryAfter)
    {
        if (status == Broken)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (retryAfter is { } later)
        {
            context.Response.Headers["x-ms-retry-after-ms"] = ((long)later.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
