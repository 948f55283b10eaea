using System.Globalization;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Witnessing;

/// <summary>What a site shows of a log: where its last files lie, its checkpoint, and whether it has ended.</summary>
/// <remarks>The site of a log that has ended may show its successor: then the log's own files lie in <c>log/before/1/</c> or a later one.</remarks>
internal sealed class ShownLog(LogSource source, WitnessedLog log, string folder, byte[] checkpoint)
{
    /// <summary>A log lasts for years.</summary>
    private const int LogsMax = 32;

    /// <summary>The checkpoint as it lies there: not yet verified.</summary>
    public byte[] Checkpoint => checkpoint;

    /// <exception cref="IOException">The site cannot be read.</exception>
    public static async Task<ShownLog> FindAsync(LogSource source, WitnessedLog log, CancellationToken cancellationToken)
    {
        byte[] newest = await source.ReadAsync($"{PublishedLog.Folder}checkpoint", SignedNote.SizeMax, cancellationToken);
        for (int i = 1; i <= LogsMax && OriginOf(newest) is { } origin && origin != log.Origin; i++)
        {
            string before = string.Create(CultureInfo.InvariantCulture, $"{PublishedLog.Folder}before/{i}/");
            if (await TryReadAsync(source, $"{before}checkpoint", cancellationToken) is not { } bytes)
            {
                break;
            }

            if (OriginOf(bytes) == log.Origin)
            {
                return new ShownLog(source, log, before, bytes);
            }
        }

        return new ShownLog(source, log, PublishedLog.Folder, newest);
    }

    /// <summary>That the log has ended, as its keys signed it; null where it goes on.</summary>
    /// <exception cref="InvalidDataException">It says so without the log's keys.</exception>
    public async Task<(SignedNote Note, FrozenLog Log)?> EndAsync(CancellationToken cancellationToken)
    {
        string path = $"{folder}frozen";
        if (await TryReadAsync(source, path, cancellationToken) is not { } bytes)
        {
            return null;
        }

        try
        {
            var note = SignedNote.Parse(bytes);
            note.Verify(log.Verifiers);
            var end = FrozenLog.Parse(note.Text);
            return end.Origin == log.Origin ? (note, end) : throw new InvalidDataException($"{path} is of {end.Origin}; wanted {log.Origin}.");
        }
        catch (Exception fault) when (fault is FormatException or NotVerifiedException)
        {
            throw new InvalidDataException($"{path} is not to be believed: {fault.Message}", fault);
        }
    }

    private static string? OriginOf(byte[] checkpoint)
    {
        try
        {
            return Transparency.Checkpoint.Parse(SignedNote.Parse(checkpoint).Text).Origin;
        }
        catch (FormatException)
        {
            return null; // Told when it is verified.
        }
    }

    private static async Task<byte[]?> TryReadAsync(LogSource source, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(path, SignedNote.SizeMax, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
