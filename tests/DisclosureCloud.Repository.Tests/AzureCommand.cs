using System.Text;

namespace DisclosureCloud.Repository.Tests;

/// <summary>A call of <c>az</c> or <c>azd</c> as a shell block has it: the words up to the first option, and the options.</summary>
/// <param name="Named">What <c>azd env set</c> or <c>azd env new</c> names; null of any other.</param>
internal sealed record AzureCommand(string Group, IReadOnlyList<string> Options, string? Named = null)
{
    private const int WordsBeforeName = 3;

    /// <summary>Finds every call in a block, those within <c>$( )</c> too.</summary>
    public static IEnumerable<AzureCommand> In(string block)
    {
        string text = block.Replace("\\\n", " ", StringComparison.Ordinal);
        for (int at = 0; at < text.Length; at++)
        {
            bool begins = at == 0 || text[at - 1] is '\n' or ' ' or '(';
            if (begins && (text.AsSpan(at).StartsWith("az ", StringComparison.Ordinal) || text.AsSpan(at).StartsWith("azd ", StringComparison.Ordinal)))
            {
                yield return Of(Words(text, at));
            }
        }
    }

    private static AzureCommand Of(List<string> words)
    {
        if (words is ["azd", "env", "set" or "new", var named, ..])
        {
            return new AzureCommand(string.Join(' ', words.Take(WordsBeforeName)), [], named);
        }

        int group = words.FindIndex(word => word.StartsWith('-'));
        return new AzureCommand(
            string.Join(' ', words.Take(group < 0 ? words.Count : group)),
            [.. words.Where(word => word.StartsWith("--", StringComparison.Ordinal))]);
    }

    // Up to the end of the call; what is quoted or within a nested call is part of a word.
    private static List<string> Words(string text, int from)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        (int depth, char quote) = (0, '\0');
        for (int at = from; at < text.Length; at++)
        {
            char c = text[at];
            if (depth == 0 && quote == '\0' && c is '\n' or '|' or ';' or '>' or ')')
            {
                break;
            }

            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (depth == 0 && c is '"' or '\'')
            {
                quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            }

            if (c == ' ' && depth == 0 && quote == '\0')
            {
                Flush();
            }
            else
            {
                word.Append(c);
            }
        }

        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
