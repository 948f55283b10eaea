using System.Text;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Ledger;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureCloud.Functions.Hosting.Messages;

/// <summary>The messages that were set aside, for a person who puts them back or drops them.</summary>
/// <remarks>A message is put into its queue before it is deleted where it was set aside: whatever dies in between, it is taken twice at most, which is as good as once.</remarks>
/// <param name="queues">Each queue of set aside messages by its name, with the queue that its messages came from.</param>
internal sealed class PoisonQueues(IReadOnlyDictionary<string, (IMessageQueue SetAside, IMessageQueue Own)> queues, TimeProvider clock)
{
    /// <summary>While one is looked at, nobody else gets it. Short, so that whoever lists them may put them back at once.</summary>
    private static readonly TimeSpan LookedAt = TimeSpan.FromSeconds(2);

    /// <summary>Long enough to move as many as one receive gives: a receipt that is over deletes nothing, and the message would be there twice.</summary>
    private static readonly TimeSpan Moved = TimeSpan.FromMinutes(1);

    /// <summary>A second each: longer than they are hidden from whoever listed them a moment ago.</summary>
    private const int LooksMax = 5;

    /// <summary>The first half of a SHA-256 in hexadecimal is long to copy, and this is enough to tell a few messages apart.</summary>
    private const int NameLength = 12;

    public async Task<IReadOnlyList<SetAside>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<SetAside>();
        await ForEachAsync(
            (_, message, _) =>
            {
                all.Add(message);
                return Task.CompletedTask;
            },
            _ => true,
            LookedAt,
            cancellationToken);
        return all;
    }

    /// <summary>Puts all back as they are.</summary>
    /// <returns>How many.</returns>
    public async Task<long> PutBackAsync(CancellationToken cancellationToken)
    {
        long count = 0;
        await ForEachAsync(
            async (queue, message, receipt) =>
            {
                await queues[queue].Own.SendAsync(message.Text, cancellationToken);
                await queues[queue].SetAside.DeleteAsync(receipt, cancellationToken);
                count++;
            },
            _ => true,
            Moved,
            cancellationToken);
        return count;
    }

    /// <summary>Deletes one.</summary>
    /// <returns>What was deleted; null where none has the name.</returns>
    public async Task<SetAside?> DropAsync(string name, CancellationToken cancellationToken)
    {
        SetAside? dropped = null;
        await ForEachAsync(
            async (queue, message, receipt) => dropped = await queues[queue].SetAside.DeleteAsync(receipt, cancellationToken) ? message : dropped,
            message => message.Name == name,
            LookedAt,
            cancellationToken);
        return dropped;
    }

    // Two messages may be the same to the byte: one was sent twice. Each receipt is another.
    private async Task ForEachAsync(Func<string, SetAside, QueueReceipt, Task> take, Func<SetAside, bool> isWanted, TimeSpan hidden, CancellationToken cancellationToken)
    {
        foreach ((string name, (IMessageQueue setAside, _)) in queues)
        {
            long left = await setAside.CountAsync(cancellationToken);
            for (int looks = 0; left > 0 && looks < LooksMax;)
            {
                IReadOnlyList<QueueMessage> found = await setAside.ReceiveAsync((int)Math.Min(left, IMessageQueue.CountMax), hidden, cancellationToken);
                foreach (QueueMessage message in found)
                {
                    var one = Of(name, message.Text);
                    if (isWanted(one))
                    {
                        await take(name, one, message.Receipt);
                    }
                }

                left -= found.Count;
                if (found.Count == 0)
                {
                    looks++;
                    await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
                }
            }
        }
    }

    // By the token, which nobody validates here: it is a person who reads it, and nothing is done by it.
    private static SetAside Of(string queue, string text)
    {
        string name = Sha256Hex.Of(Encoding.UTF8.GetBytes(text)).Value[..NameLength];
        var message = PostingMessage.Read(text);
        try
        {
            return message is { Token: { } token, Key: { } key }
                && DepartmentId.TryParse(new JsonWebToken(token).GetPayloadValue<string>(TokenClaims.Department), out DepartmentId department)
                ? new SetAside(name, queue, text, department, PostingId.Of(department, key))
                : new SetAside(name, queue, text, null, null);
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenMalformedException)
        {
            return new SetAside(name, queue, text, null, null);
        }
    }
}

/// <summary>A message that was set aside.</summary>
/// <param name="Name">Of its bytes: the same message has the same name.</param>
/// <param name="Queue">Where it lies.</param>
/// <param name="Department">Who sent it, as it says itself; null where it does not.</param>
/// <param name="Posting">Where its department finds what becomes of it.</param>
internal sealed record SetAside(string Name, string Queue, string Text, DepartmentId? Department, PostingId? Posting);
