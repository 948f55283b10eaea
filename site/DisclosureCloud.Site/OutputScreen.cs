using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Looks for data of persons in what is about to be published, as a reader would see it: once more, whatever intake let through.</summary>
/// <remarks>
/// Pages are read without their marks, so that a name in one cell and an age in the next stand side by side; tables cell by cell and row by
/// row; JSON by its strings. Figures are left out: an amount in fen has as many digits as a telephone number.
/// </remarks>
public static class OutputScreen
{
    private const char Between = '|';
    private const int PieceLength = 1 << 16;
    private const int PieceOverlap = 1 << 13;

    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789.-");

    // What a reader of the page, or who it is read to, gets of a mark.
    private static readonly string[] SpokenAttributes = ["alt=\"", "aria-label=\"", "content=\"", "title=\""];

    /// <summary>The rule that a file breaks (see <see cref="PersonalDataGuard.Rule"/>), or null.</summary>
    /// <param name="path">Of the site, such as <c>data/funds.csv</c>: it says what the file is.</param>
    /// <exception cref="ArgumentException">The file is of a type that is not known here.</exception>
    public static string? Rule(string path, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetExtension(path) switch
        {
            ".html" or ".svg" or ".xml" or ".atom" => PersonalDataGuard.Rule(Spoken(Encoding.UTF8.GetString(bytes))),
            ".csv" => RuleOfRows(Cells(Encoding.UTF8.GetString(bytes)), PieceLength, PieceOverlap),
            ".json" or ".ndjson" => RuleOfRows(Strings(bytes), PieceLength, PieceOverlap),
            ".md" or ".txt" => PersonalDataGuard.Rule(Encoding.UTF8.GetString(bytes)),
            ".css" or ".js" or ".png" or ".woff2" or ".ico" => null, // The same on every site: it tells nothing that was posted.
            _ => throw new ArgumentException($"{path} is of no type that is screened.", nameof(path)),
        };
    }

    /// <summary>The rule that rows break, piece by piece: tables have tens of megabytes, and what is looked through is copied several times.</summary>
    /// <param name="length">Of a piece at least.</param>
    /// <param name="overlap">So much of what is before a piece is looked through with it at least: longer than what any rule asks to stand together.</param>
    internal static string? RuleOfRows(string rows, int length, int overlap)
    {
        for (int begin = 0, end = 0; end < rows.Length;)
        {
            end = Seam(rows, Math.Min(rows.Length, end + length), 1);
            if (PersonalDataGuard.Rule(rows[begin..Math.Min(rows.Length, end + 1)]) is { } rule)
            {
                return rule;
            }

            begin = Seam(rows, Math.Max(0, end - overlap), -1);
        }

        return null;
    }

    // Where a row begins with a letter. With that letter a piece ends in nothing that a rule could take for the end of the text.
    private static int Seam(string rows, int from, int step)
    {
        int at = from;
        while (at > 0 && at < rows.Length && !(rows[at - 1] == '\n' && char.IsAsciiLetter(rows[at])))
        {
            at += step;
        }

        return at;
    }

    private static string Spoken(string html)
    {
        var text = new StringBuilder(html.Length);
        for (int at = 0; at < html.Length;)
        {
            int open = html.IndexOf('<', at);
            text.Append(html, at, (open < 0 ? html.Length : open) - at);
            int close = open < 0 ? -1 : html.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            text.Append(Between);
            AppendSpoken(text, html[open..close]);
            at = close + 1;
        }

        return WebUtility.HtmlDecode(text.ToString());
    }

    private static void AppendSpoken(StringBuilder text, string mark)
    {
        foreach (string attribute in SpokenAttributes)
        {
            if (mark.IndexOf(attribute, StringComparison.Ordinal) is var at and >= 0)
            {
                int begin = at + attribute.Length;
                int end = mark.IndexOf('"', begin);
                text.Append(mark, begin, (end < 0 ? mark.Length : end) - begin).Append(Between);
            }
        }
    }

    // RFC 4180. A cell that is a number is an amount, a count or a year: whoever writes a text there has it refused at intake.
    private static string Cells(string csv)
    {
        var text = new StringBuilder(csv.Length);
        var cell = new StringBuilder();
        bool quoted = false;
        foreach (char c in csv)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\n')
            {
                AppendCell();
                text.Append(c == ',' ? Between : '\n');
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        AppendCell();
        return text.ToString();

        void AppendCell()
        {
            string value = cell.ToString();
            text.Append(value.AsSpan().ContainsAnyExcept(NumberSigns) ? value : "");
            cell.Clear();
        }
    }

    private static string Strings(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder(json.Length);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                text.Append(reader.GetString()).Append(Between);
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
