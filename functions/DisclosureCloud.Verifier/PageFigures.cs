using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Verifier;

/// <summary>Holds the figures in pages against the sums that were reckoned from the leaves.</summary>
/// <remarks>
/// Every figure is <c>&lt;data value="FEN"&gt;text&lt;/data&gt;</c>, and its text must say the same. Those that have <c>data-of</c> name what they are:
/// <c>all/allocated</c>, <c>fund/{id}/appropriated</c>, <c>fund/{id}/project/{id}/paid</c>. A fund's page, each project's and the home page must have
/// their own, so that none is left out.
/// </remarks>
internal sealed partial class PageFigures(Books books, VerifyNotes notes)
{
    // No page of the site comes near: a long list is parted.
    private const long PageSizeMax = 16 * 1024 * 1024;

    private long _figures;
    private long _named;

    /// <summary>How many figures said what they stand for, and how many of them were reckoned anew.</summary>
    public (long Figures, long Named) Counted => (Interlocked.Read(ref _figures), Interlocked.Read(ref _named));

    /// <summary>Begins a file of the site; null where it is no page.</summary>
    public Page? Begin(ListedFile file) =>
        file.Path.EndsWith(".html", StringComparison.Ordinal) && file.Bytes <= PageSizeMax ? new Page(this, file) : null;

    private void Check(string path, string html)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Figure.Matches(html))
        {
            Interlocked.Increment(ref _figures);
            string value = match.Groups["value"].Value;
            if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long fen) || match.Groups["text"].Value != TextOf(fen))
            {
                notes.Find(path, $"shows '{match.Groups["text"].Value}' for {value} fen.");
                return;
            }

            if (match.Groups["of"] is { Success: true, Value: var name })
            {
                named.Add(name);
                if (!TryReckon(name, out long? reckoned) || reckoned != fen)
                {
                    notes.Find(path, $"shows {fen} fen as {name}; the leaves come to {(reckoned is { } sum ? JsonFields.Text(sum) : "none")}.");
                    return;
                }

                Interlocked.Increment(ref _named);
            }
        }

        if (Wanted(path).FirstOrDefault(name => !named.Contains(name)) is { } missing)
        {
            notes.Find(path, $"does not show {missing}.");
        }
    }

    private bool TryReckon(string name, out long? fen)
    {
        string[] parts = name.Split('/');
        Account? account = parts switch
        {
            ["all", _] => books.Whole,
            ["fund", var fund, _] => books.Funds.GetValueOrDefault(fund),
            ["fund", var fund, "project", var project, _] => books.Projects.GetValueOrDefault((fund, project)),
            _ => null,
        };
        fen = account?.Figure(parts[^1]);
        return account is not null;
    }

    private IEnumerable<string> Wanted(string path)
    {
        string[] parts = (path.StartsWith("en/", StringComparison.Ordinal) ? path[3..] : path).Split('/');
        return parts switch
        {
            ["index.html"] => Wanted("all", books.Whole),
            ["funds", var fund, "index.html"] when books.Funds.TryGetValue(fund, out Account? account) => Wanted($"fund/{fund}", account),
            ["projects", var project, "index.html"] => books.ProjectsOf(project).SelectMany(one => Wanted($"fund/{one.Fund}/project/{project}", one.Account)),
            _ => [],
        };
    }

    private static IEnumerable<string> Wanted(string scope, Account account) => account.Wanted().Select(name => $"{scope}/{name}");

    /// <summary>Yuan with separators; two decimals only where there are fen; a true minus.</summary>
    private static string TextOf(long fen)
    {
        Int128 size = Int128.Abs(fen);
        string yuan = (size / 100).ToString("N0", CultureInfo.InvariantCulture);
        return (fen < 0 ? "\u2212" : "") + yuan + (size % 100 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{size % 100:D2}"));
    }

    // Markup that another hand wrote in another way would be passed over: the site's own writer knows one way alone.
    [GeneratedRegex("<data value=\"(?<value>[^\"]*)\"( data-of=\"(?<of>[^\"]*)\")?>(?<text>[^<]*)</data>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Figure { get; }

    /// <summary>A page that is being read.</summary>
    internal sealed class Page(PageFigures figures, ListedFile file)
    {
        private readonly byte[] _bytes = new byte[file.Bytes];
        private int _length;

        public void Add(ReadOnlyMemory<byte> piece)
        {
            int taken = Math.Min(piece.Length, _bytes.Length - _length); // A longer file than is listed is wrong, and never looked into.
            piece.Span[..taken].CopyTo(_bytes.AsSpan(_length));
            _length += taken;
        }

        public void End() => figures.Check(file.Path, Encoding.UTF8.GetString(_bytes, 0, _length));
    }
}
