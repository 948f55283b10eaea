using System.Text;

namespace DisclosureCloud.Site;

/// <summary>A sentence with numbered holes from a language's texts, such as <c>{0} {0:project|projects}</c>.</summary>
/// <remarks>
/// <c>{0}</c> is the first filling; <c>{0:one|many}</c> is the first word where that filling is a count of one, else the second. The
/// sentence is text and is encoded as such; only what fills its holes may be markup.
/// </remarks>
internal readonly record struct Phrase(string Template)
{
    public static implicit operator Phrase(string template) => new(template);

    /// <summary>How many fillings it needs: one more than its highest number.</summary>
    public int Holes => Parts(Template).Max(part => part.Hole) + 1;

    public Fragment With(params IMarkup[] fillings)
    {
        string template = Template;
        return new Fragment(page =>
        {
            foreach ((string text, int hole, string? words) in Parts(template))
            {
                page.Text(text);
                if (words is not null)
                {
                    page.Text(Word(words, fillings[hole] is Count { Value: 1 }));
                }
                else if (hole >= 0)
                {
                    fillings[hole].WriteTo(page);
                }
            }
        });
    }

    /// <summary>The sentence as plain text, for titles and the labels of pictures.</summary>
    public string Plain(params string[] fillings)
    {
        var plain = new StringBuilder();
        foreach ((string text, int hole, string? words) in Parts(Template))
        {
            plain.Append(text).Append(hole < 0 ? "" : words is null ? fillings[hole] : Word(words, fillings[hole] == "1"));
        }

        return plain.ToString();
    }

    private static string Word(string words, bool one) => words.Split('|')[one ? 0 : 1];

    /// <summary>Text, then the hole that follows it (-1 at the end), then its words where it has any.</summary>
    private static IEnumerable<(string Text, int Hole, string? Words)> Parts(string template)
    {
        int from = 0;
        for (int open; (open = template.IndexOf('{', from)) >= 0;)
        {
            int close = template.IndexOf('}', open);
            string? words = template[open + 2] == ':' ? template[(open + 3)..close] : null;
            yield return (template[from..open], template[open + 1] - '0', words);
            from = close + 1;
        }

        yield return (template[from..], -1, null);
    }
}
