using System.Globalization;
using DisclosureCloud.Benchmarks;

switch (args)
{
    case ["formats"]:
        Formats.Run(Console.Out);
        return 0;
    case ["queries", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int entries) && entries >= 4_096:
        await Queries.RunAsync(entries, Console.Out);
        return 0;
    case ["verify", .. var rest]:
        return await VerifyBenchmark.RunAsync(
            rest.Length > 0 ? long.Parse(rest[0], CultureInfo.InvariantCulture) : VerifyBenchmark.LeavesDefault,
            rest.Length > 1 ? rest[1] : Path.Combine(Path.GetTempPath(), "disclosurecloud-verify-benchmark"),
            Console.Out);
    default:
        Console.Error.WriteLine("formats                 what a segment comes to under each compression");
        Console.Error.WriteLine("queries ENTRIES         point queries and scans over so many archived entries, 4096 or more");
        Console.Error.WriteLine("verify [LEAVES] [FOLDER] the log's part of verify, beside SHA-256 over the same bytes");
        return 2;
}
