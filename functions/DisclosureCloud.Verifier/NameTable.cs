using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>A number for each name: there are few funds, projects and kinds, and many leaves that name them.</summary>
/// <remarks>For use by several threads. A name that is known is found without a text being made for it. Number 0 is no name, and reads as the empty text.</remarks>
internal sealed class NameTable
{
    private readonly ConcurrentDictionary<NameKey, int> _numbers = [];
    private readonly Lock _adding = new();
    private volatile string[] _names = new string[256];
    private int _count;

    /// <param name="first">Names whose numbers are 1 and on.</param>
    public NameTable(IEnumerable<string> first)
    {
        _names[_count++] = "";
        foreach (string name in first)
        {
            Of(Encoding.UTF8.GetBytes(name));
        }
    }

    /// <summary>The name of a number that this table gave.</summary>
    public string this[int number] => _names[number];

    /// <param name="name">In UTF-8.</param>
    /// <returns>Its number, from 1.</returns>
    public int Of(ReadOnlySpan<byte> name)
    {
        NameKey key = NameKey.Of(name);
        return _numbers.TryGetValue(key, out int known) ? known : Add(key, Encoding.UTF8.GetString(name));
    }

    private int Add(NameKey key, string name)
    {
        lock (_adding)
        {
            if (_numbers.TryGetValue(key, out int known))
            {
                return known;
            }

            string[] names = _names;
            if (_count == names.Length)
            {
                Array.Resize(ref names, 2 * _count);
                _names = names;
            }

            names[_count] = name; // Before its number can be found.
            return _numbers[key] = _count++;
        }
    }

    /// <summary>A short name itself, in place of a text elsewhere in memory; of a longer one a hash, for which nobody finds another name.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct NameKey(ulong First, ulong Second, ulong Third, int Length)
    {
        private const int ShortMax = 3 * sizeof(ulong);

        public static NameKey Of(ReadOnlySpan<byte> name)
        {
            Span<ulong> words = stackalloc ulong[3];
            if (name.Length <= ShortMax)
            {
                name.CopyTo(MemoryMarshal.AsBytes(words));
                return new NameKey(words[0], words[1], words[2], name.Length);
            }

            TreeHash hash = Rfc6962.LeafHash(name);
            MemoryMarshal.Cast<byte, ulong>(hash.Bytes)[..words.Length].CopyTo(words);
            return new NameKey(words[0], words[1], words[2], -1);
        }

        // It begins by chance in each process: nobody can choose names that all fall into one place.
        public override int GetHashCode() => HashCode.Combine(First, Second, Third);
    }
}
