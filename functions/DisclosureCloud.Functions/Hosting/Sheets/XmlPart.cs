using System.Text;
using System.Xml;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Reads a part's XML forward, with bounds on what it holds in memory.</summary>
internal sealed class XmlPart : IDisposable
{
    // ECMA-376, and the strict form of it that ISO/IEC 29500 has.
    private static readonly string[] Namespaces =
    [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/content-types",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private readonly XmlReader _reader;

    // For the characters of a text, which are taken piece by piece.
    private readonly char[] _piece = new char[4_096];

    public XmlPart(Stream stream) => _reader = XmlReader.Create(new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
        NameTable = new BoundedNames(),
    });

    /// <summary>The name of the element that was reached.</summary>
    public string Name => _reader.LocalName;

    public bool IsEmpty => _reader.IsEmptyElement;

    public int Depth => _reader.Depth;

    /// <summary>Goes on to the next element of these formats; false at the end of the part.</summary>
    public bool ReadElement() => ReadElement(-1);

    /// <summary>Goes on to the next element within the one of that depth; false at its end.</summary>
    public bool ReadElement(int within)
    {
        while (Read())
        {
            if (_reader.NodeType == XmlNodeType.Element && Namespaces.Contains(_reader.NamespaceURI, StringComparer.Ordinal))
            {
                return true;
            }

            if (_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == within)
            {
                return false;
            }
        }

        return false;
    }

    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <summary>An attribute of the relations between parts, whichever of their namespaces the part uses.</summary>
    public string? RelationId() =>
        _reader.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        ?? _reader.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");

    /// <summary>Appends the text of the element that was reached, and ends behind it; false where there is more than there may be.</summary>
    public bool ReadText(StringBuilder text, int lengthMax)
    {
        if (_reader.IsEmptyElement)
        {
            return true;
        }

        bool fits = true;
        int depth = _reader.Depth;
        while (Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                for (int read = _reader.ReadValueChunk(_piece, 0, _piece.Length); read > 0; read = _reader.ReadValueChunk(_piece, 0, _piece.Length))
                {
                    fits &= text.Length + read <= lengthMax;
                    if (fits)
                    {
                        text.Append(_piece, 0, read);
                    }
                }
            }
        }

        return fits;
    }

    /// <summary>Passes over all that is within the element that was reached.</summary>
    public void Skip()
    {
        if (!_reader.IsEmptyElement)
        {
            int depth = _reader.Depth;
            while (Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
            {
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    private bool Read()
    {
        bool read = _reader.Read();
        if (_reader.Depth > SheetLimits.DepthMax)
        {
            throw new DamagedFileException("A part of the file has elements within one another, deeper than any spreadsheet program writes.");
        }

        return read;
    }

    // The reader keeps every name that it meets, for as long as it lives.
    private sealed class BoundedNames : NameTable
    {
        private int _count;

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known)
            {
                return known;
            }

            if (++_count > SheetLimits.NameCountMax)
            {
                throw new DamagedFileException("A part of the file has more names of elements than any spreadsheet program writes.");
            }

            return base.Add(key, start, len);
        }
    }
}
