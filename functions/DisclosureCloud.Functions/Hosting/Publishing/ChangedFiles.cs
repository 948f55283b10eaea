using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Stages what differs from the site, and nothing else.</summary>
internal static class ChangedFiles
{
    /// <param name="puts">Takes the path where the file was staged.</param>
    public static async Task StageChangedAsync(this ISiteFiles site, string path, byte[] bytes, ICollection<string> puts, CancellationToken cancellationToken)
    {
        if (await site.ReadAsync(path, cancellationToken) is not { } old || !bytes.AsSpan().SequenceEqual(old))
        {
            await site.StageAsync(path, bytes, cancellationToken);
            puts.Add(path);
        }
    }
}
