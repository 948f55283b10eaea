using System.Collections.Immutable;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>One fact of every kind with every field stated, each text with words of its own that can be searched for.</summary>
internal static class SampleFacts
{
    public static PostingId Posting { get; } = PostingId.Of(Id.Parse<DepartmentId>("finance"), "sample");

    private static EntryId Cited { get; } = EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>("finance"), "cited"), 3);

    /// <param name="text">Makes a field's text from its name.</param>
    /// <param name="listLength">How many texts a list has.</param>
    public static ImmutableArray<Fact> All(Func<string, string> text, int listLength = 2) =>
        [.. KindSchema.All.Select(kind => Of(kind, text, listLength))];

    /// <summary>A fact whose every field is stated; the values follow from the types alone, so that no new field is forgotten.</summary>
    public static Fact Of(KindSchema kind, Func<string, string> text, int listLength = 2) => FactMaker.Make(
        kind, kind.Fields.Select((field, index) => Field(field, $"{kind.Name}-{field.Name}", index, text, listLength)));

    private static object Field(FieldSchema field, string name, int index, Func<string, string> text, int listLength) => field.IsArray
        ? FactMaker.Field(field, [.. Enumerable.Range(1, Math.Min(listLength, field.CountMax)).Select(n => One(field, $"{name}-{n}", index + n, text))])!
        : One(field, name, index, text);

    private static object One(FieldSchema field, string name, int index, Func<string, string> text) => field.Group is { } group
        ? Activator.CreateInstance(field.ValueType, [.. group.Fields.Select((part, n) => Field(part, $"{name}-{part.Name}", index + n, text, 1))])!
        : ValueOf(field, name, index, text);

    private static EvidenceFile EvidenceOf(string name) => new(
        EvidenceFileId.Of(Id.Parse<DepartmentId>("finance"), name), Commitment.Of(new byte[Commitment.SaltLength], System.Text.Encoding.UTF8.GetBytes(name)));

    private static object ValueOf(FieldSchema field, string name, int index, Func<string, string> text) => field.ValueType switch
    {
        { } type when type == typeof(FundId) => Id.Parse<FundId>("sample-fund"),
        { } type when type == typeof(NoticeId) => Id.Parse<NoticeId>("sample-notice"),
        { } type when type == typeof(ProjectId) => Id.Parse<ProjectId>("sample-notice-p01"),
        { } type when type == typeof(PlanItemId) => Id.Parse<PlanItemId>("plan-item-1"),
        { } type when type == typeof(EntryId) => Cited,
        { } type when type == typeof(PersonId) => Id.Parse<PersonId>("finance-approver"),
        { } type when type == typeof(ValuePointer) => Id.Parse<ValuePointer>($"/targets/{index}/indicator"),
        { } type when type == typeof(EvidenceFile) => EvidenceOf(name),
        { } type when type == typeof(AssetId) => Id.Parse<AssetId>("asset-1"),
        { } type when type == typeof(DepartmentId) => Id.Parse<DepartmentId>("agriculture"),
        { } type when type == typeof(OrganisationCode) => Id.Parse<OrganisationCode>("91350100M000100Y43"),
        { } type when type == typeof(Quantity) => Quantity.OfThousandths(12_500 + index),
        { } type when type == typeof(RegionCode) => Id.Parse<RegionCode>("410503").Below("某村"),
        { } type when type == typeof(SigningKey) => SigningKey.Example,
        { } type when type == typeof(Sha256Hex) => Sha256Hex.Of("sample"u8),
        { } type when type == typeof(ReleaseVersion) => Id.Parse<ReleaseVersion>("1.2.3"),
        { } type when type == typeof(int) => 11 + index,
        { } type when type == typeof(long) => 1_234L,
        { } type when type == typeof(Percent) => new Percent(55),
        { } type when type == typeof(BudgetYear) => new BudgetYear(2018),
        { } type when type == typeof(DateOnly) => new DateOnly(2018, 6, 1).AddDays(index),
        { } type when type == typeof(Money) => new Money(100_000 + index),
        { } type when type == typeof(FreeText) => FreeText.Of(text(name)),
        { } type when type == typeof(Headcount) => Headcount.Of(770_000_000 + index),
        { } type when type == typeof(Fingerprint) => Fingerprint.Of(Sha256Hex.Of(System.Text.Encoding.UTF8.GetBytes(name)).Value),
        { IsEnum: true } type => Enum.GetValues(type).GetValue(1)!,
        { } type => throw new InvalidOperationException($"Say what a sample {type} is."),
    };
}
