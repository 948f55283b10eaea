namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>What every pack has: how to verify it with tools that are not ours, in both languages, and programs that anyone can read.</summary>
internal static class EvidenceReadme
{
    private const string Folder = "pack/";

    private const string Program = "verify.go";

    /// <summary>Stands where the texts show the program: it is written once.</summary>
    private const string ProgramHere = "{" + Program + "}";

    private static readonly string[] Names = ["README.md", "README.zh.md", "verify.py", Program];

    public static IReadOnlyList<(string Path, string Text)> Files { get; } =
        [.. Names.Select(name => (name, Read(name).Replace(ProgramHere, Read(Program).TrimEnd('\n'), StringComparison.Ordinal)))];

    private static string Read(string name)
    {
        using Stream stream = typeof(EvidenceReadme).Assembly.GetManifestResourceStream(Folder + name) ?? throw new InvalidOperationException($"The app was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n"); // Whatever the machine that it was built on writes.
    }
}
