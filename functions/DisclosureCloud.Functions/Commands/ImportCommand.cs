using System.CommandLine;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>import</c>: records notices, and files of many postings, each file for itself.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        Option<DepartmentId> department = TokenCommand.OfId<DepartmentId>("--department", "The department that posts them (default: import).");
        var dryRun = new Option<bool>("--dry-run") { Description = "Check only; record nothing." };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Notices as JSON files, and files of many postings: NDJSON, CSV, XLSX. A folder means its *.json, *.ndjson, *.csv and *.xlsx, in ordinal order.",
            Arity = ArgumentArity.OneOrMore,
        };

        // A misspelt --dry-run would else be a file that is not there, and the others would be recorded.
        paths.Validators.Add(result =>
        {
            foreach (string option in result.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-')))
            {
                result.AddError($"There is no option '{option}'. A file of that name is ./{option}.");
            }
        });
        var command = new Command("import", "Records notices and many postings from files.") { paths, data, department, dryRun };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            if (deployment.Authority is not null)
            {
                throw new InvalidOperationException(
                    "This deployment has an issuer of its own (Disclosure:Identity:Authority): importing approves, which is for the embedded mode alone. Post to /api/notices.");
            }

            if (deployment.Ledger is not LedgerPlace.Sqlite || deployment.Storage is not StoragePlace.Folder)
            {
                throw new InvalidOperationException(
                    "This deployment keeps its ledger or its archive elsewhere (Disclosure:Ledger, Disclosure:Storage): importing approves, which is for the embedded mode alone. Post to /api/notices.");
            }

            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            Importer importer = parsed.GetResult(department) is null
                ? new Importer(deployment, stores, TimeProvider.System)
                : new Importer(deployment, stores, TimeProvider.System, parsed.GetValue(department));
            return await importer.ImportAllAsync(
                Files(parsed.GetValue(paths)!), parsed.GetValue(dryRun), Console.Out, cancellationToken);
        }));
        return command;
    }

    private static IEnumerable<(string Name, Func<CancellationToken, Task<byte[]>> Read)> Files(string[] paths) => paths
        .SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path).Where(IsTaken).Order(StringComparer.Ordinal) : Enumerable.Repeat(path, 1))
        .Select(path => (path, (Func<CancellationToken, Task<byte[]>>)(token => ReadAsync(path, token))));

    private static bool IsTaken(string path) => BulkFormat.OfName(path) is not null || Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);

    // A file too large to be taken is not read into memory to find out.
    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        long length = new FileInfo(path).Length;
        int most = BulkFormat.OfName(path) is null ? JsonBody.LengthMax : BulkBody.LengthMax;
        return length <= most
            ? await File.ReadAllBytesAsync(path, cancellationToken)
            : throw new InvalidDataException($"body-too-large: such a file has at most {most} bytes (found {length})");
    }
}
