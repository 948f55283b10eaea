using System.Text;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Whether this process can normalise text. Ids of places, searches, and the guard against personal data rest on it.</summary>
/// <remarks>
/// .NET takes the tables from ICU. Where a machine has none, .NET itself stops. But where the environment says
/// <c>DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1</c>, as images without ICU do, which goes before the app's own setting, text is left as it is without a word.
/// </remarks>
internal static class UnicodeTables
{
    public const string Missing =
        "Text is not normalised here: ids of places would be others, and the guard against personal data could be got round. Install ICU (libicu), and take DOTNET_SYSTEM_GLOBALIZATION_INVARIANT out of the environment.";

    /// <summary>A full-width letter and a circled digit, which form KC makes plain.</summary>
    private const string Sample = "\uFF21\u2460";

    public static bool Work => Sample.Normalize(NormalizationForm.FormKC) == "A1";
}
