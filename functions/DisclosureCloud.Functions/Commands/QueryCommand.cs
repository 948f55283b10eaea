using System.CommandLine;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>query</c>: the same query of the archive as <c>GET /api/entries</c>, upon the stores themselves.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        (EntryParameter Parameter, Option<string[]> Option)[] options = [.. EntryParameters.All.Select(parameter => (parameter, Of(parameter)))];
        var command = new Command("query", "Queries the archive: public entries as they were recorded, a page at a time.") { data };
        foreach ((_, Option<string[]> option) in options)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            var findings = new Findings();
            EntryRequest? request = EntryQueryReader.Read(
                options.Where(one => parsed.GetResult(one.Option) is not null)
                    .Select(one => KeyValuePair.Create(one.Parameter.Name, (IReadOnlyList<string>)parsed.GetValue(one.Option)!)),
                deployment.Zone,
                findings);
            if (request is null)
            {
                return await RefuseAsync(findings.All, CommandLine.Usage);
            }

            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            var search = new EntrySearch(new ArchiveSeals(stores.Archive), new SegmentFiles(stores.Archive), new PublishedLog(stores.Site));
            (EntryPage? page, Finding? fault) = await search.PageAsync(request, cancellationToken);
            return page is null ? await RefuseAsync([fault!], CommandLine.Usage) : await WriteAsync(page, request.Format ?? EntryFormat.Json, cancellationToken);
        }));
        return command;
    }

    // The entries alone on standard output, so that it can be piped; what else there is to say goes beside it.
    private static async Task<int> WriteAsync(EntryPage page, EntryFormat format, CancellationToken cancellationToken)
    {
        await using Stream output = Console.OpenStandardOutput();
        await output.WriteAsync(EntryAnswer.Bytes(page, format), cancellationToken);
        if (format == EntryFormat.Json)
        {
            await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
            return CommandLine.Well;
        }

        await Console.Error.WriteLineAsync(EntryAnswer.ReadText(page));
        if (page.Next is { } next)
        {
            await Console.Error.WriteLineAsync($"--cursor {next}");
        }

        return CommandLine.Well;
    }

    private static async Task<int> RefuseAsync(IEnumerable<Finding> findings, int code)
    {
        foreach (Finding finding in findings)
        {
            string found = finding.Found is null ? "" : $" Found: {finding.Found}.";
            string wanted = finding.Wanted is null ? "" : $" Wanted: {finding.Wanted}.";
            await Console.Error.WriteLineAsync($"{NameOf(finding.Parameter!)}: {finding.Detail}{found}{wanted}");
        }

        return code;
    }

    private static Option<string[]> Of(EntryParameter parameter) => new(NameOf(parameter.Name))
    {
        Description = parameter.Description,
        HelpName = parameter.Name.ToUpperInvariant(),
        Arity = ArgumentArity.OneOrMore, // One that is given twice is told by the reader of queries, like all else.
        AllowMultipleArgumentsPerToken = false,
    };

    // amountMin is --amount-min.
    private static string NameOf(string parameter) =>
        "--" + string.Concat(parameter.Select(c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : c.ToString()));
}
