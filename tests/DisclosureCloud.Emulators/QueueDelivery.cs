namespace DisclosureCloud.Emulators;

/// <summary>What became of one message that the host received.</summary>
/// <param name="DequeueCount">How often it has been received, this time included.</param>
/// <param name="Answer">What the handler answered; null where it was not asked, because the message was set aside at once.</param>
public sealed record QueueDelivery(string Function, string MessageId, long DequeueCount, DeliveryOutcome Outcome, HandlerAnswer? Answer);

public enum DeliveryOutcome
{
    /// <summary>The handler did it, and the message is gone.</summary>
    Done,

    /// <summary>It failed, and comes again.</summary>
    Failed,

    /// <summary>It failed for the last time, or could not be read: it lies in the queue for poison.</summary>
    Poison,
}
