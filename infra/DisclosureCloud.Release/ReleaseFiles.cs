using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Release;

/// <summary>The files of a release.</summary>
/// <param name="Package">What is deployed: the root of a Functions app.</param>
/// <param name="Bill">What is in it (CycloneDX).</param>
/// <param name="Notices">The licences of what others made; also in the package.</param>
/// <param name="Sums">The SHA-256 of each, as <c>sha256sum -c</c> reads it.</param>
internal sealed record ReleaseFiles(string Package, string Bill, string Notices, string Sums)
{
    /// <summary>Publishes the app and writes the files. The same sources and SDK give the same bytes, wherever they lie.</summary>
    /// <param name="output">The folder for the files; those of the same names are replaced.</param>
    /// <exception cref="ReleaseException">Something in the package is of nobody, or under a licence that is not on the list.</exception>
    public static async Task<ReleaseFiles> MakeAsync(Sources sources, string output, CancellationToken cancellationToken)
    {
        string version = sources.Version;
        DirectoryInfo published = Directory.CreateTempSubdirectory("disclosurecloud-release-");
        try
        {
            await sources.PublishAsync(published.FullName, cancellationToken);
            IReadOnlyList<Part> parts = Part.ReadAll(published.FullName, PackageFolders.Read(sources.Assets));
            await File.WriteAllTextAsync(Path.Combine(published.FullName, NoticesText.FileName), NoticesText.Of(parts), cancellationToken);
            IReadOnlyList<PackagedFile> files = PackagedFile.ReadAll(published.FullName, parts);

            Directory.CreateDirectory(output);
            var made = new ReleaseFiles(
                Path.Combine(output, $"disclosurecloud-{version}-linux-x64.zip"),
                Path.Combine(output, $"disclosurecloud-{version}.cdx.json"),
                Path.Combine(output, NoticesText.FileName),
                Path.Combine(output, "SHA256SUMS"));
            await PackageZip.WriteAsync(made.Package, files, cancellationToken);
            await File.WriteAllBytesAsync(made.Bill, BillOfMaterials.Of(version, parts, files), cancellationToken);
            File.Copy(Path.Combine(published.FullName, NoticesText.FileName), made.Notices, overwrite: true);
            await File.WriteAllTextAsync(made.Sums, made.SumsText(), cancellationToken);
            return made;
        }
        finally
        {
            published.Delete(recursive: true);
        }
    }

    private string SumsText()
    {
        var text = new StringBuilder();
        foreach (string file in new[] { Notices, Package, Bill }.OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            using FileStream stream = File.OpenRead(file);
            text.Append(Convert.ToHexStringLower(SHA256.HashData(stream))).Append("  ").Append(Path.GetFileName(file)).Append('\n');
        }

        return text.ToString();
    }
}
