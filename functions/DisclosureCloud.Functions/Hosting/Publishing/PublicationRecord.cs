using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>A publication as the stream <c>site/main</c> has it.</summary>
internal sealed record PublicationRecord(Leaf Leaf, long Version, DateTimeOffset RecordedAt, Publication Fact)
{
    private static readonly DepartmentId Department = Ledger.Id.Parse<DepartmentId>("site");

    public EntryId Id => Leaf.Id;

    public static async Task<PublicationRecord?> LastAsync(ILedgerStore ledger, CancellationToken cancellationToken)
    {
        Commit? last = await ledger.ReadLastAsync(StreamName.Site, cancellationToken);
        return last is null
            ? null
            : new PublicationRecord(
                last.Entries[0], last.Version, last.RecordedAt, (Publication)SealedFact.Of(last.Entries[0].Json).Open(_ => null));
    }

    /// <summary>The position that the site shows, or null where it shows none: a publication is public once <c>status.json</c> says so.</summary>
    public static async Task<long?> ShownPositionAsync(ISiteFiles site, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? status = await site.ReadAsync(Publisher.StatusPath, cancellationToken);
            return status is null ? null : JsonNode.Parse(status)?["position"]?.GetValue<long>();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null; // Somebody altered the file; the next publish mends it.
        }
    }

    /// <summary>Records a publication. Whoever holds the publish lock is the only writer of the stream.</summary>
    public static async Task<PublicationRecord> AppendAsync(
        ILedgerStore ledger, PublicationRecord? last, Publication fact, DateTimeOffset at, CancellationToken cancellationToken)
    {
        long version = (last?.Version ?? -1) + 1;
        PostingId posting = PostingId.Of(Department, version.ToString(CultureInfo.InvariantCulture));
        EntryId id = EntryId.Of(posting, 1);

        Leaf leaf = SealedFact.Seal(fact, fact.AsOf, NoSalts.Instance, posting, []).ToLeaf(id, at, Department, Channel.Publisher);
        var commit = new Commit(StreamName.Site, version, posting.Value, at, [leaf], []);
        return await ledger.AppendAsync(commit, cancellationToken) == AppendOutcome.Appended
            ? new PublicationRecord(leaf, version, at, fact)
            : throw new InvalidOperationException("Another publisher wrote site/main while this one held the publish lock.");
    }

    /// <summary>True where publishing again would say the same. How far the log has come meanwhile, and which release publishes, makes no difference.</summary>
    public bool IsOf(Publication fact) => Fact == fact with { Previous = Fact.Previous, TreeSize = Fact.TreeSize, Release = Fact.Release };

    /// <summary>The bytes of <c>status.json</c>: what the publication says, and what the checkpoint that is shown with it says.</summary>
    /// <param name="leafIndex">Where the publication stands in the log.</param>
    /// <param name="witnesses">Who cosigned the checkpoint, and whether they are the quorum; null where no witnesses are configured.</param>
    public byte[] StatusBytes(Checkpoint shown, long leafIndex, (bool IsWitnessed, IReadOnlyList<string> By)? witnesses)
    {
        JsonObject status = SealedFact.Plain(Fact);
        status["publication"] = Id.Value;
        status["publishedAt"] = Instant.Text(RecordedAt);
        status["leafIndex"] = leafIndex;
        status["origin"] = shown.Origin;
        status["treeSize"] = shown.Head.Size; // Of what is shown; the publication's own is of what its pages were made from.
        status["rootHash"] = shown.Head.Root.ToBase64();
        if (witnesses is var (isWitnessed, by))
        {
            status["witnessed"] = isWitnessed;
            status["witnesses"] = new JsonArray([.. by.Select(name => JsonValue.Create(name))]);
        }

        return [.. CanonicalJson.Write(status), (byte)'\n'];
    }
}
