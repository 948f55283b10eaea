using System.Collections.Concurrent;
using System.Text;

namespace DisclosureCloud.Ledger;

/// <summary>Codes as JSON has them: the names of an enum in kebab-case, such as <c>central-and-provincial</c>.</summary>
public static class Code
{
    private static readonly ConcurrentDictionary<Type, (string Text, Enum Value)[]> Lists = new();

    public static string Text(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach ((string text, Enum known) in List(value.GetType()))
        {
            if (known.Equals(value))
            {
                return text;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, "Not a value of its code list.");
    }

    /// <summary>All codes of a list, in its order.</summary>
    public static IEnumerable<string> Texts(Type list) => List(list).Select(pair => pair.Text);

    public static Enum? TryParse(Type list, string text)
    {
        foreach ((string known, Enum value) in List(list))
        {
            if (known == text)
            {
                return value;
            }
        }

        return null;
    }

    /// <exception cref="FormatException">The text is no code of this list.</exception>
    public static TCode Parse<TCode>(string text)
        where TCode : struct, Enum => TryParse(typeof(TCode), text) is TCode code
            ? code
            : throw new FormatException($"'{text}' is no code of {typeof(TCode).Name}.");

    private static (string Text, Enum Value)[] List(Type list) => Lists.GetOrAdd(
        list,
        static type => [.. Enum.GetValues(type).Cast<Enum>().Select(value => (Kebab(value.ToString()), value))]);

    private static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
