using System.Buffers;
using System.Diagnostics;

namespace DisclosureCloud.Verifier;

/// <summary>A whole file in memory that is used again for the next one.</summary>
/// <remarks>
/// A bundle is too long for the garbage collector's young objects: each new array of that length brings nearer a collection of everything that
/// is kept of the leaves before.
/// </remarks>
internal sealed class FileBytes : IDisposable
{
    private byte[]? _rented;

    public FileBytes(int room) => _rented = ArrayPool<byte>.Shared.Rent(room);

    public int Length { get; private set; }

    /// <summary>Good until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Bytes => Rented.AsMemory(0, Length);

    private byte[] Rented => _rented ?? throw new ObjectDisposedException(nameof(FileBytes));

    /// <summary>Where the next piece is to be read to. Never empty.</summary>
    /// <param name="lengthMax">Room is made for one byte more at most.</param>
    public Memory<byte> Rest(long lengthMax)
    {
        if (Length == Rented.Length)
        {
            byte[] wider = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Min(lengthMax + 1, Length * 2L)));
            Bytes.CopyTo(wider);
            ArrayPool<byte>.Shared.Return(_rented!);
            _rented = wider;
        }

        return Rented.AsMemory(Length, (int)Math.Min(Rented.Length, lengthMax + 1) - Length);
    }

    public void Add(int read) => Length += read;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
        {
            Overwrite(rented);
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // Whoever reads on in memory that was given back finds the next file there, as a rule too late for a test to see.
    [Conditional("DEBUG")]
    private static void Overwrite(byte[] rented) => rented.AsSpan().Clear();
}
