using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Several postings to one stream that are decided as one: what a file of many says of one fund.</summary>
/// <remarks>
/// One second person decides all of it, and one commit records it, or refuses it for what is wrong with one of them. Its body is the list of
/// them: a pointer begins with a posting's place in it. Design section 3: a bulk file is applied fund by fund.
/// </remarks>
public static class Batch
{
    /// <summary>What a posting of several is called where others have the name of their kind.</summary>
    public const string KindName = "batch";

    /// <summary>A commit is one document of at most 2 MB in Cosmos DB: a thousand rows with every field have about half, compressed.</summary>
    public const int CountMax = 1_000;

    /// <summary>
    /// Texts and counts of all its rows together: each is a commitment of 32 bytes that no packing makes smaller, 43 as text. So the document has a
    /// megabyte at most, and a fund's books have room beside it.
    /// </summary>
    public const int ValuesMax = 20_000;

    /// <summary>True for a posting of several.</summary>
    public static bool Is(string kind) => kind == KindName;

    /// <summary>The drafts as one; a single one is an ordinary posting.</summary>
    /// <param name="drafts">One to <see cref="CountMax"/> of one stream, none of them an amendment.</param>
    public static Draft Of(IReadOnlyList<Draft> drafts)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        if (drafts.Count is 0 or > CountMax || drafts.Any(one => one.Target is null || one.Target != drafts[0].Target))
        {
            throw new ArgumentException($"A batch has 1 to {CountMax} postings of one stream.", nameof(drafts));
        }

        if (drafts is [var only])
        {
            return only;
        }

        byte[] form = CanonicalJson.Write(new JsonArray([.. drafts.Select(one => (JsonNode)one.Content.Hex!)]));
        return new Draft(
            KindName, drafts[0].Target, drafts[0].Date, posting => [.. drafts.SelectMany(one => one.Facts(posting))], Fingerprint.Of(Sha256Hex.Of(form).Value))
        {
            Dates = [.. drafts.Select(one => one.Date)],
        };
    }
}
