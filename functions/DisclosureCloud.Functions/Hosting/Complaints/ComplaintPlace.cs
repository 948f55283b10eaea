using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>Where the files of a complaint lie, such that a listing of the store has the newest first.</summary>
/// <remarks>
/// A name begins with how many milliseconds are left until thirteen digits no longer do (in the year 2286), and ends with the id. The first
/// digits are the folder: one for a little more than a day, so that a folder is never long.
/// </remarks>
/// <param name="Moment">Thirteen digits, the less the later.</param>
internal sealed record ComplaintPlace(string Moment, ComplaintId Id)
{
    public const int MomentLength = 13;

    /// <summary>100,000 seconds each.</summary>
    public const int FolderLength = 5;

    private const long Last = 9_999_999_999_999;

    public string Name => $"{Moment}-{Id}";

    /// <summary>To the millisecond; for who cannot read the complaint itself.</summary>
    public DateTimeOffset ReceivedAt => DateTimeOffset.FromUnixTimeMilliseconds(Last - long.Parse(Moment, CultureInfo.InvariantCulture));

    public static ComplaintPlace Of(DateTimeOffset receivedAt, ComplaintId id) => new(MomentOf(receivedAt), id);

    public static string MomentOf(DateTimeOffset receivedAt) => (Last - receivedAt.ToUnixTimeMilliseconds()).ToString("D13", CultureInfo.InvariantCulture);

    /// <summary>The place of a path, where the path is that of a complaint itself; null for that of a change.</summary>
    public static ComplaintPlace? OfPath(string path)
    {
        string name = path[(FolderLength + 1)..];
        return ComplaintId.TryParse(name[(MomentLength + 1)..], out ComplaintId id) ? new ComplaintPlace(name[..MomentLength], id) : null;
    }

    /// <summary>The path of the complaint (0), or of a change of its state (from 1).</summary>
    public string Path(int number) => number == 0 ? $"{Moment[..FolderLength]}/{Name}" : string.Create(CultureInfo.InvariantCulture, $"{Moment[..FolderLength]}/{Name}.{number}");

    /// <summary>
    /// What paths begin with that come after a moment, in their order, and each in one of them alone: first its own folder, in which others
    /// come before it, then ever larger parts of what is left. Whoever turns pages reads no names of pages before, save of one folder.
    /// </summary>
    public static IEnumerable<string> PrefixesFrom(string moment)
    {
        yield return moment[..FolderLength];
        for (int length = FolderLength; length > 0; length--)
        {
            for (char digit = (char)(moment[length - 1] + 1); digit <= '9'; digit++)
            {
                yield return moment[..(length - 1)] + digit;
            }
        }
    }
}
