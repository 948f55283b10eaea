using System.Text;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>The checks of tlog-witness in their order: each fails alone, and where two would fail, the first is told.</summary>
public sealed class WitnessRuleTests
{
    private const string Origin = "example.com/log";
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    private static readonly FakeKey Key = new(Origin, 1);
    private static readonly TreeHash[] Leaves = [.. Enumerable.Range(0, 9).Select(i => Rfc6962.LeafHash([(byte)i]))];

    public static TheoryData<string, WitnessDecision> Cases => new()
    {
        { "", WitnessDecision.Cosign },
        { "first", WitnessDecision.Cosign },
        { "same", WitnessDecision.Cosign },
        { "origin", WitnessDecision.UnknownOrigin },
        { "origin key old", WitnessDecision.UnknownOrigin },
        { "key", WitnessDecision.NotSigned },
        { "key above", WitnessDecision.NotSigned },
        { "signature", WitnessDecision.NotSigned },
        { "above", WitnessDecision.OldSizeAboveNew },
        { "old", WitnessDecision.OtherOldSize },
        { "old proof", WitnessDecision.OtherOldSize },
        { "same root", WitnessDecision.OtherRoot },
        { "root", WitnessDecision.ProofFails },
        { "proof", WitnessDecision.ProofFails },
        { "same proof", WitnessDecision.ProofFails },
        { "first proof", WitnessDecision.ProofFails },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decide_OfARequestWithTheseFaults_IsTheFirstOfThem(string faults, WitnessDecision expected)
    {
        string[] all = faults.Split(' ');
        bool Has(string fault) => all.Contains(fault, StringComparer.Ordinal);
        TreeHead newest = Has("first") ? TreeHead.Empty : Head(Has("same") ? 9 : 5);
        TreeHead head = Has("root") ? new TreeHead(9, TreeHash.ParseBase64(Root)) : Head(9);
        long oldSize = Has("above") ? 10 : Has("old") ? 4 : newest.Size;
        IReadOnlyList<TreeHash> proof = Has("proof") ? [Leaves[0]] : Has("first") || Has("same") ? [] : Tree(9).ConsistencyProof(5).Hashes;
        string text = new Checkpoint(Has("origin") ? "example.com/other" : Origin, head).Text;
        var note = SignedNote.Sign(text, [Has("key") ? new FakeKey(Origin, 2) : Has("signature") ? new FakeKey(Origin, 1, "another") : Key]);
        var request = AddCheckpointRequest.Parse(new AddCheckpointRequest(oldSize, new ConsistencyProof(proof), note).ToBytes());
        WitnessRule.Decide(Origin, [Key], newest, request).ShouldBe(expected);
    }

    [Fact]
    public void Request_OfTheSpecification_IsReadAndWrittenAlike()
    {
        const string Body =
            """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=

            """;
        var request = AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(Body));
        request.OldSize.ShouldBe(20_852_014);
        request.Proof.Hashes.Count.ShouldBe(4);
        request.Checkpoint.Head.Size.ShouldBe(20_852_163);
        request.Note.Signatures.Count.ShouldBe(2);
        Encoding.UTF8.GetString(request.ToBytes()).ShouldBe(Body);
    }

    [Fact]
    public void Request_WithAnyProofTo63Hashes_IsReadAndNoFurther()
    {
        string note = SignedNote.Sign(new Checkpoint(Origin, Head(9)).Text, [Key]).ToString();
        string Body(int hashes) => $"old 5\n{string.Concat(Enumerable.Repeat(Root + "\n", hashes))}\n{note}";
        AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(Body(63))).Proof.Hashes.Count.ShouldBe(63);
        Should.Throw<FormatException>(() => AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(Body(64)))).Message.ShouldContain("at most 63");
        Should.Throw<ArgumentException>(() => new AddCheckpointRequest(5, new ConsistencyProof([.. Enumerable.Repeat(Leaves[0], 64)]), SignedNote.Parse(Encoding.UTF8.GetBytes(note))));
        Encoding.UTF8.GetByteCount(Body(63)).ShouldBeLessThan(AddCheckpointRequest.SizeMax);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 5")]
    [InlineData("old 5\n")]
    [InlineData("old 5\n\n")]
    [InlineData("5\n\nNOTE")]
    [InlineData("old 05\n\nNOTE")]
    [InlineData("old +5\n\nNOTE")]
    [InlineData("old -5\n\nNOTE")]
    [InlineData("old  5\n\nNOTE")]
    [InlineData("old 5 \n\nNOTE")]
    [InlineData("old 5\r\n\nNOTE")]
    [InlineData("Old 5\n\nNOTE")]
    [InlineData("old 4611686018427387905\n\nNOTE")]
    [InlineData("old 9223372036854775808\n\nNOTE")]
    [InlineData("old 5\n" + Root + "NOTE")]
    [InlineData("old 5\n" + Root + "=\n\nNOTE")]
    [InlineData("old 5\nabcd\n\nNOTE")]
    [InlineData("old 5\n\nno checkpoint\n\n— a AAAAAQI=\n")]
    [InlineData("old 5\n\nNOTENOTE")]
    [InlineData("\n\nNOTE")]
    public void Request_OfAnotherForm_IsRefused(string body)
    {
        string note = SignedNote.Sign(new Checkpoint(Origin, Head(9)).Text, [Key]).ToString();
        AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes("old 5\n\n" + note)).OldSize.ShouldBe(5);
        Should.Throw<FormatException>(() => AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(body.Replace("NOTE", note, StringComparison.Ordinal))));
    }

    private static TreeHead Head(int size) => TreeEdge.Empty.Append(Leaves.AsSpan(0, size)).Edge.Head;

    private static TiledTree Tree(int size)
    {
        TreeGrowth growth = TreeEdge.Empty.Append(Leaves.AsSpan(0, size));
        return new TiledTree(size, coordinate => growth.Tiles.Single(tile => tile.Coordinate == coordinate).Bytes);
    }
}
