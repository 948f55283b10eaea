using System.Globalization;

namespace DisclosureCloud.Site;

/// <summary>A part of a whole as an SVG length, in hundredths of a percent, by whole numbers only.</summary>
internal static class Share
{
    private const int Hundredths = 10_000;

    /// <summary>A mark that is there must be seen: no thinner than this.</summary>
    private const int VisibleFrom = 40;

    /// <param name="of">The whole; nothing is drawn where it is not positive.</param>
    public static string Percent(long fen, long of) => Text(Of(fen, of));

    /// <summary>Where the part from <paramref name="from"/> on begins and how wide it is.</summary>
    public static (string Start, string Width) Percent(long from, long fen, long of)
    {
        int start = from > 0 ? Of(from, of) : 0;
        return (Text(Math.Min(start, Hundredths - VisibleFrom)), Text(Math.Min(Of(fen, of), Hundredths - Math.Min(start, Hundredths - VisibleFrom))));
    }

    /// <summary>A length in proportion, rounded down. 128 bits, since fen times a length may be more than 64 hold.</summary>
    public static int Scale(long fen, long of, int length) => of <= 0 || fen <= 0 ? 0 : (int)((Int128)fen * length / of);

    private static int Of(long fen, long of) => of <= 0 || fen <= 0 ? 0 : Math.Clamp(Scale(fen, of, Hundredths), VisibleFrom, Hundredths);

    private static string Text(int share) => string.Create(CultureInfo.InvariantCulture, $"{share / 100}.{share % 100:D2}%");
}
