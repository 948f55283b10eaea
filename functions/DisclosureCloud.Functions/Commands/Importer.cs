using System.Globalization;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Commands;

/// <summary>Records notices and files of many postings, and approves them as a second identity, which only an embedded store or a demo allows.</summary>
internal sealed class Importer(Deployment deployment, Stores stores, TimeProvider clock, DepartmentId department)
{
    private static readonly DepartmentId DefaultDepartment = Id.Parse<DepartmentId>("import");

    // A line that tells more is read by nobody.
    private const int ToldMax = 20;

    private readonly ImportKeys _keys = ImportKeys.Open(deployment);

    private readonly PostingDesk _desk = LoneDesk.Over(stores, deployment.Rules, deployment.Approval, clock);

    public Importer(Deployment deployment, Stores stores, TimeProvider clock)
        : this(deployment, stores, clock, DefaultDepartment)
    {
    }

    /// <summary>Imports each file for itself, a line each.</summary>
    /// <returns><see cref="CommandLine.Refused"/> if any was refused.</returns>
    public async Task<int> ImportAllAsync(
        IEnumerable<(string Name, Func<CancellationToken, Task<byte[]>> Read)> files,
        bool dryRun,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        int code = CommandLine.Well;
        int number = 0;
        foreach ((string name, Func<CancellationToken, Task<byte[]>> read) in files)
        {
            // What a command prints is kept somewhere, as often as not: a name that holds data of a person is not repeated, and its file not read.
            number++;
            bool isNamable = PersonalDataGuard.Rule(name) is null;
            (bool refused, string line) = isNamable ? await ImportAsync(BulkFormat.OfName(name), read, dryRun, cancellationToken) : (true, "personal-data: rename it; its name holds data of a person");
            await output.WriteLineAsync($"{(refused ? "refused" : "ok"),-8} {(isNamable ? name : string.Create(CultureInfo.InvariantCulture, $"file {number}"))}: {line}");
            code = refused ? CommandLine.Refused : code;
        }

        return code;
    }

    private async Task<(bool Refused, string Line)> ImportAsync(
        BulkFormat? format, Func<CancellationToken, Task<byte[]>> read, bool dryRun, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await read(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return (true, fault.Message);
        }

        if (format is not null)
        {
            return await ImportManyAsync(body, format, dryRun, cancellationToken);
        }

        var findings = new Findings();
        Draft? draft = PostingReader.ReadNotice(body, deployment.Today(clock), findings);
        return draft is null ? (true, Line(findings.All)) : await RecordAsync(draft, dryRun, cancellationToken);
    }

    // As over HTTP: all of the file is checked first, and then recorded fund by fund.
    private async Task<(bool Refused, string Line)> ImportManyAsync(byte[] file, BulkFormat format, bool dryRun, CancellationToken cancellationToken)
    {
        var findings = new SheetFindings();
        SheetRow[] rows = [.. BulkFile.Rows(file, format, findings)];
        string key = _keys.OfRows(rows);
        var drafts = BulkDrafts.Read(rows, findings, department, name => $"{key} {name}", deployment.Today(clock));
        await drafts.CheckAsync(_desk, Person("poster"), atOnce: 1, cancellationToken);
        if (drafts.Findings.Any)
        {
            return (true, Line([.. drafts.Findings.InOrder().Select(BulkFile.Told)]));
        }

        if (dryRun)
        {
            return (false, string.Create(CultureInfo.InvariantCulture, $"would be recorded: {drafts.Rows} rows in {drafts.Groups.Count} postings"));
        }

        var wrong = new List<string>();
        foreach (BulkDrafts.Group group in drafts.Groups)
        {
            Submission answer = await _desk.SubmitAsync(group.Draft, Person("poster"), group.Key, cancellationToken);
            (bool refused, string line) = answer switch
            {
                Submission.Accepted accepted => await ApproveAsync(accepted.Record, cancellationToken),
                { WhyNot: { } why } => (true, Line([why])),
                var other => throw new InvalidOperationException($"No answer for {other}."), // One after another: none is in flight, and no key is another's.
            };
            if (refused)
            {
                wrong.Add($"{group.Name}: {line}");
            }
        }

        return wrong.Count > 0
            ? (true, $"in part: {string.Join("; ", wrong)}")
            : (false, string.Create(CultureInfo.InvariantCulture, $"recorded {drafts.Rows} rows in {drafts.Groups.Count} postings"));
    }

    private async Task<(bool Refused, string Line)> RecordAsync(Draft draft, bool dryRun, CancellationToken cancellationToken)
    {
        // The content is part of the key: what a crash left proposed must not stand in the way of a corrected file.
        FundId fund = draft.Target!.Value.Fund!.Value;
        string key = _keys.OfNotice(fund, draft.Content);
        Sender poster = Person("poster");
        PostingId id = PostingId.Of(department, key);
        Submission? answer = await _desk.CheckAsync(draft, id, poster, cancellationToken);
        switch (answer)
        {
            case Submission.SameNotice:
                return (false, "unchanged: this notice is in the ledger already");
            case { WhyNot: { } why }:
                return (true, Line([why]));
            default:
                break;
        }

        if (dryRun)
        {
            return (false, "would be recorded");
        }

        return await _desk.SubmitAsync(draft, poster, key, cancellationToken) switch
        {
            Submission.Accepted accepted => await ApproveAsync(accepted.Record, cancellationToken),
            Submission.SameNotice => (false, "unchanged: this notice is in the ledger already"),
            { WhyNot: { } why } => (true, Line([why])),
            Submission.KeyReused => (true, Line([new Rejection.NoticeExists(Id.Parse<NoticeId>(fund.Value)).ToFinding()])),
            var other => throw new InvalidOperationException($"No answer for {other}."), // One file after another: none is in flight.
        };
    }

    private async Task<(bool Refused, string Line)> ApproveAsync(PostingRecord posting, CancellationToken cancellationToken)
    {
        FreeText word = FreeText.Of("A notice that was public before it was imported: nothing in it is secret.");
        await _desk.DecideAsync(posting.Id, Person("approver"), approve: true, word, cancellationToken);
        PostingRecord record = await _desk.FinishAsync(posting.Id, cancellationToken);
        return record.State switch
        {
            PostingState.Effective => (false, $"recorded in {record.Facts.Length} entries"),
            PostingState.Refused => (true, Line([record.Refusal!])),
            _ => (true, $"stays {Code.Text(record.State)}"),
        };
    }

    private Sender Person(string role) => new(department, Id.Parse<PersonId>($"{department.Value}-{role}"), Channel.Import);

    private static string Line(IReadOnlyList<Finding> findings) => string.Join("; ", findings.Take(ToldMax).Select(finding =>
    {
        string place = (finding.Cell, finding.Row) switch
        {
            ({ } cell, _) => $"{cell} ",
            (null, { } row) => string.Create(CultureInfo.InvariantCulture, $"row {row} "),
            _ => "",
        };
        string figures = (finding.Found, finding.Wanted) switch
        {
            (null, null) => "",
            (null, { } wanted) => $" (wanted {wanted})",
            ({ } found, null) => $" (found {found})",
            ({ } found, { } wanted) => $" (found {found}, wanted {wanted})",
        };
        return $"{$"{place}{finding.Pointer}".Trim()} {finding.Code}: {finding.Detail}{figures}".TrimStart();
    }).Concat(findings.Count > ToldMax ? [string.Create(CultureInfo.InvariantCulture, $"and {findings.Count - ToldMax} more")] : []));
}
