using System.Diagnostics.CodeAnalysis;

namespace DisclosureCloud.Ledger;

/// <summary>A complaint: 26 characters of base32, derived from its code. It says nothing of the complaint, nor of the code.</summary>
public readonly record struct ComplaintId : IId<ComplaintId>
{
    private const int Length = 26;

    private ComplaintId(string value) => Value = value;

    public static string Pattern => "^[a-z2-7]{26}$";

    public string Value { get; }

    /// <summary>base32(SHA-256("complaint", NUL, code without dashes)), its first 26 characters.</summary>
    /// <remarks>A hash without a salt does here: a code has 80 random bits, and nobody tries them all. The word before keeps it apart from every other id.</remarks>
    public static ComplaintId Of(ComplaintCode code) => new(Base32.HashOf($"complaint\0{code.Plain}", Length));

    public static bool TryParse([NotNullWhen(true)] string? text, out ComplaintId id)
    {
        bool good = Base32.Is(text, Length);
        id = good ? new ComplaintId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";
}
