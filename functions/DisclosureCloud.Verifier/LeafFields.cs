using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Verifier;

/// <summary>The members of a leaf and its commitments, found while its form is checked: it is gone through once, and nothing is copied.</summary>
/// <remarks>
/// Names are compared as they stand: in canonical form there is one way to write each. Made for one leaf after another, by one thread; what it
/// gives as bytes is good until the next one.
/// </remarks>
internal sealed class LeafFields
{
    private readonly List<Member> _members = new(32);
    private readonly List<Range> _commitments = [];
    private ReadOnlyMemory<byte> _leaf;
    private bool _hasEscapes;

    /// <summary>True where the leaf is an object.</summary>
    public bool IsObject => _leaf.Span[0] == '{';

    /// <summary>Reads the next leaf.</summary>
    /// <returns>Its first byte that is not canonical, as <see cref="CanonicalForm.FirstFault(ReadOnlySpan{byte})"/>; -1 where all are, and only then has it fields.</returns>
    public int Read(ReadOnlyMemory<byte> leaf)
    {
        _leaf = leaf;
        _members.Clear();
        _commitments.Clear();
        _hasEscapes = false;
        return CanonicalForm.FirstFault(leaf.Span, this);
    }

    /// <summary>For <see cref="CanonicalForm"/>: a member of the leaf itself.</summary>
    public void AddMember(Range name, Range value) => _members.Add(new Member(name, value, HeadOf(_leaf.Span[name][1..^1])));

    /// <summary>For <see cref="CanonicalForm"/>: somewhere a text does not stand for itself.</summary>
    public void AddEscape() => _hasEscapes = true;

    /// <summary>For <see cref="CanonicalForm"/>: a text in whose place a commitment stands.</summary>
    public void AddCommitment(Range quoted) => _commitments.Add(quoted);

    /// <summary>A text; null where there is none of that name.</summary>
    public string? TextOf(ReadOnlySpan<byte> name) => QuotedOf(name) is { IsEmpty: false } quoted ? Encoding.UTF8.GetString(Unquoted(quoted).Span) : null;

    /// <summary>A text that many leaves have; null where there is none of that name.</summary>
    public string? NameOf(ReadOnlySpan<byte> name, NameTable names) => QuotedOf(name) is { IsEmpty: false } quoted ? names.Of(Unquoted(quoted).Span) : null;

    /// <summary>A text in UTF-8; empty where there is none of that name.</summary>
    public ReadOnlySpan<byte> Utf8Of(ReadOnlySpan<byte> name) => BytesOf(name).Span;

    /// <summary>The same, for as long as there is the leaf.</summary>
    public ReadOnlyMemory<byte> BytesOf(ReadOnlySpan<byte> name) => QuotedOf(name) is { IsEmpty: false } quoted ? Unquoted(quoted) : default;

    /// <summary>A whole number; null where there is none of that name.</summary>
    public long? NumberOf(ReadOnlySpan<byte> name) => Utf8Parser.TryParse(DigitsOf(name), out long number, out _) ? number : null;

    /// <summary>A whole number as it is written; empty where there is none of that name.</summary>
    public ReadOnlySpan<byte> DigitsOf(ReadOnlySpan<byte> name) =>
        ValueOf(name).Span is [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..] digits ? digits : default;

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

    private ReadOnlyMemory<byte> QuotedOf(ReadOnlySpan<byte> name) => ValueOf(name) is { Span: [(byte)'"', ..] } quoted ? quoted : default;

    private ReadOnlyMemory<byte> ValueOf(ReadOnlySpan<byte> name)
    {
        ulong head = HeadOf(name);
        foreach (ref readonly Member member in CollectionsMarshal.AsSpan(_members))
        {
            if (member.Head == head && _leaf.Span[member.Name][1..^1].SequenceEqual(name))
            {
                return _leaf[member.Value];
            }
        }

        return default;
    }

    // The first eight bytes of a name, in which most names differ already.
    private static ulong HeadOf(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(name);
        }

        ulong head = 0;
        for (int i = name.Length - 1; i >= 0; i--)
        {
            head = (head << 8) | name[i];
        }

        return head;
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

    /// <param name="Name">Where it stands in the leaf, with its quotes.</param>
    /// <param name="Value">Where it stands, with its quotes where it is a text.</param>
    /// <param name="Head">Of the name.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Member(Range Name, Range Value, ulong Head);
}
