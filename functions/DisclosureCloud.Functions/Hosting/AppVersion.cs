using System.Reflection;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Which release this program is: <c>Version</c> in <c>Directory.Build.props</c>.</summary>
/// <remarks>
/// The app alone carries it. In the assemblies that make the pages it would change the content version, and with it the publication, though no page
/// changed.
/// </remarks>
internal static class AppVersion
{
    public static ReleaseVersion Current { get; } =
        Id.Parse<ReleaseVersion>(typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
}
