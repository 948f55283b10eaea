using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>A topic that keeps what it was sent, and fails where a test wants it.</summary>
internal sealed class MemoryTopic : IEventTopic
{
    /// <summary>Called before events are taken, and may throw.</summary>
    public Action? BeforeTaking { get; set; }

    /// <summary>Called after they were taken, and may throw: the answer is lost.</summary>
    public Action? AfterTaking { get; set; }

    /// <summary>All that came, in its order, with repeats.</summary>
    public List<PublicEvent> Received { get; } = [];

    public Task SendAsync(IReadOnlyList<PublicEvent> events, CancellationToken cancellationToken)
    {
        BeforeTaking?.Invoke();
        Received.AddRange(events);
        AfterTaking?.Invoke();
        return Task.CompletedTask;
    }
}
