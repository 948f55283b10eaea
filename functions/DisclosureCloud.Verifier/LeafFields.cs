using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Verifier;

/// <summary>The members of a leaf that some check asks for, in the order of their names: <see cref="AmountFen"/> is <c>amountFen</c>.</summary>
internal enum LeafField
{
    AllocatedFen,
    AmountFen,
    AppropriatedFen,
    Channel,
    Cites,
    Date,
    Department,
    DisbursedFen,
    FeeFen,
    Format,
    Fund,
    Id,
    InterestFen,
    Kind,
    Nature,
    NewAmountFen,
    OldAmountFen,
    PassDown,
    PassedDownFen,
    PrincipalFen,
    Project,
    RecordedAt,
    ReturnedFen,
    Type,
}

/// <summary>The members of a leaf and its commitments, found while its form is checked: it is gone through once, and nothing is copied.</summary>
/// <remarks>
/// Names are compared as they stand: in canonical form there is one way to write each, and they come in order, as the fields that are asked for do.
/// Made for one leaf after another, by one thread; what it gives as bytes is good until the next one.
/// </remarks>
internal sealed class LeafFields
{
    // In the order of the fields, and the first eight bytes of each, in which most differ already.
    private static readonly byte[][] Names = [.. Enum.GetNames<LeafField>().Select(name => Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(name)))];
    private static readonly ulong[] Heads = [.. Names.Select(name => HeadOf(name, name.Length))];

    // Where each value stands, with its quotes where it is a text; nowhere where both are 0.
    private readonly Range[] _values = new Range[Names.Length];
    private readonly List<Range> _commitments = [];
    private ReadOnlyMemory<byte> _leaf;
    private int _next;
    private bool _hasEscapes;

    /// <summary>True where the leaf is an object.</summary>
    public bool IsObject => _leaf.Span[0] == '{';

    /// <summary>Reads the next leaf.</summary>
    /// <returns>Its first byte that is not canonical, as <see cref="CanonicalForm.FirstFault(ReadOnlySpan{byte})"/>; -1 where all are, and only then has it fields.</returns>
    public int Read(ReadOnlyMemory<byte> leaf)
    {
        _leaf = leaf;
        Array.Clear(_values);
        _commitments.Clear();
        _next = 0;
        _hasEscapes = false;
        return CanonicalForm.FirstFault(leaf.Span, this);
    }

    /// <summary>For <see cref="CanonicalForm"/>: a member of the leaf itself, whose name comes after that of the one before.</summary>
    public void AddMember(Range name, Range value)
    {
        ReadOnlySpan<byte> leaf = _leaf.Span;
        int start = name.Start.Value + 1;
        int length = name.End.Value - 1 - start;
        ReadOnlySpan<byte> text = leaf.Slice(start, length);
        if (_hasEscapes && text.Contains((byte)'\\'))
        {
            return; // No field's name has one, and its place in the order is not that of its bytes.
        }

        ulong head = HeadOf(leaf[start..], length);
        while (_next < Heads.Length && (Heads[_next] < head || (Heads[_next] == head && text.SequenceCompareTo(Names[_next]) > 0)))
        {
            _next++;
        }

        if (_next < Heads.Length && Heads[_next] == head && text.SequenceEqual(Names[_next]))
        {
            _values[_next++] = value;
        }
    }

    /// <summary>For <see cref="CanonicalForm"/>: somewhere a text does not stand for itself.</summary>
    public void AddEscape() => _hasEscapes = true;

    /// <summary>For <see cref="CanonicalForm"/>: a text in whose place a commitment stands.</summary>
    public void AddCommitment(Range quoted) => _commitments.Add(quoted);

    /// <summary>A text; null where there is none of that name.</summary>
    public string? TextOf(LeafField field) => IsText(field) ? Encoding.UTF8.GetString(Utf8Of(field)) : null;

    /// <summary>The number of a text that many leaves have; 0 where there is none of that name.</summary>
    public int NameOf(LeafField field, NameTable names) => IsText(field) ? names.Of(Utf8Of(field)) : 0;

    /// <summary>A text in UTF-8; empty where there is none of that name.</summary>
    public ReadOnlySpan<byte> Utf8Of(LeafField field)
    {
        ReadOnlySpan<byte> value = ValueOf(field);
        return value is not [(byte)'"', ..] ? default : _hasEscapes ? Unquoted(_leaf[_values[(int)field]]).Span : value[1..^1];
    }

    /// <summary>The same, for as long as there is the leaf.</summary>
    public ReadOnlyMemory<byte> BytesOf(LeafField field) => IsText(field) ? Unquoted(_leaf[_values[(int)field]]) : default;

    /// <summary>A whole number; null where there is none of that name.</summary>
    public long? NumberOf(LeafField field) => Utf8Parser.TryParse(DigitsOf(field), out long number, out _) ? number : null;

    /// <summary>A whole number as it is written; empty where there is none of that name.</summary>
    public ReadOnlySpan<byte> DigitsOf(LeafField field) => ValueOf(field) is [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..] digits ? digits : default;

    /// <summary>The commitments in their order, in hexadecimal where they are what they should be, for as long as there is the leaf.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Commitments()
    {
        ReadOnlyMemory<byte>[] commitments = _commitments.Count == 0 ? [] : new ReadOnlyMemory<byte>[_commitments.Count];
        for (int i = 0; i < commitments.Length; i++)
        {
            commitments[i] = Unquoted(_leaf[_commitments[i]]);
        }

        return commitments;
    }

    private bool IsText(LeafField field) => ValueOf(field) is [(byte)'"', ..];

    private ReadOnlySpan<byte> ValueOf(LeafField field) => _leaf.Span[_values[(int)field]];

    // The first eight bytes of a name, so that they are in the order of names; what is missing of them is 0.
    private static ulong HeadOf(ReadOnlySpan<byte> from, int length)
    {
        ulong head = BinaryPrimitives.ReadUInt64BigEndian(from.Length >= sizeof(ulong) ? from : [.. from, .. new byte[sizeof(ulong)]]);
        return length switch
        {
            0 => 0,
            >= sizeof(ulong) => head,
            _ => head & (ulong.MaxValue << (8 * (sizeof(ulong) - length))),
        };
    }

    private ReadOnlyMemory<byte> Unquoted(ReadOnlyMemory<byte> quoted)
    {
        if (!_hasEscapes)
        {
            return quoted[1..^1];
        }

        var reader = new Utf8JsonReader(quoted.Span);
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }
}
