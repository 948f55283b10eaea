using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing.Persons;

namespace DisclosureCloud.Functions.Tests.Canaries;

/// <summary>A text with data of a person who is nobody, which must be found nowhere afterwards, in whatever form.</summary>
/// <param name="Text">As it is sent.</param>
/// <param name="Number">The number in it, without what it was disguised by; null where it has none.</param>
internal sealed record Canary(string Text, string? Number)
{
    private const int NumberDigitsMin = 11;

    /// <summary>So many canaries that the guard knows: numbers, cards, telephones and rosters, plain and disguised. What it cannot know is none.</summary>
    public static Canary[] Make(int seed, int count)
    {
        var corpus = new PersonalDataCorpus(seed);
        var made = new Dictionary<string, Canary>(StringComparer.Ordinal);
        for (int i = 0; made.Count < count; i++)
        {
            (string text, string what) = i % 2 == 0 ? corpus.Plain() : corpus.Disguised();

            // A heading alone is what any table may have; and what has no digit or name of its own cannot be told from other text.
            if (PersonalDataGuard.Rule(text) is not null && !what.EndsWith("heading", StringComparison.Ordinal))
            {
                made.TryAdd(text, new Canary(text, NumberIn(text)));
            }
        }

        return [.. made.Values];
    }

    /// <summary>Everything that it may have become, as Latin-1 so that bytes can be searched for it.</summary>
    public IEnumerable<string> Traces(bool isHashed)
    {
        string[] texts = Number is null ? [Text] : [Text, Number];
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            yield return Latin(text);
            yield return Latin(text.Normalize(NormalizationForm.FormKC));
            yield return Latin(string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c)));
            yield return string.Concat(text.Select(c => c is > '~' or < ' ' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()));
            yield return string.Concat(text.Select(c => c is > '~' or < ' ' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString()));
            yield return Uri.EscapeDataString(text);
            yield return Convert.ToBase64String(bytes).TrimEnd('=');
            yield return Convert.ToHexString(bytes);
            yield return Convert.ToHexStringLower(bytes);
            yield return Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text));
            if (isHashed)
            {
                byte[] hash = SHA256.HashData(bytes);
                yield return Convert.ToHexString(hash);
                yield return Convert.ToHexStringLower(hash);
                yield return Convert.ToBase64String(hash);
                yield return PostingId.Of(Id.Parse<DepartmentId>("finance"), text).Value;
            }
        }
    }

    /// <summary>Finds any trace of any of them.</summary>
    public static SearchValues<string> Search(IEnumerable<Canary> canaries) => SearchValues.Create(
        [.. canaries.SelectMany(canary => canary.Traces(isHashed: true)).Where(trace => trace.Length >= 8).Distinct(StringComparer.Ordinal)], StringComparison.Ordinal);

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string? NumberIn(string text)
    {
        // All digits of it, or the longest run: what stands beside a number may have digits, too.
        string plain = text.Normalize(NormalizationForm.FormKC);
        string all = string.Concat(plain.Where(IsDigit));
        string run = string.Concat(plain.Select(c => IsDigit(c) ? c : ' ')).Split(' ').MaxBy(part => part.Length)!;
        return new[] { all, run }.FirstOrDefault(number => number.Length >= NumberDigitsMin && PersonalDataGuard.Rule(number) is not null);

        static bool IsDigit(char c) => char.IsAsciiDigit(c) || c == 'X';
    }
}
