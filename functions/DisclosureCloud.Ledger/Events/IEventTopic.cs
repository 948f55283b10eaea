using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Where others hear of what has become public.</summary>
/// <remarks>
/// <para>The contract, numbered:</para>
/// <para>1. What <see cref="SendAsync"/> returned from was taken by the topic, every event of it.</para>
/// <para>2. One that throws may have been taken in part, or whole. Whoever repeats it sends some events twice, and so may the topic by
/// itself: a receiver drops what it has by the id and the source.</para>
/// <para>3. Order is not promised: neither of the events of one call, nor of one call after another. Whoever needs it asks the ledger.</para>
/// <para>4. An event that no topic could take (an empty id, type or subject, or more than <see cref="SizeMax"/> bytes) throws
/// <see cref="ArgumentException"/>, and then nothing was sent. No events at all are sent at once.</para>
/// </remarks>
public interface IEventTopic
{
    /// <summary>In bytes of UTF-8, with everything that the topic adds: what one request of Event Grid holds, less room for a wrapping.</summary>
    const int SizeMax = 999_000;

    /// <exception cref="StoreBusyException">The topic did not take all of them in time.</exception>
    Task SendAsync(IReadOnlyList<PublicEvent> events, CancellationToken cancellationToken);
}

/// <summary>Something that has become public. It holds nothing that the site does not show.</summary>
/// <param name="Id">The same each time that the same event is sent, and of no other event of this source.</param>
/// <param name="Type">What has happened, such as <c>disclosure.site.published</c>.</param>
/// <param name="Subject">What it has happened to, such as a path of the site: receivers filter by it.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Data">The rest, as JSON.</param>
public sealed record PublicEvent(string Id, string Type, string Subject, DateTimeOffset Time, JsonObject Data);
