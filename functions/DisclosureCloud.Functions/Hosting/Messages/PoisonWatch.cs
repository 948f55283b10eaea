using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Messages;

/// <summary>Looks into the queues of messages that were set aside. There should be none: an alarm is raised when there are more than at the last look.</summary>
/// <remarks>A process that has just begun tells of all that are there.</remarks>
internal sealed class PoisonWatch(IReadOnlyDictionary<string, IMessageQueue> queues, Alarms alarms)
{
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach ((string name, IMessageQueue queue) in queues)
        {
            long count = await queue.CountAsync(cancellationToken);
            if (count > _told.GetValueOrDefault(name))
            {
                alarms.Raise(Alarm.PoisonMessage, string.Create(CultureInfo.InvariantCulture, $"{count} messages are set aside in the queue '{name}': each failed {IMessageQueue.ReceivesMax} times."));
            }

            _told[name] = count;
        }
    }
}
