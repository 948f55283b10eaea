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
    default:
        Console.Error.WriteLine("formats                 what a segment comes to under each compression");
        Console.Error.WriteLine("queries ENTRIES         point queries and scans over so many archived entries, 4096 or more");
        return 2;
}
