using System.Globalization;

namespace DisclosureCloud.Testing.Persons;

/// <summary>Numbers with the form of a person's, made here by rule: born on the first day of 1900, or never issued. They are nobody's.</summary>
public static class SyntheticNumbers
{
    /// <summary>An 18-digit identity number of 1 January 1900 with its right check character.</summary>
    public static string Identity18(int sequence, string region = "110000") => WithCheck($"{region}19000101{sequence:D3}");

    public static string Identity15(int sequence) => $"110000000101{sequence:D3}";

    /// <summary>Digits that begin as given, filled up with nines, with the check digit of ISO/IEC 7812.</summary>
    public static string Card(string prefix, int length)
    {
        string body = prefix.PadRight(length - 1, '9');
        for (char check = '0'; check <= '9'; check++)
        {
            if (Luhn(body + check))
            {
                return body + check;
            }
        }

        throw new InvalidOperationException("One of ten digits always fits.");
    }

    public static string Mobile => "138" + "00000000";

    /// <summary>A unified social credit code (GB 32100) of an organisation that does not exist.</summary>
    public static string CreditCode(string body17)
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        int sum = body17.Select((c, i) => Alphabet.IndexOf(c, StringComparison.Ordinal) * weights[i]).Sum();
        return body17 + Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>The same number with another last character, so that its check fails.</summary>
    public static string Spoilt(string number) => number[..^1] + (number[^1] == '7' ? '8' : '7');

    private static string WithCheck(string body)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        int sum = body.Select((c, i) => int.Parse(c.ToString(), CultureInfo.InvariantCulture) * weights[i]).Sum();
        return body + "10X98765432"[sum % 11];
    }

    private static bool Luhn(string digits)
    {
        int sum = 0;
        for (int i = digits.Length - 1, place = 0; i >= 0; i--, place++)
        {
            int digit = digits[i] - '0';
            sum += place % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0;
    }
}
