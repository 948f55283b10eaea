namespace DisclosureCloud.Ledger.Tests;

/// <summary>Files under Golden/ that a change must not alter unseen; <c>UPDATE_GOLDEN=1 dotnet test</c> writes them again.</summary>
internal static class Golden
{
    public static void ShouldBe(string file, string text)
    {
        string path = Path.Combine(Root(), "tests", "DisclosureCloud.Ledger.Tests", "Golden", file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"Golden/{file} is missing: run the tests once with UPDATE_GOLDEN=1 and review what it writes.");
        text.ShouldBe(File.ReadAllText(path));
    }

    // Compiled paths are mapped away, so that the root is looked for from where the tests run.
    private static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "DisclosureCloud.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests run below the repository's root.");
    }
}
