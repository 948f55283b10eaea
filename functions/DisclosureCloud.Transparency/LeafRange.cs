using System.Numerics;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Transparency;

/// <summary>Neighbouring leaves whose hash is a node of a tree: D[start:end] in RFC 6962, section 2.1.</summary>
/// <param name="Start">The first leaf's index.</param>
/// <param name="End">The index after the last leaf's.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeafRange(long Start, long End)
{
    public long Count => End - Start;

    public bool IsPerfect => BitOperations.IsPow2(Count);

    /// <summary>The two halves that RFC 6962 hashes together. There are at least two leaves.</summary>
    public (LeafRange Left, LeafRange Right) Split()
    {
        long middle = Start + Rfc6962.SplitOf(Count);
        return (new LeafRange(Start, middle), new LeafRange(middle, End));
    }

    /// <summary>The perfect subtrees that make up the range, from the left: one for each bit of its count.</summary>
    public IEnumerable<LeafRange> PerfectParts()
    {
        LeafRange rest = this;
        while (rest.Count > 0)
        {
            if (rest.IsPerfect)
            {
                yield return rest;
                yield break;
            }

            (LeafRange left, rest) = rest.Split();
            yield return left;
        }
    }
}
