using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace DisclosureCloud.Emulators;

/// <summary>Polls queues as the host's extension does, a round at a time.</summary>
/// <param name="invoke">Asks the handler of a function.</param>
internal sealed class HostQueues(
    QueueServiceClient account, QueueSettings settings, Func<string, QueuedMessage, CancellationToken, Task<HandlerAnswer>> invoke)
{
    private const string Poison = "-poison";

    /// <summary>How long the host hides what it works on.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Receives one batch of what is visible and works on it at the same time. A queue that is not there is empty.</summary>
    public async Task<IReadOnlyList<QueueDelivery>> PollAsync(string function, string queueName, CancellationToken cancellationToken)
    {
        QueueClient queue = account.GetQueueClient(queueName);
        QueueMessage[] messages;
        try
        {
            messages = await queue.ReceiveMessagesAsync(settings.BatchSize, Hidden, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }

        return await Task.WhenAll(messages.Select(message => DeliverAsync(function, queue, message, cancellationToken)));
    }

    private async Task<QueueDelivery> DeliverAsync(string function, QueueClient queue, QueueMessage message, CancellationToken cancellationToken)
    {
        // Beyond its tries it comes where the host itself died at the last one; what is no base64 is nobody's.
        if (message.DequeueCount > settings.MaxDequeueCount || BytesOf(message) is not { } bytes)
        {
            await SetAsideAsync(queue, message, cancellationToken);
            return new QueueDelivery(function, message.MessageId, message.DequeueCount, DeliveryOutcome.Poison, Answer: null);
        }

        HandlerAnswer answer = await AskAsync(function, message, bytes, cancellationToken);
        DeliveryOutcome outcome = answer.IsTaken ? DeliveryOutcome.Done
            : message.DequeueCount < settings.MaxDequeueCount || IsPoison(queue) ? DeliveryOutcome.Failed
            : DeliveryOutcome.Poison;
        await (outcome switch
        {
            DeliveryOutcome.Done => DeleteAsync(queue, message, cancellationToken),
            DeliveryOutcome.Poison => SetAsideAsync(queue, message, cancellationToken),
            _ => ReleaseAsync(queue, message, cancellationToken),
        });
        return new QueueDelivery(function, message.MessageId, message.DequeueCount, outcome, answer);
    }

    private async Task<HandlerAnswer> AskAsync(string function, QueueMessage message, byte[] bytes, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException broken)
        {
            // The host fails before it comes to the handler, and tries again.
            return new HandlerAnswer(HandlerAnswer.None, MediaType: null, broken.Message);
        }

        return await invoke(
            function,
            new QueuedMessage(
                text, message.DequeueCount, message.MessageId, message.PopReceipt,
                message.InsertedOn!.Value, message.ExpiresOn!.Value, message.NextVisibleOn!.Value),
            cancellationToken);
    }

    private byte[]? BytesOf(QueueMessage message)
    {
        if (!settings.IsBase64)
        {
            return Encoding.UTF8.GetBytes(message.MessageText);
        }

        try
        {
            return Convert.FromBase64String(message.MessageText);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task SetAsideAsync(QueueClient queue, QueueMessage message, CancellationToken cancellationToken)
    {
        if (IsPoison(queue))
        {
            return;
        }

        // First there, then not here. The copy has the service's own time to live, seven days, whatever the message had.
        QueueClient poison = account.GetQueueClient(queue.Name + Poison);
        await poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await poison.SendMessageAsync(message.MessageText, cancellationToken);
        await DeleteAsync(queue, message, cancellationToken);
    }

    /// <summary>The host hides it for the visibility timeout: that time has passed here. Poison has none of its own, and stays hidden.</summary>
    private static Task ReleaseAsync(QueueClient queue, QueueMessage message, CancellationToken cancellationToken) => IsPoison(queue)
        ? Task.CompletedTask
        : UnlessTakenOverAsync(() => queue.UpdateMessageAsync(
            message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: cancellationToken));

    private static Task DeleteAsync(QueueClient queue, QueueMessage message, CancellationToken cancellationToken) =>
        UnlessTakenOverAsync(() => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken));

    private static async Task UnlessTakenOverAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (RequestFailedException other) when (other.ErrorCode == QueueErrorCode.MessageNotFound || other.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // Someone else has it by now, or has done with it.
        }
    }

    private static bool IsPoison(QueueClient queue) => queue.Name.EndsWith(Poison, StringComparison.Ordinal);
}
