namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Watches the bytes of XML in UTF-8 for a tag that is longer than any that a spreadsheet program writes.</summary>
/// <remarks>Sections of CDATA are refused, since the reader of XML holds them in memory whole; no spreadsheet program writes them.</remarks>
internal sealed class TagLengths
{
    private State _state;
    private int _length;
    private int _dashes;

    private enum State
    {
        Text,
        Opened,
        Marked,
        Tag,
        InDoubleQuotes,
        InSingleQuotes,
        Comment,
    }

    /// <exception cref="DamagedFileException">A tag is too long, or a section of CDATA begins.</exception>
    public void Pass(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_state == State.Text)
            {
                int open = bytes.IndexOf((byte)'<');
                if (open < 0)
                {
                    return;
                }

                bytes = bytes[(open + 1)..];
                (_state, _length) = (State.Opened, 0);
                continue;
            }

            _state = Next(bytes[0]);
            bytes = bytes[1..];
            if (_state != State.Comment && ++_length > SheetLimits.TagLengthMax)
            {
                throw new DamagedFileException("A part of the file has a tag that no spreadsheet program writes.");
            }
        }
    }

    private State Next(byte c) => (_state, (char)c) switch
    {
        (State.Opened, '!') => State.Marked,
        (State.Marked, '-') => Comment(0),
        (State.Marked, _) => throw new DamagedFileException("A part of the file declares a document type or holds raw characters, as no spreadsheet program writes them."),
        (State.Comment, '-') => Comment(_dashes + 1),
        (State.Comment, '>') when _dashes >= 2 => State.Text,
        (State.Comment, _) => Comment(0),
        (State.InDoubleQuotes, '"') or (State.InSingleQuotes, '\'') => State.Tag,
        (State.InDoubleQuotes or State.InSingleQuotes, _) => _state,
        (_, '>') => State.Text,
        (_, '"') => State.InDoubleQuotes,
        (_, '\'') => State.InSingleQuotes,
        _ => State.Tag,
    };

    private State Comment(int dashes)
    {
        _dashes = dashes;
        return State.Comment;
    }
}
