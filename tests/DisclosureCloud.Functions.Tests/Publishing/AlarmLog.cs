using DisclosureCloud.Functions.Hosting;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>The alarms that were raised, as diagnostics have them.</summary>
internal sealed class AlarmLog : ILogger<Alarms>
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add(formatter(state, exception));
}
