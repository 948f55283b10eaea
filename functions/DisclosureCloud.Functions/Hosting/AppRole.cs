using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Which part of the app a process is. In Azure two apps run from one package, with an identity each.</summary>
internal enum AppRole
{
    /// <summary>Both, as on one machine.</summary>
    All,

    /// <summary>Takes and decides postings; writes neither log nor archive nor site.</summary>
    Api,

    /// <summary>Keeps up with the ledger and publishes; takes nothing from outside.</summary>
    Publisher,
}

/// <summary>Reads the setting <c>Disclosure:Role</c>.</summary>
internal static class AppRoles
{
    private const string Setting = "Disclosure:Role";

    /// <exception cref="InvalidOperationException">It says no role.</exception>
    public static AppRole Read(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "all" => AppRole.All,
        "api" => AppRole.Api,
        "publisher" => AppRole.Publisher,
        string other => throw new InvalidOperationException($"{Setting} is 'all', 'api' or 'publisher'; found '{other}'."),
    };
}
