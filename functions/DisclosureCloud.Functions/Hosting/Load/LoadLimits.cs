using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>How much work is done at once, and for whom. Each process counts for itself.</summary>
internal sealed record LoadLimits
{
    private const string PostingsSetting = "Disclosure:Limits:PostingsAnHour";
    private const string ProxiesSetting = "Disclosure:Limits:Proxies";

    /// <summary>As many as a machine takes in an hour of which it does nothing else.</summary>
    private const int PostingsAnHourMax = 1_000_000;

    /// <summary>A content delivery network, a gateway, the Functions front, and one to spare.</summary>
    private const int ProxiesMax = 4;

    /// <summary>Postings and notices of one department in any hour, dry runs too; its decisions are counted apart, up to the same number. A busy county posts that many in a month.</summary>
    public int PostingsAnHour { get; init; } = 5_000;

    /// <summary>
    /// How many proxies in front of us add to X-Forwarded-For; null where it follows from where the app listens: the Functions front is one,
    /// and before an app by itself there is none that we know of.
    /// </summary>
    public int? Proxies { get; init; }

    /// <summary>Writes of one department that are worked on at once: enough for commits to be written in groups, a quarter of all.</summary>
    public int DepartmentAtOnce { get; init; } = 16;

    /// <summary>Its writes that wait. Each department has its own queue, so that nobody waits behind another's.</summary>
    public int DepartmentQueue { get; init; } = 64;

    /// <summary>Requests that one person, or one address without a token, may have at a stroke: a page of a program that looks up a whole list.</summary>
    public int CallerBurst { get; init; } = 600;

    /// <summary>And those that come back each second.</summary>
    public int CallerPerSecond { get; init; } = 20;

    /// <summary>In bytes, of all bodies in memory together: a fifth of what the app may have.</summary>
    public long BodyBytes { get; init; } = 96 << 20;

    /// <summary>In bytes, of all files in memory together that are being sent: six of the largest. Each is there once more while it is encrypted.</summary>
    public long FileBytes { get; init; } = 64 << 20;

    /// <summary>Evidence files of one department in any hour. A scanner makes one in some seconds; a person looks at each before it is approved.</summary>
    public int FilesAnHour { get; init; } = 600;

    /// <summary>In bytes, of all files of many postings in memory together: one of the largest, or many of the usual size.</summary>
    public long BulkBytes { get; init; } = 64 << 20;

    /// <summary>Files of many postings of one department in any hour: somebody who tries again each minute until all is right.</summary>
    public int BulkAnHour { get; init; } = 60;

    /// <summary>In bytes, of all complaints in memory together that are being sent: 128 of the largest, which is more than may come at once.</summary>
    public long ComplaintBytes { get; init; } = 8 << 20;

    /// <summary>What one address, or one IPv6 network, sends as a complaint in an hour, good or not: those that are kept, and five goes at each that is refused.</summary>
    public int ComplaintAttemptsAnHour { get; init; } = 60;

    /// <summary>Complaints of one address, or one IPv6 network (/64), that are kept in any hour. A village may have one address; who is turned away comes later, or calls.</summary>
    public int ComplaintsAnHourOfSource { get; init; } = 10;

    /// <summary>Those of one IPv6 site (/48), as a provider gives to a customer: as many as ten networks.</summary>
    public int ComplaintsAnHourOfSite { get; init; } = 100;

    /// <summary>Complaints of all in any hour: as many as a county has in a year, and no more than those who read them could find anything in.</summary>
    public int ComplaintsAnHour { get; init; } = 500;

    /// <summary>How many of that sort a department sends in any hour.</summary>
    public int AnHour(HourlyOf what) => what switch
    {
        HourlyOf.Files => FilesAnHour,
        HourlyOf.Bulk => BulkAnHour,
        _ => PostingsAnHour,
    };

    /// <summary>In bytes, how much room bodies of that sort have together.</summary>
    public long Bytes(BodyPool pool) => pool switch
    {
        BodyPool.Files => FileBytes,
        BodyPool.Bulk => BulkBytes,
        BodyPool.Complaints => ComplaintBytes,
        _ => BodyBytes,
    };

    /// <summary>How much is done at once and may wait, by what it costs.</summary>
    public Room Of(Weight weight) => Rooms(weight);

    /// <summary>Another room for each weight; tests have small ones.</summary>
    public Func<Weight, Room> Rooms { get; init; } = weight => weight switch
    {
        Weight.Writing => new Room(AtOnce: 64, Waiting: 256),
        Weight.Search => new Room(AtOnce: 6, Waiting: 24), // A page reads up to 64 segments and holds up to 8 MiB.
        Weight.Proof => new Room(AtOnce: 16, Waiting: 64), // Some files, and a few hundred hashes.
        Weight.File => new Room(AtOnce: 4, Waiting: 16), // Ten megabytes, and as many again while it is decrypted.
        Weight.Bulk => new Room(AtOnce: 2, Waiting: 8), // Each keeps a processor busy for seconds.
        Weight.Complaint => new Room(AtOnce: 8, Waiting: 32), // Two small writes; few come in an hour.
        Weight.Pack => new Room(AtOnce: 2, Waiting: 4), // Twenty thousand entries, each with its proof.
        _ => new Room(AtOnce: 32, Waiting: 128),
    };

    /// <summary>Reads the two settings.</summary>
    /// <exception cref="InvalidOperationException">One is no whole number within its bounds.</exception>
    public static LoadLimits Read(IConfiguration configuration)
    {
        var standard = new LoadLimits();
        return standard with
        {
            PostingsAnHour = ReadNumber(configuration, PostingsSetting, 1, PostingsAnHourMax) ?? standard.PostingsAnHour,
            Proxies = ReadNumber(configuration, ProxiesSetting, 0, ProxiesMax),
        };
    }

    private static int? ReadNumber(IConfiguration configuration, string setting, int least, int most) => configuration[setting] switch
    {
        null => null,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most => number,
        string other => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{setting} is a whole number from {least} to {most}; found '{other}'.")),
    };
}

/// <summary>How many are worked on at once, and how many wait for it.</summary>
internal sealed record Room(int AtOnce, int Waiting);
