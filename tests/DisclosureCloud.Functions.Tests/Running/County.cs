using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The departments of one county and its city at their desks. Everything goes through HTTP; each thing is approved by a second person.</summary>
/// <remarks>Beside each posting stands what it comes to in <see cref="Books"/>, written down without asking the ledger.</remarks>
internal sealed class County(RunningApp app, ManualClock clock)
{
    private readonly Dictionary<string, Office> _offices = new(StringComparer.Ordinal);

    public RunningApp App => app;

    public PlainBooks Books { get; } = new();

    /// <summary>Every entry that says an amount, and what it says.</summary>
    public Dictionary<string, (string Kind, string Fund, long Fen)> Said { get; } = new(StringComparer.Ordinal);

    /// <summary>Entries that were corrected, with what they say now, or withdrawn: null.</summary>
    public Dictionary<string, long?> Amended { get; } = new(StringComparer.Ordinal);

    /// <summary>Words of postings that wait, were rejected or refused: they belong on no page and in no download.</summary>
    public List<string> Unpublished { get; } = [];

    /// <summary>The civil date in the county.</summary>
    public DateOnly Today { get; private set; } = DateOnly.MinValue;

    /// <summary>Goes on to noon of a day. Tokens last some hours, so that everybody comes with new ones.</summary>
    public void On(int year, int month, int day)
    {
        Today = new DateOnly(year, month, day);
        clock.Advance(new DateTimeOffset(Today.ToDateTime(new TimeOnly(4, 0)), TimeSpan.Zero) - clock.GetUtcNow());
        _offices.Clear();
    }

    public Office Office(string department)
    {
        lock (_offices)
        {
            if (!_offices.TryGetValue(department, out Office? office))
            {
                _offices.Add(department, office = new Office(app, department));
            }

            return office;
        }
    }

    public JsonObject Posting(string kind, JsonObject fields)
    {
        var posting = new JsonObject { ["kind"] = kind, ["date"] = Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        foreach ((string name, JsonNode? value) in fields)
        {
            posting[name] = value?.DeepClone();
        }

        return posting;
    }

    /// <summary>Posts and approves; gives the id of the entry, the last one where there are two.</summary>
    public async Task<string> RecordAsync(string department, string kind, JsonObject fields)
    {
        JsonObject posting = Posting(kind, fields);
        Answer answer = await Office(department).RecordAsync(posting);
        (answer.Status, answer.State).ShouldBe((200, "effective"), $"{posting.ToJsonString()} {answer.Text}");
        string entry = answer.Entries[^1];
        if (fields["amount"] is { } amount)
        {
            lock (Said)
            {
                Said.Add(entry, (kind, fields["fund"]!.GetValue<string>(), amount.GetValue<long>()));
            }
        }

        return entry;
    }

    /// <summary>The rules refuse it at once, and say why; nothing is kept of it.</summary>
    public async Task<Answer> RefusedAsync(string department, string kind, JsonObject fields, string code) =>
        (await Office(department).PostAsync(Posting(kind, fields))).ShouldBeProblem(422, code);

    /// <summary>Puts an entry right. What its amount comes to in the books is for the caller to turn over.</summary>
    public async Task CorrectAsync(string department, string entry, string kind, JsonObject replacement, string reason)
    {
        string next = await RecordAsync(department, "correction", new() { ["cites"] = entry, ["reason"] = reason, ["replacement"] = Posting(kind, replacement) });
        long fen = replacement["amount"]!.GetValue<long>();
        Said.Add(next, (kind, replacement["fund"]!.GetValue<string>(), fen));
        Amended[entry] = fen;
    }

    public async Task WithdrawAsync(string department, string entry, string reason)
    {
        await RecordAsync(department, "withdrawal", new() { ["cites"] = entry, ["reason"] = reason });
        Amended[entry] = null;
    }
}
