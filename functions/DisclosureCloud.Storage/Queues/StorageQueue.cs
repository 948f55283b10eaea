using Azure;
using Azure.Storage.Queues;
using DisclosureCloud.Ledger;
using QueueErrorCode = Azure.Storage.Queues.Models.QueueErrorCode;
using QueueProperties = Azure.Storage.Queues.Models.QueueProperties;
using ReceivedMessage = Azure.Storage.Queues.Models.QueueMessage;

namespace DisclosureCloud.Storage;

/// <summary>One queue of a storage account. Messages are in base64, as the Functions host expects where nothing else is set.</summary>
/// <remarks>
/// The SDK could do the encoding; then a message of someone else's that is no base64 would make a whole receive fail, again and again.
/// </remarks>
public sealed class StorageQueue : IMessageQueue
{
    /// <summary>Never: without it a message goes after seven days, and nobody is told.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue;
    private readonly QueueClient? _poison;
    private readonly StorageCall _call;

    /// <param name="name">The queue's name; the template makes it, and the one for poison.</param>
    /// <exception cref="ArgumentException">The name is of another form.</exception>
    public StorageQueue(StorageAccount account, string name)
    {
        ArgumentNullException.ThrowIfNull(account);
        QueueRules.CheckName(name);
        _queue = account.Queues.GetQueueClient(name);
        _poison = QueueRules.PoisonOf(name) is { } poison ? account.Queues.GetQueueClient(poison) : null;
        _call = account.Call($"queues/{name}");
    }

    /// <summary>Makes the queue, and the one for poison, where they are missing: on this machine, where no template does.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await _call.SendAsync(token => _queue.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken);
        if (_poison is not null)
        {
            await _call.SendAsync(token => _poison.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken);
        }
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        SendAsync(_queue, Convert.ToBase64String(QueueRules.BytesOf(text)), cancellationToken);

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int count, TimeSpan hidden, CancellationToken cancellationToken)
    {
        QueueRules.CheckReceive(count, hidden);
        Response<ReceivedMessage[]> answer = await _call.SendAsync(
            token => _queue.ReceiveMessagesAsync(count, hidden, token), cancellationToken);
        var messages = new List<QueueMessage>(count);
        foreach (ReceivedMessage message in answer.Value)
        {
            string? text = QueueRules.TextOf(message.MessageText);
            if (_poison is not null && (text is null || message.DequeueCount > IMessageQueue.ReceivesMax))
            {
                // First there, then not here: cut off between the two it is in both, and comes here again.
                await SendAsync(_poison, message.MessageText, cancellationToken);
                await DeleteAsync(message.MessageId, message.PopReceipt, cancellationToken);
            }
            else
            {
                messages.Add(new QueueMessage(text ?? message.MessageText, message.DequeueCount, new QueueReceipt($"{message.MessageId} {message.PopReceipt}")));
            }
        }

        return messages;
    }

    /// <exception cref="FormatException">The receipt is of another store.</exception>
    public Task<bool> DeleteAsync(QueueReceipt receipt, CancellationToken cancellationToken) => (receipt.Value ?? "").Split(' ') is [var id, var last]
        ? DeleteAsync(id, last, cancellationToken)
        : throw new FormatException($"A receipt of this store is two texts and a space; found '{receipt.Value}'.");

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        Response<QueueProperties> answer = await _call.SendAsync(token => _queue.GetPropertiesAsync(token), cancellationToken);
        return answer.Value.ApproximateMessagesCount;
    }

    private async Task<bool> DeleteAsync(string id, string receipt, CancellationToken cancellationToken)
    {
        try
        {
            await _call.SendAsync(token => _queue.DeleteMessageAsync(id, receipt, token), cancellationToken);
            return true;
        }
        catch (RequestFailedException other) when (other.ErrorCode == QueueErrorCode.MessageNotFound || other.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            return false;
        }
    }

    private Task SendAsync(QueueClient queue, string message, CancellationToken cancellationToken) =>
        _call.SendAsync(token => queue.SendMessageAsync(message, visibilityTimeout: null, Forever, token), cancellationToken);
}
