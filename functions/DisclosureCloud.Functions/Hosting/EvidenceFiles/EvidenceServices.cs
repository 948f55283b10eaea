using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>Puts together what keeps evidence files.</summary>
internal static class EvidenceServices
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton(provider => Vault(provider.GetRequiredService<Stores>(), provider.GetRequiredService<ISaltSource>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<EvidenceUses>().AddSingleton<EvidenceNaming>().AddSingleton<EvidenceAccess>().AddSingleton<EvidenceSweep>();

    public static EvidenceVault Vault(Stores stores, ISaltSource salts, TimeProvider clock) =>
        new(stores.EvidenceFiles, new EvidenceKeys(stores.EvidenceKeys, salts), salts, clock);
}
