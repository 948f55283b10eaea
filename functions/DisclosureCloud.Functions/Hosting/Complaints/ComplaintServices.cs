using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>Puts together what keeps complaints.</summary>
internal static class ComplaintServices
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton(provider => Vault(provider.GetRequiredService<Stores>(), provider.GetRequiredService<ISaltSource>()))
        .AddSingleton<ComplaintHandling>().AddSingleton<ComplaintDesk>().AddSingleton<ComplaintSweep>();

    public static ComplaintVault Vault(Stores stores, ISaltSource salts) => new(stores.Complaints, new SealKeys(stores.EvidenceKeys, salts), salts);
}
