using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Following;

/// <summary>Looks at what Event Grid tells of the archive's container: whatever we did not do there raises an alarm.</summary>
/// <remarks>The event is a hint and no more: what it names is read and held against the ledger.</remarks>
internal sealed class ArchiveWatch(Archiver archiver, Sequencer sequencer, Alarms alarms)
{
    private const string Created = "Microsoft.Storage.BlobCreated";
    private const string SubjectInfix = "/blobs/";

    /// <param name="told">An event of a storage account, as CloudEvents 1.0 or in Event Grid's own schema.</param>
    /// <returns>What was found, in a word.</returns>
    public async Task<string> LookAsync(JsonElement told, CancellationToken cancellationToken)
    {
        // CloudEvents has "type", Event Grid's own schema "eventType"; both have the subject /blobServices/default/containers/{name}/blobs/{path}.
        string? type = Text(told, "type") ?? Text(told, "eventType");
        string? subject = Text(told, "subject");
        int at = subject?.IndexOf(SubjectInfix, StringComparison.Ordinal) ?? -1;
        if (type is null || at < 0)
        {
            alarms.Raise(Alarm.ArchiveEvent, "An event of the archive could not be read: nobody knows what it tells of.");
            return "unreadable";
        }

        string path = subject![(at + SubjectInfix.Length)..];
        if (type != Created)
        {
            alarms.Raise(Alarm.ArchiveChanged, $"The archive's storage reports {Alarms.NameOf(type)} of {Alarms.NameOf(path)}. We only ever create.");
            return "changed";
        }

        if (path.StartsWith(Segment.Folder, StringComparison.Ordinal) ? await sequencer.IsSegmentAsync(path, cancellationToken) : await archiver.IsOursAsync(path, cancellationToken))
        {
            return "ours";
        }

        alarms.Raise(Alarm.ForeignBlob, $"The archive holds {Alarms.NameOf(path)}, which we did not write.");
        return "foreign";
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
