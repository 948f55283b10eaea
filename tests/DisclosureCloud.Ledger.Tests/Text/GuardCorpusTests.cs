using System.Globalization;
using DisclosureCloud.Testing.Persons;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>How much of persons' data the guard finds, and how often it is wrong, over texts made by seed.</summary>
public sealed class GuardCorpusTests(ITestOutputHelper output)
{
    private const int Texts = 10_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Guard_OfPlainTexts_FindsAtLeast995OfAThousand(int seed)
    {
        var corpus = new PersonalDataCorpus(seed);
        Found("plain", corpus.Plain).ShouldBeGreaterThanOrEqualTo(Texts * 995 / 1_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Guard_OfDisguisedTexts_FindsAtLeast950OfAThousand(int seed)
    {
        var corpus = new PersonalDataCorpus(seed);
        Found("disguised", corpus.Disguised).ShouldBeGreaterThanOrEqualTo(Texts * 950 / 1_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Guard_OfProjectTexts_IsWrongInAtMost5OfAThousand(int seed)
    {
        var corpus = new PersonalDataCorpus(seed);
        var wrong = new Dictionary<string, int>(StringComparer.Ordinal);
        int count = 0;
        for (int i = 0; i < Texts; i++)
        {
            string text = corpus.Innocent();
            if (PersonalDataGuard.Rule(text) is { } rule)
            {
                count++;
                wrong[rule] = wrong.GetValueOrDefault(rule) + 1;
                output.WriteLine($"{rule}: {text}"); // Of projects: it names nobody.
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"false alarms: {count} of {Texts}: {string.Join(", ", wrong)}"));
        count.ShouldBeLessThanOrEqualTo(Texts * 5 / 1_000);
    }

    // What was missed is told by its sort. Even what was made here is not printed.
    private int Found(string name, Func<(string Text, string What)> next)
    {
        var missed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int found = 0;
        for (int i = 0; i < Texts; i++)
        {
            (string text, string what) = next();
            if (PersonalDataGuard.Rule(text) is not null)
            {
                found++;
            }
            else
            {
                missed[what] = missed.GetValueOrDefault(what) + 1;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {found} of {Texts}; missed {string.Join(", ", missed)}"));
        return found;
    }
}
