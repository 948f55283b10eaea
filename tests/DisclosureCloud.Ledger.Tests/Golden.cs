using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Files under Golden/ that a change must not alter unseen; <c>UPDATE_GOLDEN=1 dotnet test</c> writes them again.</summary>
internal static class Golden
{
    public static void ShouldBe(string file, string text)
    {
        string path = RepositoryRoot.Of($"tests/DisclosureCloud.Ledger.Tests/Golden/{file}");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"Golden/{file} is missing: run the tests once with UPDATE_GOLDEN=1 and review what it writes.");
        text.ShouldBe(File.ReadAllText(path));
    }
}
