namespace DisclosureCloud.Storage;

/// <summary>The meter of the stores, for whoever collects metrics.</summary>
public static class StorageMeter
{
    public const string Name = "DisclosureCloud.Storage";
}
