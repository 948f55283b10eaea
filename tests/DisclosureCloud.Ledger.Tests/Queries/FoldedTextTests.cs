using System.Text;

namespace DisclosureCloud.Ledger.Tests.Queries;

public sealed class FoldedTextTests
{
    [Fact]
    public void Fold_OfAnyText_IsThatOfTheStandard()
    {
        // The edges of what is taken as folded already, and what composes with its neighbours, which Hangul, kana and accents do.
        string[] pieces = ["a", "z", "A", "Z", "`", "{", "~", "\u007f", "\u0080", "é", "e\u0301", "\u4dff", "\u4e00", "\u9fff", "\ua000", "(", "A", "が", "か\u3099", "가", "\u1112\u1161", "ß", "ǆ", "𠮷", "豈", "1", " "];
        int changed = 0;
        for (int seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            string text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
            string wanted = text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
            FoldedText.Of(text).ShouldBe(wanted, $"seed {seed}: {text}");
            changed += wanted == text ? 0 : 1;
        }

        changed.ShouldBeInRange(1_000, 4_900, "some are folded already, some are not");
    }
}
