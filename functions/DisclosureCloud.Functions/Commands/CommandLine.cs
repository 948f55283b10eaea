using System.CommandLine;
using System.Globalization;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Functions.Commands;

/// <summary>The verbs of <c>disclosurecloud</c>. Exit 0 all well, 1 something was refused or found wrong, 2 usage.</summary>
internal static class CommandLine
{
    public const int Well = 0;
    public const int Refused = 1;
    public const int Usage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = Root();
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }) switch
        {
            _ when parsed.Errors.Count > 0 => Usage,
            var answer => answer,
        };
        return args.Length == 0 ? Usage : code;
    }

    /// <summary>All verbs with their options.</summary>
    internal static RootCommand Root() =>
        new("DisclosureCloud publishes poverty-alleviation funds: where every fen came from and where it went.")
        {
            DemoCommand.Create(),
            ServeCommand.Create(),
            ImportCommand.Create(),
            PublishCommand.Create(),
            TokenCommand.Create(),
            SendCommand.Create(),
            PoisonCommand.Create(),
            WitnessCommand.Create(),
            QueryCommand.Create(),
            VerifyCommand.Create(),
            RebuildCommand.Create(),
            FreezeCommand.Create(),
        };

    /// <summary>Runs a verb: what its user can mend is said in a line on standard error.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted. What was done is whole; run it again for the rest.");
            return Refused;
        }
        catch (Exception fault)
        {
            // The boundary of a verb: every write is whole or absent, so that running it again is safe. A damaged store, a bad setting
            // and a mistake of ours all end in a line. A type that is not ours to expect is named with it, for whoever reports it.
            bool expected = fault is IOException or TimeoutException or InvalidOperationException or UnauthorizedAccessException
                or InvalidDataException or SourceException or Transparency.LibcryptoMissingException or Hosting.Log.LogRefusedException
                or Hosting.Following.ArchiveException or Hosting.Publishing.PublishException or Hosting.Publishing.PositionException;
            await Console.Error.WriteLineAsync(expected ? fault.Message : $"{fault.GetType().Name}: {fault.Message}");
            return Refused;
        }
    }
}

/// <summary>Options that several verbs have.</summary>
internal static class CommonOptions
{
    public const int DefaultPort = 7071;

    public static Option<string?> Data() => new("--data")
    {
        Description = $"The folder of everything that is kept (default: {Deployment.DefaultData} here).",
        HelpName = "DIR",
    };

    public static Option<int> Port()
    {
        var option = new Option<int>("--port")
        {
            Description = "The port on this machine; 0 takes a free one.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultPort,
        };
        option.Validators.Add(result =>
        {
            // A value that is no number at all is told by the parser, which throws where it is asked for it here.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int port) && port is < 0 or > 65535)
            {
                result.AddError("--port is from 0 to 65535.");
            }
        });
        return option;
    }
}
