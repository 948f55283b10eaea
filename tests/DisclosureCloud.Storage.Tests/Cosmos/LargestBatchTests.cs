using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage.Tests.Cosmos;

/// <summary>The largest batch that intake takes fits into a document, with the books of the largest fund beside it.</summary>
public sealed class LargestBatchTests
{
    private static readonly PostingId Posting = PostingId.Of(Id.Parse<DepartmentId>("finance"), "the largest");

    [Fact]
    public void Batch_OfAsManyRowsAndTextsAsThereMayBe_FitsBesideTheLargestBooks()
    {
        var random = new Random(20261123);
        ImmutableArray<Leaf> leaves = [.. Enumerable.Range(1, Batch.CountMax).Select(number => LeafOf(number, random))];
        leaves.Sum(leaf => leaf.Json["texts"]!.AsArray().Count).ShouldBe(Batch.ValuesMax);
        var accounts = new JsonObject(Enumerable.Range(0, FundBooks.AccountsMax).Select(number => KeyValuePair.Create(
            EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>("finance"), $"{number / 10}"), (number % 10) + 1).Value,
            (JsonNode?)new JsonObject { ["project"] = $"project-{random.Next()}", ["amountFen"] = random.NextInt64(Money.FenMax), ["disbursedFen"] = random.NextInt64(Money.FenMax) })));
        var commit = new Commit(StreamName.Of(Id.Parse<FundId>("largest")), 7, Posting.Value, new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), leaves, new JsonObject { ["books"] = accounts });

        byte[] document = CosmosBody.ToDocument(new JsonObject { ["stream"] = commit.Stream.Value }, commit.ToBytes(), "The largest batch");
        document.Length.ShouldBeLessThan(CosmosBody.DocumentMax * 9 / 10);
    }

    // A row with its codes and amounts, and commitments, which are as good as random.
    private static Leaf LeafOf(int number, Random random) => Leaf.Of(new JsonObject
    {
        ["format"] = Leaf.Format,
        ["id"] = EntryId.Of(Posting, number).Value,
        ["kind"] = "project",
        ["date"] = "2026-03-02",
        ["recordedAt"] = "2026-03-02T08:00:00.000Z",
        ["department"] = "finance",
        ["fund"] = "largest",
        ["project"] = string.Create(CultureInfo.InvariantCulture, $"largest-p{number}"),
        ["totalInvestmentFen"] = random.NextInt64(Money.FenMax),
        ["texts"] = new JsonArray([.. Enumerable.Range(0, Batch.ValuesMax / Batch.CountMax).Select(_ => (JsonNode)new JsonObject { ["commitment"] = Convert.ToHexStringLower(Bytes(random)) })]),
    });

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }
}
