using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Suppression;
using DisclosureCloud.Site.Tests.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Suppression;

public sealed class PublicFactTests
{
    public static TheoryData<string> Kinds => [.. KindSchema.All.Where(kind => !kind.IsOfProgram).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fact_OfAnyKind_KeepsNoCountUnderTen(string kind)
    {
        Fact fact = AnyFact.Of(KindSchema.Find(kind)!, () => FreeText.Of("词"), Headcount.Of(9));

        Counts(KindSchema.Of(fact).Fields, PublicFact.Of(fact)).ShouldAllBe(count => count.Value == null && (count.IsSmall || count.IsCovered));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fact_WithLargerCounts_IsAsItWas(string kind)
    {
        Fact fact = AnyFact.Of(KindSchema.Find(kind)!, () => FreeText.Of("词"), Headcount.Of(10));

        SealedFact.Plain(PublicFact.Of(fact)).ToJsonString().ShouldBe(SealedFact.Plain(fact).ToJsonString());
    }

    [Fact]
    public void Snapshot_KnowsNoCountUnderTen()
    {
        var snapshot = new Snapshot(MoneyWorld.Entries.Length, MoneyWorld.AsOf, MoneyWorld.Entries, SiteSettings.Trial);

        MoneyWorld.Entries.SelectMany(Counts).ShouldContain(count => count.Value > 0 && count.Value < 10);
        snapshot.Entries.SelectMany(Counts).ShouldAllBe(count => count.Value == null || count.Value == 0 || count.Value >= 10);
    }

    [Fact]
    public void Openings_OfCountsUnderTen_AreNotPublished()
    {
        foreach (Entry entry in MoneyWorld.Entries.Where(entry => entry.Fact is not IOfProgram))
        {
            SealedLeaf leaf = SealedLeaf.Of(entry, new SeededSalts(1))!;
            int hidden = Counts(entry).Count(count => count.IsSmall);
            IEnumerable<Opening> shown = PublicOpenings.Of(SealedFact.Of(leaf.Leaf.Json), entry, leaf.Openings.ToDictionary(opening => opening.Commitment));

            (leaf.Openings.Length - shown.Count()).ShouldBeGreaterThanOrEqualTo(hidden);
            shown.Select(opening => opening.Value).ShouldNotContain(value => value.Length == 1 && char.IsAsciiDigit(value[0]) && value != "0" && hidden > 0);
        }
    }

    private static IEnumerable<Headcount> Counts(Entry entry) => Counts(KindSchema.Of(entry.Fact).Fields, entry.Fact);

    private static IEnumerable<Headcount> Counts(IEnumerable<FieldSchema> fields, object owner) => fields.SelectMany(field => field.Values(owner).SelectMany(value => value switch
    {
        Headcount count => [count],
        _ when field.Group is { } group => Counts(group.Fields, value),
        _ => [],
    }));
}
