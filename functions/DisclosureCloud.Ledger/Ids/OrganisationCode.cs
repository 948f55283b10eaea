using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace DisclosureCloud.Ledger;

/// <summary>A unified social credit code: 18 characters, the last of which checks the others (GB 32100-2015).</summary>
/// <remarks>It names an organisation. A sole trader's holds no part of an identity number, but names a person: none is published.</remarks>
public readonly record struct OrganisationCode : IId<OrganisationCode>
{
    private const int Length = 18;

    // Thirty-one characters: digits and letters without I, O, S, V and Z. A character's value is its place.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly SearchValues<char> Known = SearchValues.Create(Alphabet);

    private OrganisationCode(string value) => Value = value;

    public static string Pattern => "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out OrganisationCode id)
    {
        bool good = HasForm(text) && Check(text) == text[^1];
        id = good ? new OrganisationCode(text!) : default;
        return good;
    }

    /// <summary>True where a text has the form of a code, and its last character does not check the others: something is mistyped.</summary>
    public static bool IsMistyped([NotNullWhen(true)] string? text) => HasForm(text) && Check(text) != text[^1];

    public override string ToString() => Value ?? "";

    private static bool HasForm([NotNullWhen(true)] string? text) => text is { Length: Length }
        && !text.AsSpan().ContainsAnyExcept(Known)
        && !text.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9');

    // The weights are the powers of 3 modulo 31; the check character brings the weighted sum to a multiple of 31.
    private static char Check(string text)
    {
        int sum = 0;
        int weight = 1;
        foreach (char c in text.AsSpan(0, Length - 1))
        {
            sum += Alphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
