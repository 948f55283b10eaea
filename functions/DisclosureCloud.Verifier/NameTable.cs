using System.Collections.Concurrent;
using System.Text;

namespace DisclosureCloud.Verifier;

/// <summary>One text for all that write the same name: there are few funds, projects and kinds, and many leaves that name them.</summary>
/// <remarks>For use by several threads. A name that is known is found by its bytes, and no text is made for it.</remarks>
internal sealed class NameTable
{
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<byte>> _names =
        new ConcurrentDictionary<string, string>(new Utf8Comparer()).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <param name="name">In UTF-8.</param>
    public string Of(ReadOnlySpan<byte> name)
    {
        if (!_names.TryGetValue(name, out string? known))
        {
            string text = Encoding.UTF8.GetString(name);
            known = _names.Dictionary.GetOrAdd(text, text);
        }

        return known;
    }

    private sealed class Utf8Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string obj) => GetHashCode(Encoding.UTF8.GetBytes(obj));

        public bool Equals(ReadOnlySpan<byte> alternate, string other)
        {
            int at = 0;
            foreach (char c in other)
            {
                if (!char.IsAscii(c))
                {
                    return alternate.SequenceEqual(Encoding.UTF8.GetBytes(other));
                }

                if (at == alternate.Length || alternate[at] != c)
                {
                    return false;
                }

                at++;
            }

            return at == alternate.Length;
        }

        // Its start is by chance in each process: nobody can choose names that all fall into one place.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
    }
}
