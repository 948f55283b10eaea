using System.Buffers;
using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>What a number is, by its own check digit, prefix and date: a person's identity, card or mobile telephone, or an organisation.</summary>
internal static class PersonalNumber
{
    private const int OrganisationLength = 18;
    private const string OrganisationAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly SearchValues<char> OrganisationCharacters = SearchValues.Create(OrganisationAlphabet);

    /// <summary>The rule that a number breaks, or null.</summary>
    /// <param name="digits">ASCII digits; the last may be X.</param>
    public static string? RuleOf(string digits) => digits.Length switch
    {
        18 when IsIdentity18(digits) => "identity-number",
        15 when IsIdentity15(digits) => "identity-number",
        11 when IsMobile(digits) => "mobile-number",
        13 when digits.StartsWith("86", StringComparison.Ordinal) && IsMobile(digits[2..]) => "mobile-number",
        15 when digits.StartsWith("0086", StringComparison.Ordinal) && IsMobile(digits[4..]) => "mobile-number",
        >= 16 and <= 19 when IsBankCard(digits) => "bank-card",
        _ => null,
    };

    // GB 11643: region, date of birth, sequence, and a check digit by ISO 7064 MOD 11-2.
    private static bool IsIdentity18(string text)
    {
        if (!IsIdentityRegion(text) || !IsDate(text[6..14], "yyyyMMdd"))
        {
            return false;
        }

        int sum = 0;
        for (int i = 0; i < 17; i++)
        {
            sum += (text[i] - '0') * ((1 << (17 - i)) % 11);
        }

        return "10X98765432"[sum % 11] == char.ToUpperInvariant(text[17]);
    }

    private static bool IsIdentity15(string text) =>
        IsIdentityRegion(text) && IsDate("19" + text[6..12], "yyyyMMdd");

    // The first two digits are those of a province, or 83 for residents from Taiwan; dates of this century never look like one.
    private static bool IsIdentityRegion(string text) =>
        (text.StartsWith("83", StringComparison.Ordinal) || (RegionCode.TryParse($"{text[..2]}0000", out RegionCode province) && GbRegions.Name(province) is not null))
        && !text.AsSpan(0, Math.Min(17, text.Length)).ContainsAnyExceptInRange('0', '9');

    private static bool IsDate(string text, string form) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
        && date.Year is >= 1900 and <= 2100;

    private static bool IsMobile(string text) => text[0] == '1' && text[1] is >= '3' and <= '9' && text.All(char.IsAsciiDigit);

    // UnionPay 62, Visa 4, MasterCard 51-55 and 2221-2720, JCB 35, American Express 34 and 37, older domestic cards 9; then Luhn.
    private static bool IsBankCard(string text)
    {
        bool known = text[0] is '4' or '9' || text[..2] is "62" or "51" or "52" or "53" or "54" or "55" or "35" or "34" or "37"
            || string.CompareOrdinal(text, 0, "2221", 0, 4) >= 0 && string.CompareOrdinal(text, 0, "2720", 0, 4) <= 0;
        if (!known || !text.All(char.IsAsciiDigit))
        {
            return false;
        }

        int sum = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = text[^(i + 1)] - '0';
            int weighed = i % 2 == 1 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }

    /// <summary>True for the public code of an organisation (GB 32100), whose check character tells it from a bank card.</summary>
    public static bool IsOrganisation(string code)
    {
        if (code.Length != OrganisationLength)
        {
            return false;
        }

        // 1, 5 and 9 are the registries of institutions, of civil organisations and of business; UnionPay's cards begin with 6.
        if (code[0] is not ('1' or '5' or '9') || code.AsSpan().ContainsAnyExcept(OrganisationCharacters) || RuleOf(code) == "identity-number")
        {
            return false;
        }

        int sum = 0;
        int weight = 1;
        foreach (char c in code.AsSpan(0, 17))
        {
            sum += OrganisationAlphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return OrganisationAlphabet[(31 - (sum % 31)) % 31] == code[17];
    }
}
