using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Transparency;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>verify</c>: checks a published site and its log as an outsider. It asks nothing of the app but the place of the default site.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        var site = new Option<string?>("--site") { Description = "The site: a folder or an http(s) address (default: the site of --data).", HelpName = "DIR or URL" };
        site.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value.Contains("://", StringComparison.Ordinal) && AddressOf(token.Value) is null)
            {
                result.AddError("--site is a folder or an http or https address.");
            }
        });
        var keys = new Option<VerifierKey[]>("--key")
        {
            Description = "A verifier key of the log, got from elsewhere than the site; may be given again.",
            HelpName = "VKEY",
            AllowMultipleArgumentsPerToken = false,
            CustomParser = Keys,
        };
        var seen = new Option<string?>("--seen")
        {
            Description = "The file that remembers the last checkpoint seen and its keys (default: one an origin, in your local application data).",
            HelpName = "FILE",
        };
        var command = new Command("verify", "Checks a published site and its log as an outsider.") { site, keys, seen, data };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            string place = parsed.GetValue(site) ?? Deployment.Read(Deployment.Environment(), parsed.GetValue(data)).SiteFolder;
            string? file = parsed.GetValue(seen);
            using ISiteSource source = AddressOf(place) is { } address ? new HttpSource(address) : new FolderSource(place);
            var request = new VerifyRequest(parsed.GetValue(keys) ?? [], origin => file ?? SeenPath(origin), VerifyRequest.KnownVerifiers)
            {
                Progress = static line => Console.Error.WriteLine(line),
            };
            VerifyReport report = await SiteVerifier.VerifyAsync(source, request, cancellationToken);
            await WriteAsync(source, report, Console.Out);
            return report.IsWell ? CommandLine.Well : CommandLine.Refused;
        }));
        return command;
    }

    /// <summary>A line each: what is wrong first, then what was proven, then what was not.</summary>
    private static async Task WriteAsync(ISiteSource source, VerifyReport report, TextWriter output)
    {
        foreach (Finding finding in report.Findings)
        {
            await output.WriteLineAsync($"WRONG   {finding}");
        }

        if (report.FindingCount > report.Findings.Count)
        {
            await output.WriteLineAsync($"WRONG   and {report.FindingCount - report.Findings.Count} more.");
        }

        foreach (string sentence in report.Proven)
        {
            await output.WriteLineAsync($"proven  {sentence}");
        }

        foreach (string sentence in report.Unproven)
        {
            await output.WriteLineAsync($"open    {sentence}");
        }

        await output.WriteLineAsync(report.IsWell ? $"{source.Name}: nothing is wrong in what was checked." : $"{source.Name}: {report.FindingCount} found wrong.");
    }

    private static Uri? AddressOf(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;

    // Readable, and apart for origins that differ in what a file's name cannot have.
    private static string SeenPath(string origin)
    {
        string folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (folder.Length == 0)
        {
            throw new InvalidOperationException("There is no folder of local application data here to remember the checkpoint in: give --seen FILE.");
        }

        string plain = string.Concat(origin.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 4));
        return Path.Combine(folder, "disclosurecloud", "seen", $"{plain}-{hash}.txt");
    }

    private static VerifierKey[] Keys(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.Select(token => VerifierKey.Parse(token.Value))];
        }
        catch (FormatException fault)
        {
            result.AddError($"--key: {fault.Message}");
            return [];
        }
    }
}
