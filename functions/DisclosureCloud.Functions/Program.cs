using System.Globalization;
using DisclosureCloud.Functions.Commands;
using DisclosureCloud.Functions.Hosting;

// What is written and read does not depend on whose machine this is.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (!UnicodeTables.Work)
{
    await Console.Error.WriteLineAsync(UnicodeTables.Missing);
    return CommandLine.Refused;
}

return await CommandLine.RunAsync(args);
