using System.CommandLine;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Witnessing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>witness</c>: an outsider that remembers what a log showed, cosigns it, and tells when the log contradicts itself.</summary>
internal static class WitnessCommand
{
    private const string DefaultName = "localhost/witness";
    private const string DefaultState = "witness";

    /// <summary>The log grows by a checkpoint in seconds to minutes; a monitor once a minute misses none for long, and costs nothing.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var log = new Option<string>("--log") { Description = "The site whose log to witness: an https address, one of this machine, or a folder.", HelpName = "URL", Required = true };
        var keys = new Option<string[]>("--key") { Description = "A verifier key of the log; may be given again (default: those the log shows at first sight, which are then kept).", HelpName = "VKEY" };
        var state = new Option<string?>("--state") { Description = $"The folder of what it remembers (default: {Path.Combine(Deployment.DefaultData, DefaultState)} here).", HelpName = "DIR" };
        var name = new Option<string?>("--name") { Description = $"The name of its key, by custom an address without the scheme (default: {DefaultName}).", HelpName = "NAME" };
        var once = new Option<bool>("--once") { Description = "Looks once and ends: 0 where all is well, 1 where not." };
        Option<int> port = CommonOptions.Port();
        var command = new Command("witness", "Witnesses a log: cosigns its checkpoints while they are consistent, and keeps evidence when not.") { log, keys, state, name, port, once };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            using LogSource? source = LogSource.Of(parsed.GetRequiredValue(log));
            if (source is null)
            {
                await Console.Error.WriteLineAsync("--log is an address over https (http on this machine alone), or a folder that is there.");
                return CommandLine.Usage;
            }

            var memory = new WitnessMemory(parsed.GetValue(state) ?? Path.Combine(Deployment.DefaultData, DefaultState));
            await using IHeldLock held = await new FileLock(memory.LockFile, TimeProvider.System).AcquireAsync(TimeSpan.Zero, cancellationToken);
            using Ed25519Cosigner cosigner = memory.OpenKey(parsed.GetValue(name), DefaultName);
            WitnessedLog known = await FindLogAsync(memory, source, parsed.GetValue(keys) ?? [], cancellationToken);
            using var witness = new Witness(memory, known, cosigner, TimeProvider.System, line => Console.Error.WriteLine($"alarm: {line}"));
            var watch = new LogWatch(source, witness);
            return parsed.GetValue(once) ? await LookAsync(watch, cancellationToken) : await StayAsync(watch, witness, parsed.GetValue(port), cancellationToken);
        }));
        return command;
    }

    /// <summary>The keys given, or those pinned, or at first sight those that the log shows.</summary>
    internal static async Task<WitnessedLog> FindLogAsync(WitnessMemory memory, LogSource source, string[] given, CancellationToken cancellationToken)
    {
        WitnessedLog? pinned = memory.ReadLog();
        if (given.Length == 0 && pinned is not null)
        {
            return pinned;
        }

        WitnessedLog log = given.Length > 0 ? WitnessedLog.Of(given, "--key") : await LogWatch.ReadKeysAsync(source, cancellationToken);
        if (pinned is not null && pinned.Origin != log.Origin)
        {
            throw new InvalidDataException($"This folder is of a witness of {pinned.Origin}; a witness of {log.Origin} has a folder of its own.");
        }

        memory.PinLog(log);
        if (given.Length == 0)
        {
            await Console.Out.WriteLineAsync($"no key was given: from now on these are believed, as {log.Origin} shows them today. Compare them with what its operator printed.");
        }

        await Console.Out.WriteAsync(log.Text);
        return log;
    }

    private static async Task<int> LookAsync(LogWatch watch, CancellationToken cancellationToken)
    {
        Sight sight = await watch.LookAsync(cancellationToken);
        await (sight.IsWell ? Console.Out : Console.Error).WriteLineAsync(sight.Line);
        return sight.IsWell ? CommandLine.Well : CommandLine.Refused;
    }

    private static async Task<int> StayAsync(LogWatch watch, Witness witness, int port, CancellationToken cancellationToken)
    {
        await using WebApplication app = WitnessServer.Build(witness, port);
        await app.StartAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"witness {witness.VerifierKey}");
        foreach (string address in app.Urls.Take(1))
        {
            await Console.Out.WriteLineAsync($"serving {address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/; Ctrl+C ends it");
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Between);
        string? last = null;
        try
        {
            do
            {
                string line = await SayAsync(watch, last, ended.Token);
                last = line;
            }
            while (await timer.WaitForNextTickAsync(ended.Token));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Asked to end.
        }

        return CommandLine.Well;
    }

    // A log that is away comes back: the witness says so once, and stays.
    private static async Task<string> SayAsync(LogWatch watch, string? last, CancellationToken cancellationToken)
    {
        (bool isWell, string line) = (false, "");
        try
        {
            Sight sight = await watch.LookAsync(cancellationToken);
            (isWell, line) = (sight.IsWell, sight.Line);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            line = fault.Message;
        }

        if (line != last)
        {
            await (isWell ? Console.Out : Console.Error).WriteLineAsync(line);
        }

        return line;
    }
}
