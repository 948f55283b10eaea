using System.Runtime.InteropServices;

namespace DisclosureCloud.Verifier;

/// <summary>What is kept of the entries of the ledger, in the order of the leaves.</summary>
/// <remarks>They are values in long arrays: the garbage collector neither moves nor counts a million of them, and there is no second copy while they become more.</remarks>
internal sealed class LoggedFacts(long expected)
{
    // A checkpoint may state any size: no more than this is set aside before there are so many leaves.
    private const int ExpectedMax = 1 << 20;

    private const int BlockLength = 4_096;

    private readonly Dictionary<EntryKey, int> _places = new((int)Math.Min(expected, ExpectedMax));
    private readonly List<LoggedFact[]> _blocks = [];

    public int Count { get; private set; }

    public ref LoggedFact this[int place] => ref _blocks[place / BlockLength][place % BlockLength];

    public IEnumerable<LoggedFact> All() => _blocks.SelectMany(block => block).Take(Count);

    public bool Has(EntryKey key) => _places.ContainsKey(key);

    /// <summary>The place of the entry of that id; null where no leaf has it.</summary>
    public int? Find(EntryKey key) => _places.TryGetValue(key, out int place) ? place : null;

    /// <returns>False where there is one of that id already.</returns>
    public bool TryAdd(EntryKey key, in LoggedFact fact)
    {
        if (!_places.TryAdd(key, Count))
        {
            return false;
        }

        if (Count % BlockLength == 0)
        {
            _blocks.Add(new LoggedFact[BlockLength]);
        }

        _blocks[^1][Count++ % BlockLength] = fact;
        return true;
    }
}

/// <summary>What is kept of one entry of the ledger.</summary>
/// <param name="Row">What its row in the data must say too.</param>
/// <param name="Movement">What it does to the books; null where it does nothing.</param>
/// <param name="Withheld">How many of its commitments have no opening: a leaf has fewer bytes than would hold 65,536.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct LoggedFact(long LeafIndex, EntryKey Row, Movement? Movement, ushort Withheld)
{
    /// <summary>How many of the tables of entries have had its row.</summary>
    public byte Rows { get; set; }
}
