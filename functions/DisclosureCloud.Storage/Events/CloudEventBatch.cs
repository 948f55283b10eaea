using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>Events as CloudEvents 1.0 in JSON, in batches that one request may hold.</summary>
internal static class CloudEventBatch
{
    /// <summary>In bytes. Event Grid takes 1 MB a request; of the two readings of that the smaller one.</summary>
    public const int RequestSizeMax = 1_000_000;

    /// <summary>Event Grid takes 5,000 from a batch for a topic, and 1,000 where the topic is one of a namespace.</summary>
    public const int RequestEventsMax = 1000;

    // A village's name is three bytes a character so, and six escaped. The body is JSON and nothing else.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bodies of the requests, each a JSON array.</summary>
    /// <exception cref="ArgumentException">An event is one that no topic could take.</exception>
    public static IReadOnlyList<byte[]> Of(IEnumerable<PublicEvent> events, string source)
    {
        var bodies = new List<byte[]>();
        var some = new List<byte[]>();
        int size = 2;
        foreach (byte[] one in events.Select(one => Encode(one, source)).ToList())
        {
            if (some.Count == RequestEventsMax || (some.Count > 0 && size + one.Length + 1 > RequestSizeMax))
            {
                bodies.Add(Join(some, size));
                some.Clear();
                size = 2;
            }

            some.Add(one);
            size += one.Length + 1;
        }

        if (some.Count > 0)
        {
            bodies.Add(Join(some, size));
        }

        return bodies;
    }

    private static byte[] Encode(PublicEvent one, string source)
    {
        CheckText(one.Id, nameof(one.Id));
        CheckText(one.Type, nameof(one.Type));
        CheckText(one.Subject, nameof(one.Subject));
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["specversion"] = "1.0",
                ["id"] = one.Id,
                ["source"] = source,
                ["type"] = one.Type,
                ["subject"] = one.Subject,
                ["time"] = one.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
                ["datacontenttype"] = "application/json",
                ["data"] = one.Data.DeepClone(),
            },
            Plain);
        return bytes.Length <= IEventTopic.SizeMax
            ? bytes
            : throw new ArgumentException($"An event has at most {IEventTopic.SizeMax} bytes; '{one.Id}' has {bytes.Length}.", nameof(one));
    }

    private static void CheckText(string? text, string name)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new ArgumentException($"An event needs its {name}; found nothing.", name);
        }
    }

    private static byte[] Join(List<byte[]> some, int sizeMax)
    {
        var body = new MemoryStream(sizeMax);
        for (int index = 0; index < some.Count; index++)
        {
            body.WriteByte(index == 0 ? (byte)'[' : (byte)',');
            body.Write(some[index]);
        }

        body.WriteByte((byte)']');
        return body.ToArray();
    }
}
