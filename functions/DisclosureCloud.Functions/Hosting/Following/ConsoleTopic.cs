using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Following;

/// <summary>The topic of a deployment that has none: it lists the events, entries of one posting in one line.</summary>
internal sealed class ConsoleTopic(TextWriter output) : IEventTopic
{
    public async Task SendAsync(IReadOnlyList<PublicEvent> events, CancellationToken cancellationToken)
    {
        foreach (IGrouping<(string Type, string About), PublicEvent> some in events.GroupBy(one => (one.Type, About(one))))
        {
            string more = some.Count() > 1 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" and {some.Count() - 1} more of it") : "";
            await output.WriteLineAsync($"event {some.Key.Type}: {some.First().Subject}{more}".AsMemory(), cancellationToken);
        }
    }

    private static string About(PublicEvent one) =>
        one.Type == EventType.EntryPublished.Name && EntryId.TryParse((string?)one.Data["entry"], out EntryId entry) ? entry.Posting.Value : one.Id;
}
