using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Random tests that are the same in every run: FsCheck prints the case that failed, and the seed stands here.</summary>
internal static class Seeded
{
    private const ulong Seed = 20_180_601;

    public static Config Runs(int count) =>
        Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(Seed, 2_654_435_769);

    /// <summary>Runs a test in another culture, and puts the culture back.</summary>
    public static void In(string culture, Action test)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            test();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
