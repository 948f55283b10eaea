using System.Collections.Immutable;
using System.Text.Json;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests.Archives;

/// <summary>An index never hides what its segment holds: every query that finds an entry by scanning is told to look there.</summary>
public sealed class SegmentIndexTests
{
    private const int Segments = 3;

    private static readonly Lazy<ImmutableArray<(SegmentIndex Index, ImmutableArray<SealedLeaf> Leaves, ImmutableArray<JsonElement> Json)>> Written = new(() =>
    [
        .. Enumerable.Range(0, Segments).Select(number =>
        {
            ImmutableArray<SealedLeaf> leaves = LeafWorld.Leaves(100 + number, Segment.LeavesMax);
            return (Segment.ReadIndex(Segment.Write(number, [.. leaves.Select(leaf => leaf.Leaf.Bytes)])), leaves, leaves.Select(leaf => JsonElement.Parse(leaf.Leaf.Bytes.Span)).ToImmutableArray());
        }),
    ]);

    [Fact]
    public void MayBeIn_OfRandomQueries_IsTrueWhereverAScanFinds()
    {
        var random = new Random(20261123);
        int found = 0;
        int excluded = 0;
        for (int run = 0; run < 300; run++)
        {
            EntryQuery query = RandomQuery.Of(Any(random), random);
            foreach ((SegmentIndex index, _, ImmutableArray<JsonElement> json) in Written.Value)
            {
                int[] scanned = [.. Enumerable.Range(0, json.Length).Where(at => query.Matches(new LeafTerms(json[at]), json[at]))];
                found += scanned.Length;
                if (!query.MayBeIn(index))
                {
                    scanned.ShouldBeEmpty(query.ToString());
                    excluded++;
                }

                scanned.Select(at => at / Segment.BlockLeaves).Distinct().Except(query.BlocksIn(index)).ShouldBeEmpty(query.ToString());
            }
        }

        found.ShouldBeGreaterThan(1_000, "else nothing was tested");
        excluded.ShouldBeGreaterThan(100, "an index that excludes nothing is of no use");
    }

    [Fact]
    public void BlocksOf_EveryEntryAndPosting_HaveThem()
    {
        foreach ((SegmentIndex index, ImmutableArray<SealedLeaf> leaves, _) in Written.Value)
        {
            int others = 0;
            for (int at = 0; at < leaves.Length; at++)
            {
                int block = at / Segment.BlockLeaves;
                index.BlocksOf(leaves[at].Leaf.Id).ShouldContain(block);
                index.BlocksOf(leaves[at].Leaf.Id.Posting).ShouldContain(block);
                others += index.BlocksOf(leaves[at].Leaf.Id).Count() - 1;
            }

            others.ShouldBeLessThan(16 * 3, "only of postings that lie in two blocks");
        }
    }

    [Fact]
    public void BlocksOf_EntriesOfOneLargePosting_AreOneOrTwoForEach()
    {
        PostingId posting = PostingId.Of(SampleWorld.Department, "large");
        ImmutableArray<SealedLeaf> leaves = LeafWorld.Leaves(5, 300);
        ReadOnlyMemory<byte>[] large =
        [
            .. Enumerable.Range(0, Segment.LeavesMax).Select(at =>
            {
                var json = leaves[at % leaves.Length].Leaf.Json;
                json["id"] = EntryId.Of(posting, at + 1).Value;
                return Leaf.Of(json).Bytes;
            }),
        ];
        SegmentIndex index = Segment.ReadIndex(Segment.Write(0, large));
        foreach (int number in new[] { 1, 255, 256, 257, 2_000, 4_096 })
        {
            int[] blocks = [.. index.BlocksOf(EntryId.Of(posting, number))];
            blocks.ShouldContain((number - 1) / 256);
            blocks.Length.ShouldBeLessThanOrEqualTo(2);
        }

        index.BlocksOf(posting).Count().ShouldBe(16);
        index.BlocksOf(EntryId.Of(posting, 5_000)).ShouldBeEmpty();
        index.BlocksOf(PostingId.Of(SampleWorld.Department, "other")).ShouldBeEmpty();
    }

    [Fact]
    public void Lists_OfMoreThanTheMost_AreLeftOutAndExcludeNothing()
    {
        ImmutableArray<SealedLeaf> leaves = LeafWorld.Leaves(6, 4_096);
        var index = Segment.ReadIndex(Segment.Write(0, [.. leaves.Select(leaf => leaf.Leaf.Bytes)]));
        index.MayHave(Term.Fund, "no-such-fund").ShouldBeFalse();
        (index with { }).Of(Term.Fund).ShouldNotBeNull();

        // A leaf names two hundred successors, so that 4,096 leaves can name more than are listed.
        ReadOnlyMemory<byte>[] many =
        [
            .. leaves.Select((leaf, at) =>
            {
                var json = leaf.Leaf.Json;
                json["kind"] = "project-change";
                json["successors"] = new System.Text.Json.Nodes.JsonArray($"project-{at}-a", $"project-{at}-b");
                return Leaf.Of(json).Bytes;
            }),
        ];
        index = Segment.ReadIndex(Segment.Write(0, many));
        index.Of(Term.Project).ShouldBeNull();
        index.MayHave(Term.Project, "no-such-project").ShouldBeTrue();
        new EntryQuery { Project = Id.Parse<ProjectId>("project-17-b") }.MayBeIn(index).ShouldBeTrue();
    }

    [Fact]
    public void Terms_OfEveryKind_HaveEveryFieldOfTheirTypes()
    {
        // In a group of fields no query looks: a kind that puts one there must say what that means.
        Type[] looked = [typeof(Money), typeof(FundId), typeof(ProjectId), typeof(RegionCode), typeof(BudgetYear), typeof(SourceLevel), typeof(SourceNature), typeof(DisbursementNature)];
        KindSchema.All.SelectMany(kind => kind.Fields).Where(field => field.Group is not null).SelectMany(field => field.Group!.Fields)
            .ShouldAllBe(field => !looked.Contains(field.ValueType));
    }

    private static SealedLeaf Any(Random random)
    {
        ImmutableArray<SealedLeaf> leaves = Written.Value[random.Next(Segments)].Leaves;
        return leaves[random.Next(leaves.Length)];
    }
}
