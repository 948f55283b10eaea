using System.Threading.Channels;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Following;

/// <summary>Tells that the ledger holds something new. It wakes whoever follows and no more: what is lost here is found by the next sweep.</summary>
internal interface ILedgerSignal
{
    /// <summary>Never waits, and never fails.</summary>
    void Changed(Commit commit);
}

/// <summary>For an app whose own loop looks every other second.</summary>
internal sealed class NoSignal : ILedgerSignal
{
    public static NoSignal Instance { get; } = new();

    public void Changed(Commit commit)
    {
    }
}

/// <summary>Sends a message to the queue <c>ledger-changed</c>, beside the requests: nobody waits for it.</summary>
internal sealed class QueueSignal(IMessageQueue changes, ILogger<QueueSignal> diagnostics) : BackgroundService, ILedgerSignal
{
    // One message wakes for all that came before it is taken up: the newest is enough.
    private readonly Channel<Commit> _changed = System.Threading.Channels.Channel.CreateBounded<Commit>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Changed(Commit commit) => _changed.Writer.TryWrite(commit);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (Commit commit in _changed.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await changes.SendAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{commit.Stream.Value} {commit.Version}"), stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The timers look every minute: followers are late by that, and nothing is lost.
                diagnostics.LogWarning("The queue 'ledger-changed' took no message: {Fault}", fault.Message);
            }
        }
    }
}
