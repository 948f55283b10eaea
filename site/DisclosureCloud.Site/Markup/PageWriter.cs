using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace DisclosureCloud.Site;

/// <summary>Writes a page in UTF-8, straight into its bytes. One page, one thread.</summary>
/// <remarks>
/// Markup enters only as the literal parts of an interpolated string or through <see cref="IMarkup"/>. There is deliberately no
/// overload that takes a plain string as markup: what was posted can reach a page only encoded.
/// </remarks>
internal sealed class PageWriter
{
    private const int StartSize = 16 * 1024; // Most pages are smaller; larger ones grow by doubling.

    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'\0");

    private byte[] _bytes = new byte[StartSize];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Renders one page.</summary>
    public static byte[] Render(Action<PageWriter> write)
    {
        var page = new PageWriter();
        write(page);
        return page.Written.ToArray();
    }

    /// <summary>Writes an interpolated string: its literal parts as they stand, every hole encoded unless it is markup by type.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "The handler writes to this page.")]
    public void Write([InterpolatedStringHandlerArgument("")] ref PageMarkup markup) => Debug.Assert(markup.Target == this, "Wrong page.");

    /// <summary>Text or an attribute's value: safe between tags and between quotation marks.</summary>
    internal void Text(ReadOnlySpan<char> text)
    {
        for (int i; (i = text.IndexOfAny(Special)) >= 0; text = text[(i + 1)..])
        {
            Literal(text[..i]);
            Literal(text[i] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&#34;",
                '\'' => "&#39;",
                _ => "\uFFFD", // U+0000 has no place in HTML, not even as a reference.
            });
        }

        Literal(text);
    }

    internal void Number(long number)
    {
        number.TryFormat(Room(20), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>ISO 8601, as attributes have it.</summary>
    internal void Date(DateOnly date)
    {
        date.TryFormat(Room(10), out int written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>As it stands. A lone surrogate becomes U+FFFD, so that the page is always valid UTF-8.</summary>
    internal void Literal(ReadOnlySpan<char> text)
    {
        Utf8.FromUtf16(text, Room(text.Length * 3), out _, out int written);
        _length += written;
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        }

        return _bytes.AsSpan(_length);
    }
}
