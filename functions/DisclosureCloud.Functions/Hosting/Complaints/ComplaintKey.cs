using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>What is kept of one file of a complaint in the store of keys: what opens it, and when it may go. Nothing that anybody said.</summary>
/// <param name="ReceivedAt">When the complaint came. It says where its files lie.</param>
/// <param name="Number">0 for the complaint itself, and from 1 for each change of its state.</param>
/// <param name="At">When the file was written.</param>
/// <param name="Closes">True for the change after which nothing comes.</param>
internal sealed record ComplaintKey(ComplaintId Id, DateTimeOffset ReceivedAt, int Number, DateTimeOffset At, bool Closes, FileSeal Seal)
{
    private const string NumberName = "complaint";

    /// <summary>The key of a file that is written now.</summary>
    public static ComplaintKey Of(ComplaintId id, DateTimeOffset receivedAt, int number, DateTimeOffset at, bool closes, ReadOnlySpan<byte> file, ISaltSource salts) =>
        new(id, receivedAt, number, at, closes, FileSeal.Of(NameOf(id, number), SubjectOf(id, number), file, salts));

    /// <summary>True for what is kept of a complaint, and not of an evidence file, in the same store.</summary>
    public static bool IsOne(KeptKey kept) => kept.Json.ContainsKey(NumberName);

    public static ComplaintKey Read(KeptKey kept)
    {
        ComplaintId id = Ledger.Id.Parse<ComplaintId>(kept.Place);
        int number = kept.Json[NumberName]!.GetValue<int>();
        return new ComplaintKey(
            id,
            Instant.Parse(kept.Json["receivedAt"]!.GetValue<string>()),
            number,
            Instant.Parse(kept.Json["at"]!.GetValue<string>()),
            kept.Json["closes"]!.GetValue<bool>(),
            FileSeal.Read(NameOf(id, number), SubjectOf(id, number), kept.Json));
    }

    public JsonObject Write()
    {
        var json = new JsonObject
        {
            [NumberName] = Number,
            ["receivedAt"] = Instant.Text(ReceivedAt),
            ["at"] = Instant.Text(At),
            ["closes"] = Closes,
        };
        Seal.WriteTo(json);
        return json;
    }

    public override string ToString() => NameOf(Id, Number);

    private static string NameOf(ComplaintId id, int number) => string.Create(CultureInfo.InvariantCulture, $"file {number} of complaint {id}");

    private static string SubjectOf(ComplaintId id, int number) => string.Create(CultureInfo.InvariantCulture, $"disclosurecloud/complaint/1\n{id}\n{number}");
}
