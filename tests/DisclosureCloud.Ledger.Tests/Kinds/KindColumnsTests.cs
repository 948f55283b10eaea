namespace DisclosureCloud.Ledger.Tests;

public sealed class KindColumnsTests
{
    public static TheoryData<string> Kinds() => [.. KindSchema.All.Where(KindColumns.AreOf).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_AnyKind_AreFoundByTheirNamesAndSayTheSame(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        KindColumn[] columns = [.. KindColumns.Of(kind, GroupSchema.CountMax)];
        columns.Select(column => column.Name).ShouldBeUnique(StringComparer.Ordinal);
        foreach (KindColumn column in columns)
        {
            KindColumn found = KindColumns.Find(kind, column.Name).ShouldNotBeNull(column.Name);
            (found.Name, found.Member, found.Number, found.Part, found.ValueType, found.IsRequired, found.IsList)
                .ShouldBe((column.Name, column.Member, column.Number, column.Part, column.ValueType, column.IsRequired, column.IsList));
        }

        columns.Select(column => column.Member).Distinct(StringComparer.Ordinal)
            .ShouldBe(["kind", "date", .. kind.HasMoney ? ["unit"] : Array.Empty<string>(), .. kind.Fields.Where(field => field.IsPosted).Select(field => field.Name)]);
    }

    [Fact]
    public void Of_AProject_HasAColumnForEachPartOfEachTarget()
    {
        KindColumn[] columns = [.. KindColumns.Of(KindSchema.Find("project")!, 2)];
        columns.Where(column => column.Member == "targets").Select(column => column.Name).ShouldBe([
            "targets/1/indicator", "targets/1/measure", "targets/1/baseline", "targets/1/target", "targets/1/due",
            "targets/2/indicator", "targets/2/measure", "targets/2/baseline", "targets/2/target", "targets/2/due",
        ]);
        KindColumn due = columns.Single(column => column.Name == "targets/2/due");
        (due.HoldsDate, due.HoldsNumber, due.IsRequired, due.IsRequiredInGroup).ShouldBe((true, false, false, true));
        columns.Where(column => column.HoldsNumber).Select(column => column.Name)
            .ShouldBe(["totalInvestment", "selfRaised", "projectCount", "targets/1/baseline", "targets/1/target", "targets/2/baseline", "targets/2/target"]);
    }

    [Theory]
    [InlineData("targets")]
    [InlineData("targets/0/due")]
    [InlineData("targets/51/due")]
    [InlineData("targets/01/due")]
    [InlineData("targets/+1/due")]
    [InlineData("targets/1/nothing")]
    [InlineData("targets/1/due/more")]
    [InlineData("name/1")]
    [InlineData("notice")]
    [InlineData("")]
    [InlineData("Date")]
    public void Find_WhatAProjectHasNotGot_IsNothing(string name) => KindColumns.Find(KindSchema.Find("project")!, name).ShouldBeNull();

    [Fact]
    public void AreOf_ACorrectionOrANotice_IsFalse()
    {
        KindColumns.AreOf(KindSchema.Find("correction")!).ShouldBeFalse();
        KindColumns.AreOf(KindSchema.Find("notice")!).ShouldBeFalse();
        KindColumns.AreOf(KindSchema.Find("withdrawal")!).ShouldBeTrue();
    }
}
