using System.Globalization;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Where the app listens, and for whom: always on this machine alone.</summary>
internal abstract record Listening
{
    /// <summary>The Functions host names the port of its handler by this; it is the only address that the app may then listen on.</summary>
    private const string HandlerPort = "FUNCTIONS_CUSTOMHANDLER_PORT";

    private Listening()
    {
    }

    /// <param name="port">The port given on the command line, which the host's goes before.</param>
    /// <exception cref="InvalidOperationException">What the host gave is no port.</exception>
    public static Listening Read(int port) => Environment.GetEnvironmentVariable(HandlerPort) switch
    {
        null => new Own(port),
        string text when int.TryParse(text, CultureInfo.InvariantCulture, out int given) && given is > 0 and <= 65535 => new ForHost(given),
        _ => throw new InvalidOperationException($"{HandlerPort} is a port from 1 to 65535."),
    };

    /// <summary>The app by itself: it keeps up with the ledger on its own.</summary>
    /// <param name="Port">0 takes a free one.</param>
    public sealed record Own(int Port) : Listening;

    /// <summary>Behind the Functions host, which calls it by triggers also, and which lets no outside request to their paths.</summary>
    public sealed record ForHost(int Port) : Listening;
}
