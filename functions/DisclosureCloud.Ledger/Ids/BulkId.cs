using System.Diagnostics.CodeAnalysis;

namespace DisclosureCloud.Ledger;

/// <summary>A file of many postings: 26 characters of base32, derived from the department and the key it gave. It says nothing of the file.</summary>
public readonly record struct BulkId : IId<BulkId>
{
    private const int Length = 26;

    private BulkId(string value) => Value = value;

    public static string Pattern => "^[a-z2-7]{26}$";

    public string Value { get; }

    /// <summary>base32(SHA-256("bulk", LF, department, LF, key)), its first 26 characters.</summary>
    /// <remarks>The word before keeps it apart from the posting, and the evidence file, of the same key.</remarks>
    public static BulkId Of(DepartmentId department, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new BulkId(Base32.HashOf($"bulk\n{department.Value}\n{key}", Length));
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out BulkId id)
    {
        bool good = Base32.Is(text, Length);
        id = good ? new BulkId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";
}
