namespace DisclosureCloud.Testing;

/// <summary>What happens to files: a bit that is another, or an end that is gone.</summary>
public static class ByteChange
{
    /// <summary>Other bytes than were given: three times of four one bit is flipped, else the end is cut off.</summary>
    /// <param name="seed">The same seed changes the same.</param>
    public static byte[] Of(byte[] right, int seed)
    {
        var random = new Random(seed);
        if (random.Next(4) == 0)
        {
            return right[..random.Next(right.Length)];
        }

        byte[] wrong = [.. right];
        wrong[random.Next(wrong.Length)] ^= (byte)(1 << random.Next(8));
        return wrong;
    }
}
