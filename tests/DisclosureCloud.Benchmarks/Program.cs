using DisclosureCloud.Benchmarks;

switch (args)
{
    case ["formats"]:
        Formats.Run(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("formats");
        return 2;
}
