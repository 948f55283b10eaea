using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Evidence;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Evidence;

/// <summary>Packs as tests make, read and unpack them.</summary>
internal static class Packs
{
    public const string Sums = "SHA256SUMS";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The pack of what the finance department posted.</summary>
    /// <param name="also">Takes the pack instead; the array that is given is empty then.</param>
    public static async Task<byte[]> OfFinanceAsync(PublishWorld world, Stream? also = null, CancellationToken? cancellationToken = null)
    {
        (EvidencePack pack, PackContents contents) = await FindAsync(world);
        using var output = new MemoryStream();
        await pack.WriteAsync(also ?? output, [KeyValuePair.Create("department", "finance")], contents, cancellationToken ?? Cancel);
        return output.ToArray();
    }

    /// <summary>What that pack holds, and what writes it.</summary>
    public static async Task<(EvidencePack Pack, PackContents Contents)> FindAsync(PublishWorld world)
    {
        var log = new PublishedLog(world.Site);
        var pack = new EvidencePack(world.Site, log, SearchOf(world, log));
        ShownPublication shown = (await pack.ShownAsync(Cancel))!;
        var query = new EntryQuery { Department = Id.Parse<DepartmentId>("finance") };
        return (pack, (await pack.FindAsync(query, shown.Checkpoint.Head.Size, shown, Cancel))!);
    }

    public static EntrySearch SearchOf(PublishWorld world, PublishedLog log) => new(new ArchiveSeals(world.Archive), new SegmentFiles(world.Archive), log);

    /// <summary>The files in the order of the zip.</summary>
    public static async Task<OrderedDictionary<string, byte[]>> FilesAsync(byte[] pack)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        var files = new OrderedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            entry.LastWriteTime.Year.ShouldBe(1980);
            using var bytes = new MemoryStream();
            await using Stream content = await entry.OpenAsync(Cancel);
            await content.CopyToAsync(bytes, Cancel);
            files.Add(entry.FullName, bytes.ToArray());
        }

        return files;
    }

    /// <summary>The sums that the files should have, save the sums themselves, as <c>sha256sum</c> writes them.</summary>
    public static byte[] SumsOf(OrderedDictionary<string, byte[]> files) => Encoding.UTF8.GetBytes(string.Concat(
        files.Where(file => file.Key != Sums).Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Value))}  {file.Key}\n")));

    public static JsonElement[] Lines(byte[] file) => [.. Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line))];

    public static async Task UnpackAsync(TemporaryFolder folder, OrderedDictionary<string, byte[]> files)
    {
        foreach ((string path, byte[] bytes) in files)
        {
            string file = folder.File(path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }
    }

    /// <summary>Runs shell commands in a folder.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string folder, string commands)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", commands]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process shell = Process.Start(start)!;
        string[] output = await Task.WhenAll(shell.StandardOutput.ReadToEndAsync(Cancel), shell.StandardError.ReadToEndAsync(Cancel));
        await shell.WaitForExitAsync(Cancel);
        return (shell.ExitCode, string.Concat(output));
    }
}
