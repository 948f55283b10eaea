using System.Diagnostics;
using System.Xml.Linq;

namespace DisclosureCloud.Release;

/// <summary>A tree of sources: its version, and what <c>dotnet publish</c> makes of the app.</summary>
internal sealed record Sources(string Root)
{
    public const string App = "functions/DisclosureCloud.Functions";

    private const string Solution = "DisclosureCloud.sln";

    /// <summary>What restoring the app wrote down: where the packages lie.</summary>
    public string Assets => Path.Combine(Root, App, "obj", "project.assets.json");

    /// <summary>The version that <c>Directory.Build.props</c> states.</summary>
    public string Version => XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <param name="folder">A folder within the tree.</param>
    public static Sources Find(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Solution)))
            {
                return new Sources(at.FullName);
            }
        }

        throw new ReleaseException($"No {Solution} above {folder}.");
    }

    /// <summary>Publishes the app as <c>azd</c> does, so that both give the same files.</summary>
    /// <param name="folder">An empty folder, or none yet.</param>
    public async Task PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Root, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };

        // Nodes of MSBuild that wait for more work would outlive this process, and keep its pipes open.
        foreach (string argument in new[] { "publish", App, "-c", "Release", "--output", folder, "-nodeReuse:false", "-v", "quiet" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process publish = Process.Start(start)!;
        Task<string> errors = publish.StandardError.ReadToEndAsync(cancellationToken);
        string said = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        if (publish.ExitCode != 0)
        {
            throw new ReleaseException($"dotnet publish ended with {publish.ExitCode}: {said}{await errors}");
        }
    }
}
