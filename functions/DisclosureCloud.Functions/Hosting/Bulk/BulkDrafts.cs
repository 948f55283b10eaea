using System.Globalization;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>What a file of many postings says, put together by what it is about: the rows of each fund, project or place as one posting.</summary>
/// <remarks>
/// An amendment stands alone, since it is about an entry and not about a fund. A row may cite one above it that is about the same thing, by its
/// row: the entry has its id once it is known in which posting it stands, and where.
/// </remarks>
internal sealed class BulkDrafts
{
    private readonly DepartmentId _department;
    private readonly Func<string, string> _keyOf;
    private readonly DateOnly _today;
    private readonly Dictionary<string, Group> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Sheet, int Row), (Group Group, int Index)> _places = [];

    private BulkDrafts(SheetFindings findings, DepartmentId department, Func<string, string> keyOf, DateOnly today) =>
        (Findings, _department, _keyOf, _today) = (findings, department, keyOf, today);

    /// <summary>The postings, in the order in which the file first speaks of what they are about.</summary>
    public List<Group> Groups { get; } = [];

    /// <summary>How many rows the file has.</summary>
    public int Rows { get; private set; }

    /// <summary>What is wrong with rows or with the file.</summary>
    public SheetFindings Findings { get; }

    /// <param name="rows">The file's rows.</param>
    /// <param name="findings">What is wrong with them, or with the file.</param>
    /// <param name="keyOf">The key of the posting of all that is about one thing, by that thing's name: the same for the same file.</param>
    public static BulkDrafts Read(IEnumerable<SheetRow> rows, SheetFindings findings, DepartmentId department, Func<string, string> keyOf, DateOnly today)
    {
        var drafts = new BulkDrafts(findings, department, keyOf, today);
        foreach (SheetRow row in rows)
        {
            drafts.Take(row);
        }

        foreach (Group group in drafts.Groups)
        {
            drafts.Resolve(group);
        }

        return drafts;
    }

    /// <summary>Asks the rules of all that the file says, and notes what they refuse, and what this very file has stored before a crash.</summary>
    /// <param name="atOnce">How many postings are asked about at once.</param>
    public async Task CheckAsync(PostingDesk desk, Sender sender, int atOnce, CancellationToken cancellationToken)
    {
        Group[] whole = [.. Groups.Where(group => group.IsWhole)];
        var answers = new Submission?[whole.Length];
        await Parallel.ForAsync(0, whole.Length, BulkDesk.OptionsOf(atOnce, cancellationToken), async (index, cancel) =>
        {
            Group group = whole[index];
            answers[index] = await desk.FindAsync(group.Posting, cancel) is { } known
                ? await desk.RecallAsync(group.Posting, group.Draft, cancel) ?? new Submission.KeyReused(known.Id)
                : await desk.CheckAsync(group.Draft, group.Posting, sender, cancel);
        });
        foreach ((Group group, Submission? answer) in whole.Zip(answers))
        {
            Note(group, answer);
        }
    }

    /// <summary>Notes what came of a posting: that it is stored, or what is wrong with it, at the rows that it is about.</summary>
    /// <param name="answer">Null where nothing is wrong.</param>
    public void Note(Group group, Submission? answer)
    {
        IEnumerable<Finding> found = answer switch
        {
            null or Submission.Accepted => [],
            Submission.NotAllowed refused => refused.All.Select(rejection => rejection.ToFinding()),
            Submission.Refused before => before.Findings,
            Submission.KeyReused => [KeyReused],
            { WhyNot: { } why } => [why],
            _ => throw new InvalidOperationException($"No answer for {answer}."),
        };
        group.Stored = (answer as Submission.Accepted)?.Record ?? group.Stored;
        foreach ((SheetRow row, Finding finding) in found.Select(group.PlaceOf))
        {
            BulkFile.Add(Findings, row, [finding]);
        }
    }

    // A month later nobody knows a file any more, and its key could be given to another.
    private static Finding KeyReused => new("", "key-reused", "Another file of this key has said something else of it. Send it again under a new key.");

    private void Take(SheetRow row)
    {
        Rows++;
        (Draft? draft, CitedRows cited) = BulkFile.ReadRow(row, _today, Findings);
        if (draft is null)
        {
            return;
        }

        Group group = GroupOf(draft, row);
        int values = SealedFact.ValuesIn(draft.Facts(group.Posting)[0]);
        if (group.Rows.Count == Batch.CountMax || (group.Rows.Count > 0 && group.Values + values > Batch.ValuesMax))
        {
            BulkFile.Add(Findings, row, [new Finding(
                "",
                "too-many-of-one",
                $"Send the rest in another file, once these are approved: too many rows are about {group.Name}, or they say too much.",
                null,
                string.Create(CultureInfo.InvariantCulture, $"at most {Batch.CountMax} rows with {Batch.ValuesMax} texts and counts"))]);
            return;
        }

        // What cites another row says something else than what cites the one below it.
        string content = $"{draft.Content.Hex} {cited.Places}";
        if (!group.Contents.TryAdd(content, row))
        {
            SheetRow same = group.Contents[content];
            BulkFile.Add(Findings, row, [new Finding(
                "", "repeats-row", "It says what a row above says. Leave one of them out; if both happened, say in a field what tells them apart.", CitedRows.NameOf(same))]);
            return;
        }

        _places[(row.Sheet, row.Row)] = (group, group.Rows.Count);
        group.Values += values;
        group.Rows.Add(cited.Any ? new RowDraft(row, draft, cited) : new RowDraft(row with { Body = [] }, draft, null)); // The draft has it all.
    }

    private Group GroupOf(Draft draft, SheetRow row)
    {
        string name = draft.Target?.Value ?? CitedRows.NameOf(row);
        if (!_byName.TryGetValue(name, out Group? group))
        {
            group = new Group(name, PostingId.Of(_department, _keyOf(name)), _keyOf(name));
            _byName.Add(name, group);
            Groups.Add(group);
        }

        return group;
    }

    // Now that each row has its place: what cites another is read again with the id that its entry will have.
    private void Resolve(Group group)
    {
        for (int index = 0; index < group.Rows.Count; index++)
        {
            (SheetRow row, _, CitedRows? cited) = group.Rows[index];
            if (cited is null)
            {
                continue;
            }

            var found = new Findings();
            byte[]? body = cited.With(
                place => _places.TryGetValue(place, out var at) && at.Group == group && at.Index < index ? EntryId.Of(group.Posting, at.Index + 1) : null,
                place => _places.TryGetValue(place, out var at) && at.Group != group,
                found);
            Draft? draft = body is null ? null : PostingReader.ReadPosting(body, _today, found);
            BulkFile.Add(Findings, row, found.All);
            group.Rows[index] = draft is null ? group.Rows[index] : new RowDraft(row, draft, null);
        }
    }

    /// <summary>All rows that are about one thing.</summary>
    /// <param name="name">What it is: a stream's name, or the row of an amendment.</param>
    /// <param name="posting">The id of the posting that they become.</param>
    internal sealed class Group(string name, PostingId posting, string key)
    {
        public string Name => name;

        public PostingId Posting => posting;

        public string Key => key;

        public List<RowDraft> Rows { get; } = [];

        /// <summary>The posting once it is stored.</summary>
        public PostingRecord? Stored { get; set; }

        /// <summary>How many texts and counts its rows have, each of which is a commitment.</summary>
        public int Values { get; set; }

        /// <summary>True where all that its rows cite is there, so that the rules can look at it.</summary>
        public bool IsWhole => Rows.TrueForAll(row => row.Cited is null);

        /// <summary>By what they say, so that none says it twice.</summary>
        public Dictionary<string, SheetRow> Contents { get; } = new(StringComparer.Ordinal);

        /// <summary>The posting.</summary>
        public Draft Draft => Rows is [var only] ? only.Draft : Batch.Of([.. Rows.Select(row => row.Draft)]);

        /// <summary>What was found in the posting, at the row that it is about and with the pointer into that row.</summary>
        public (SheetRow Row, Finding Finding) PlaceOf(Finding finding)
        {
            if (Rows.Count == 1)
            {
                return (Rows[0].Row, finding);
            }

            string[] parts = finding.Pointer.Split('/', 3);
            return parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Rows.Count
                ? (Rows[index].Row, finding with { Pointer = parts.Length > 2 ? $"/{parts[2]}" : "" })
                : (Rows[0].Row, finding with { Pointer = "" });
        }
    }

    /// <summary>A row as it was read.</summary>
    /// <param name="Cited">The rows that it cites; null where there are none, or no longer.</param>
    internal sealed record RowDraft(SheetRow Row, Draft Draft, CitedRows? Cited);
}
