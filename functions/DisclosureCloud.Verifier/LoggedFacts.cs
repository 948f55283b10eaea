using System.Runtime.InteropServices;

namespace DisclosureCloud.Verifier;

/// <summary>What is kept of the entries of the ledger, in the order of the leaves.</summary>
/// <remarks>
/// They are values in long arrays that refer to nothing: the garbage collector neither moves, counts nor follows a million of them, and there is no
/// second copy while they become more.
/// </remarks>
/// <param name="expected">How many there will be, as the checkpoint has it.</param>
internal sealed class LoggedFacts(long expected)
{
    // A checkpoint may state any size: no more than this is set aside before there are so many leaves.
    private const int ExpectedMax = 1 << 20;

    private const int BlockLength = 4_096;

    private readonly Dictionary<EntryKey, int> _places = new((int)Math.Min(expected, ExpectedMax));
    private readonly List<LoggedFact[]> _blocks = [];
    private readonly Dictionary<int, MovementDetails> _details = [];

    /// <summary>The names in them: its first are <see cref="LoggedMovement.Kinds"/>.</summary>
    public NameTable Names { get; } = new(LoggedMovement.Kinds);

    public int Count { get; private set; }

    public ref LoggedFact this[int place] => ref _blocks[place / BlockLength][place % BlockLength];

    public IEnumerable<LoggedFact> All() => _blocks.SelectMany(block => block).Take(Count);

    /// <summary>What the entry at a place does to the books; null where it does nothing.</summary>
    public Movement? MovementAt(int place) => this[place].Movement.Unpack(this[place].Key, Names, _details.GetValueOrDefault(place, MovementDetails.None));

    public bool Has(EntryKey key) => _places.ContainsKey(key);

    /// <summary>The place of the entry of that id; null where no leaf has it.</summary>
    public int? Find(EntryKey key) => _places.TryGetValue(key, out int place) ? place : null;

    /// <param name="details">What few movements have.</param>
    /// <returns>False where there is one of that id already.</returns>
    public bool TryAdd(in LoggedFact fact, MovementDetails details)
    {
        if (!_places.TryAdd(fact.Key, Count))
        {
            return false;
        }

        if (details != MovementDetails.None)
        {
            _details[Count] = details;
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
/// <param name="Key">Of its id.</param>
/// <param name="Row">What its row in the data must say too.</param>
/// <param name="Movement">What it does to the books.</param>
/// <param name="Withheld">How many of its commitments have no opening: a leaf has fewer bytes than would hold 65,536.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct LoggedFact(long LeafIndex, EntryKey Key, EntryKey Row, LoggedMovement Movement, ushort Withheld)
{
    /// <summary>How many of the tables of entries have had its row.</summary>
    public byte Rows { get; set; }
}
