using System.Diagnostics.CodeAnalysis;

namespace DisclosureCloud.Ledger;

/// <summary>An evidence file: 26 characters of base32, derived from the department and the key it gave. It says nothing of the file.</summary>
public readonly record struct EvidenceFileId : IId<EvidenceFileId>
{
    private const int Length = 26;

    private EvidenceFileId(string value) => Value = value;

    public static string Pattern => "^[a-z2-7]{26}$";

    public string Value { get; }

    /// <summary>base32(SHA-256("evidence-file", LF, department, LF, key)), its first 26 characters.</summary>
    /// <remarks>
    /// The word before keeps it apart from the posting of the same key. Neither a department's id nor a key holds a line feed, so that no
    /// posting of a department of that name has the same id.
    /// </remarks>
    public static EvidenceFileId Of(DepartmentId department, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new EvidenceFileId(Base32.HashOf($"evidence-file\n{department.Value}\n{key}", Length));
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out EvidenceFileId id)
    {
        bool good = Base32.Is(text, Length);
        id = good ? new EvidenceFileId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";
}
