using System.Runtime.InteropServices;

namespace DisclosureCloud.Ledger;

/// <summary>A queue of messages: work that was handed over, kept until someone says that it is done.</summary>
/// <remarks>
/// <para>The contract, numbered; <c>MessageQueueContract</c> in the tests runs it on every implementation.</para>
/// <para>1. A message is text of 1 byte to <see cref="SizeMax"/> in UTF-8; anything else throws <see cref="ArgumentException"/>. It lives
/// until it is deleted, however long that takes.</para>
/// <para>2. What <see cref="SendAsync"/> returned from is durable. One that throws may have been done or not: whoever repeats it may send
/// twice, and so may the queue by itself.</para>
/// <para>3. <see cref="ReceiveAsync"/> gives messages that nobody has, in no order that may be relied on, and hides each for the time
/// asked. One that is not deleted by then comes again: every message is received at least once, and work is such that twice is the same
/// as once.</para>
/// <para>4. A receive counts, also one whose answer never arrived. A message that was received <see cref="ReceivesMax"/> times and not
/// deleted is not given a sixth time: whoever would have received it moves it to the queue's own <c>-poison</c> queue. That belongs here
/// and not with the receivers, so that none can forget it; the Functions host, which receives by itself, does the same with the same
/// number. The move may be done twice, like a send. A queue whose name ends in <c>-poison</c> gives its messages however often: a
/// person reads them.</para>
/// <para>5. <see cref="DeleteAsync"/> with the receipt of the last receive removes the message: true. With an older receipt, since
/// another has received it meanwhile, it removes nothing: false. It is also false where the message is gone already.</para>
/// <para>6. What is in the queue and is none of our messages (another program may write to it) goes to the poison queue at once.</para>
/// <para>7. A name has 3 to <see cref="NameMax"/> characters <c>a-z 0-9 -</c>, begins and ends with a letter or digit, and has no two
/// <c>-</c> in a row.</para>
/// <para>8. <see cref="CountAsync"/> tells about how many messages are in the queue, hidden ones too and set-aside ones not: exactly
/// where nobody else writes, and otherwise near enough to say how much work waits. No decision about one message may rest on it.</para>
/// </remarks>
public interface IMessageQueue
{
    /// <summary>In bytes of UTF-8: 64 KiB is what a message of Azure's queues holds, and base64 makes four bytes of three.</summary>
    const int SizeMax = 48 * 1024;

    /// <summary>How often a message is given before it is set aside: the number of the Functions host (<c>maxDequeueCount</c>).</summary>
    const int ReceivesMax = 5;

    /// <summary>How many messages one receive may ask for: the limit of Azure's queues.</summary>
    const int CountMax = 32;

    /// <summary>Room for <c>-poison</c> within the 63 characters of a queue's name.</summary>
    const int NameMax = 56;

    Task SendAsync(string text, CancellationToken cancellationToken);

    /// <param name="count">How many messages at most, 1 to <see cref="CountMax"/>; fewer come where there are fewer.</param>
    /// <param name="hidden">For how long nobody else gets them: a second to seven days, in whole seconds.</param>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int count, TimeSpan hidden, CancellationToken cancellationToken);

    Task<bool> DeleteAsync(QueueReceipt receipt, CancellationToken cancellationToken);

    /// <summary>About how many messages are in the queue, hidden ones too: 0 or more.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}

/// <summary>A message that was received.</summary>
/// <param name="Text">What was sent.</param>
/// <param name="Receives">How often it was received, this time included: 1 or more.</param>
/// <param name="Receipt">Deletes it, until someone else receives it.</param>
public sealed record QueueMessage(string Text, long Receives, QueueReceipt Receipt);

/// <summary>Who received a message last. Its text belongs to the queue that gave it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QueueReceipt(string Value);
