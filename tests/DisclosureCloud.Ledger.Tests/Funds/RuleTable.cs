using System.Collections.Immutable;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Runs rules written as a table that an auditor can read: a posting a line, and what the rules say to it.</summary>
/// <remarks>
/// <code>
/// fund       F1  2018                              ok
/// allocate   F1  P1  60000.00 yuan  as A1          ok
/// disburse   F1  P1  A1  60000.01 yuan             rejected exceeds-allocated
/// correct    A1  amount=50000.00                   ok
/// withdraw   A1                                    ok
/// </code>
/// <see cref="RuleLine"/> knows the verbs. Every line is a posting of its own, of the department <c>by=</c> and the date <c>on=</c>.
/// </remarks>
internal sealed class RuleTable
{
    private readonly TinyLedger _ledger;
    private readonly Dictionary<string, EntryId> _named = new(StringComparer.Ordinal);
    private int _line;

    private RuleTable(RuleBook? rules) => _ledger = new TinyLedger(rules);

    /// <summary>What the rules said to each row.</summary>
    public List<RuleRow> Rows { get; } = [];

    public TinyLedger Ledger => _ledger;

    public static RuleTable Run(string table, RuleBook? rules = null)
    {
        var run = new RuleTable(rules);
        foreach (string line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith('#'))
            {
                run.Row(line);
            }
        }

        return run;
    }

    /// <summary>The entry that a row named.</summary>
    public EntryId Named(string name) => _named[name];

    private void Row(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int end = Array.FindLastIndex(words, word => word is "ok" or "rejected");
        string wanted = string.Join(' ', words[end..]);
        string[] said = [.. words[..end].Where(word => word != "yuan")];
        if (said[^2] == "as")
        {
            // What takes an entry's place stands after its correction.
            _named[said[^1]] = EntryId.Of(PostingOf(_line + 1), 1);
            _named[$"{said[^1]}+"] = EntryId.Of(PostingOf(_line + 1), 2);
            said = said[..^2];
        }

        (Rejection? rejection, ImmutableArray<Fact> facts) = Decide(new RuleLine(said, Find, Now));
        Rows.Add(new RuleRow(line, said, wanted, rejection is null ? "ok" : $"rejected {rejection.Code}", rejection, facts));
    }

    private (Rejection? Rejection, ImmutableArray<Fact> Facts) Decide(RuleLine line)
    {
        Rejection? rejection = null;
        ImmutableArray<Fact> facts = [];
        foreach ((ImmutableArray<Fact> posted, DepartmentId? by) in line.Postings(PostingOf(_line + 1)))
        {
            facts = posted;
            rejection ??= _ledger.Post(PostingOf(++_line), facts, line.Date, by);
        }

        return (rejection, facts);
    }

    // A name that no row gave stands for an entry that is not there.
    private EntryId Find(string name) => _named.GetValueOrDefault(name, EntryId.Of(PostingOf(0), 1));

    private Entry? Now(EntryId id) => _ledger.History.Find(id)?.Now;

    private static PostingId PostingOf(int line) => PostingId.Of(TinyLedger.Finance, $"line {line}");
}

/// <summary>One row of a table and what the rules said to it.</summary>
internal sealed record RuleRow(string Line, string[] Said, string Wanted, string Found, Rejection? Rejection, ImmutableArray<Fact> Facts)
{
    /// <summary>The names that the members of the posting's body may have, as RFC 6901 pointers without indices.</summary>
    public bool Sends(string pointer)
    {
        string[] path = [.. pointer.Split('/').Skip(1).Where(part => !part.All(char.IsAsciiDigit))];
        bool inReplacement = path is [Correction.ReplacementName, ..];
        if (Facts is [Correction, _] && path is not [] and not [Correction.ReplacementName, ..])
        {
            return path is ["cites"]; // Of the correction itself, no rule says more than that there is no such entry to correct.
        }

        Fact fact = inReplacement ? Facts[1] : Facts[0];
        string[] rest = inReplacement ? path[1..] : path;
        return Facts[^1] is Notice
            ? pointer == "/id"
            : rest is [] or ["kind"] or ["date"] || KindSchema.Of(fact).Fields.Any(field => field.IsPosted && field.Name == rest[0]
                && (rest.Length == 1 || field.Group!.Fields.Any(part => part.Name == rest[1])));
    }
}
