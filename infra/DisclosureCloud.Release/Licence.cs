using System.Security.Cryptography;

namespace DisclosureCloud.Release;

/// <summary>Under which licences others' work may be in the package. Whoever adds one has read it.</summary>
internal static class Licence
{
    /// <summary>By their SPDX ids: they let anybody run and pass on the package, and ask for no more than that their text goes with it.</summary>
    public static IReadOnlySet<string> Allowed { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MS-PL", "PostgreSQL", "Unicode-3.0", "blessing" };

    private const string Or = " OR ";

    // Packages that state a licence by a file of their own, by its SHA-256.
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["99464c3a88df7b708ce59e462cdcb85f72dfc9b1335b4fcc68be56131b634b95"] = "blessing", // "SQLite is Public Domain".
    };

    /// <summary>The choices of an SPDX expression such as <c>MS-PL OR Apache-2.0</c>; one of them at least is on the list.</summary>
    /// <exception cref="ReleaseException">None is, or the expression is of another form.</exception>
    public static IReadOnlyList<string> Choices(string package, string expression)
    {
        string[] choices = expression.Split(Or, StringSplitOptions.TrimEntries);
        return choices.Any(Allowed.Contains)
            ? choices
            : throw new ReleaseException($"{package} is under '{expression}'; wanted one of {string.Join(", ", Allowed.Order(StringComparer.Ordinal))}.");
    }

    /// <summary>What a licence's own file says, told by its bytes.</summary>
    /// <exception cref="ReleaseException">Nobody has read this file yet.</exception>
    public static string OfFile(string package, string file)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return Files.TryGetValue(hash, out string? id)
            ? id
            : throw new ReleaseException($"{package} states its licence in {Path.GetFileName(file)} ({hash}), which nobody has read yet. Read it, and name it in Licence.cs.");
    }
}
