using System.Buffers.Text;
using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What a query sees of a leaf's bytes, so that most leaves need not be parsed: it passes over none that matches.</summary>
/// <remarks>
/// In canonical JSON ids, codes and numbers stand as they are, and a quote within a text has a backslash before it: so what looks like a
/// member's name is one. Every field of money has a name that ends in <c>Fen</c>.
/// </remarks>
public sealed class LeafMarks
{
    private readonly ImmutableArray<ReadOnlyMemory<byte>> _marks;
    private readonly (long Min, long Max)? _amountsFen;

    public LeafMarks(EntryQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _marks = query.Marks();
        _amountsFen = query.AmountMin is null && query.AmountMax is null ? null : (query.AmountMin ?? 0, query.AmountMax ?? long.MaxValue);
    }

    private static ReadOnlySpan<byte> EndOfMoneyName => "Fen\":"u8;

    /// <summary>False where the leaf cannot match. Where this is true, it may.</summary>
    public bool MayMatch(ReadOnlySpan<byte> leaf)
    {
        foreach (ReadOnlyMemory<byte> mark in _marks)
        {
            if (leaf.IndexOf(mark.Span) < 0)
            {
                return false;
            }
        }

        return _amountsFen is not { } range || HasAmount(leaf, range);
    }

    private static bool HasAmount(ReadOnlySpan<byte> leaf, (long Min, long Max) range)
    {
        while (leaf.IndexOf(EndOfMoneyName) is >= 0 and var at)
        {
            leaf = leaf[(at + EndOfMoneyName.Length)..];

            // What is no number may be a list of them.
            if (!Utf8Parser.TryParse(leaf, out long fen, out _) || (fen >= range.Min && fen <= range.Max))
            {
                return true;
            }
        }

        return false;
    }
}
