using System.Text;

namespace DisclosureCloud.Verifier;

/// <summary>Reads CSV as RFC 4180 has it, row by row.</summary>
internal static class CsvReader
{
    // A row of the data has some 25 cells; a cell is a text at most.
    private const int CellsMax = 1_000;
    private const int CellLengthMax = 1024 * 1024;

    /// <exception cref="FormatException">A quote within a plain cell, text behind a closing quote, a row or cell that is too long, or no end.</exception>
    public static IEnumerable<IReadOnlyList<string>> Rows(TextReader text)
    {
        while (text.Peek() >= 0)
        {
            var cells = new List<string>();
            do
            {
                cells.Add(text.Peek() == '"' ? Quoted(text) : Plain(text));
                if (cells.Count > CellsMax)
                {
                    throw new FormatException($"has a row of more than {CellsMax} cells.");
                }
            }
            while (Take(text, ','));
            if (!(Take(text, '\r') && Take(text, '\n')))
            {
                throw new FormatException("has a row without its line end.");
            }

            yield return cells;
        }
    }

    private static bool Take(TextReader text, char mark)
    {
        bool good = text.Peek() == mark;
        if (good)
        {
            _ = text.Read();
        }

        return good;
    }

    private static string Plain(TextReader text)
    {
        var cell = new StringBuilder();
        while (text.Peek() is >= 0 and not (',' or '\r' or '\n'))
        {
            Append(cell, (char)text.Read());
            if (cell[^1] == '"')
            {
                throw new FormatException("has a quote within a plain cell.");
            }
        }

        return cell.ToString();
    }

    private static string Quoted(TextReader text)
    {
        var cell = new StringBuilder();
        _ = text.Read();
        while (true)
        {
            int next = text.Read();
            if (next < 0)
            {
                throw new FormatException("ends within a quoted cell.");
            }

            if (next == '"' && !Take(text, '"'))
            {
                return cell.ToString();
            }

            Append(cell, (char)next);
        }
    }

    private static void Append(StringBuilder cell, char next)
    {
        if (cell.Append(next).Length > CellLengthMax)
        {
            throw new FormatException($"has a cell of more than {CellLengthMax} characters.");
        }
    }
}
