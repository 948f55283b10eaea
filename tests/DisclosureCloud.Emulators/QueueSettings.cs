using System.Globalization;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Emulators;

/// <summary>What <c>extensions.queues</c> of <c>host.json</c> says, with the host's own values for what it does not.</summary>
/// <param name="BatchSize">How many messages are received at once, and worked on at the same time.</param>
/// <param name="MaxDequeueCount">How often a message is tried before it is set aside.</param>
/// <param name="VisibilityTimeout">How long a message that failed is hidden. The driver does not wait for it.</param>
/// <param name="IsBase64">Whether messages lie in base64; else they lie as they are.</param>
public sealed record QueueSettings(int BatchSize, int MaxDequeueCount, TimeSpan VisibilityTimeout, bool IsBase64)
{
    private const int BatchMax = 32;

    internal static QueueSettings Of(JsonNode? queues)
    {
        int batch = (int?)queues?["batchSize"] ?? 16;
        int tries = (int?)queues?["maxDequeueCount"] ?? 5;
        string encoding = (string?)queues?["messageEncoding"] ?? "base64";
        if (batch is < 1 or > BatchMax || tries < 1 || encoding is not ("base64" or "none"))
        {
            throw new InvalidDataException($"The host takes a batchSize of 1 to {BatchMax}, a maxDequeueCount of 1 or more, a messageEncoding of 'base64' or 'none'; found {queues}.");
        }

        return new QueueSettings(
            batch,
            tries,
            queues?["visibilityTimeout"] is { } timeout ? TimeSpan.ParseExact((string)timeout!, "c", CultureInfo.InvariantCulture) : TimeSpan.Zero,
            encoding == "base64");
    }
}
