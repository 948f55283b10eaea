using System.Globalization;
using DisclosureCloud.Benchmarks;

switch (args)
{
    case ["formats"]:
        Formats.Run(Console.Out);
        return 0;
    case ["load"]:
        await LoadBenchmark.RunAsync(Console.Out);
        return 0;
    case ["queries", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int entries) && entries >= 4_096:
        await Queries.RunAsync(entries, Console.Out);
        return 0;
    case ["tree"]:
        await TreeBenchmark.RunAsync(TreeBenchmark.LeavesDefault, Console.Out);
        return 0;
    case ["tree", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int leaves) && leaves > 0:
        await TreeBenchmark.RunAsync(leaves, Console.Out);
        return 0;
    case ["postings", .. var rest]:
        return await PostingsBenchmark.RunAsync(
            rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : PostingsBenchmark.RateDefault,
            rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : PostingsBenchmark.SecondsDefault,
            Console.Out);
    case ["verify", .. var rest]:
        return await VerifyBenchmark.RunAsync(
            rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : VerifyBenchmark.LeavesDefault,
            rest.Length > 1 ? rest[1] : Path.Combine(Path.GetTempPath(), "disclosurecloud-verify-benchmark"),
            Console.Out);
    default:
        Console.Error.WriteLine("formats                 what a segment comes to under each compression");
        Console.Error.WriteLine("load                    what becomes of a department's postings while another sends four times what it may");
        Console.Error.WriteLine("postings [RATE] [SECONDS] how long an entry takes to a checkpoint, at so many postings a second");
        Console.Error.WriteLine("queries ENTRIES         point queries and scans over so many archived entries, 4096 or more");
        Console.Error.WriteLine("tree [LEAVES]           hashing leaves and building tiles, beside SHA-256 over the same bytes");
        Console.Error.WriteLine("verify [LEAVES] [FOLDER] the log's part of verify, beside SHA-256 over the same bytes");
        return 2;
}
