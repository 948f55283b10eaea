using System.CommandLine;
using DisclosureCloud.Functions.Hosting;

namespace DisclosureCloud.Functions.Commands;

/// <summary>The verbs of <c>disclosurecloud</c>. Exit 0 all well, 1 something was refused or found wrong, 2 usage.</summary>
internal static class CommandLine
{
    public const int Well = 0;
    public const int Refused = 1;
    public const int Usage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("DisclosureCloud publishes poverty-alleviation funds: where every fen came from and where it went.")
        {
            DemoCommand.Create(),
            ServeCommand.Create(),
            ImportCommand.Create(),
            PublishCommand.Create(),
            TokenCommand.Create(),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }) switch
        {
            _ when parsed.Errors.Count > 0 => Usage,
            var answer => answer,
        };
        return args.Length == 0 ? Usage : code;
    }

    /// <summary>Runs a verb: what its user can mend is said in a line on standard error.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception fault) when (fault is IOException or TimeoutException or InvalidOperationException or UnauthorizedAccessException
            or Hosting.Publishing.PublishException or Hosting.Publishing.PositionException)
        {
            // The boundary of a verb: every write is whole or absent, so that running it again is safe.
            await Console.Error.WriteLineAsync(fault.Message);
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
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError("--port is from 0 to 65535.");
            }
        });
        return option;
    }
}
