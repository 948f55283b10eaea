namespace DisclosureCloud.Release;

/// <summary><c>dotnet run --project infra/DisclosureCloud.Release -- --output DIR</c>: makes a release. Exit 0 made, 1 refused, 2 usage.</summary>
internal static class Program
{
    private const string Usage = "dotnet run --project infra/DisclosureCloud.Release -- --output DIR";

    private static async Task<int> Main(string[] args)
    {
        if (args is not ["--output", { Length: > 0 } output])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            ReleaseFiles made = await ReleaseFiles.MakeAsync(Sources.Find(AppContext.BaseDirectory), Path.GetFullPath(output), CancellationToken.None);
            await Console.Out.WriteAsync(await File.ReadAllTextAsync(made.Sums));
            return 0;
        }
        catch (ReleaseException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}

/// <summary>A release that would not be what it must be, and was not made.</summary>
internal sealed class ReleaseException(string message) : Exception(message);
