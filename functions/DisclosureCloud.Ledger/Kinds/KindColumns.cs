using System.Collections.Immutable;
using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>The columns by which a spreadsheet's row says a posting, read off its kind.</summary>
/// <remarks>
/// First <c>kind</c>, <c>date</c> and, where there is money, <c>unit</c>; then the fields that are posted. A part of a group has a column of
/// its own: <c>name/part</c>, and <c>name/1/part</c> where a posting lists several such groups. A list of plain values is one cell.
/// </remarks>
public static class KindColumns
{
    public const string KindName = "kind";

    /// <summary>False for what is not posted, and for a correction: the whole posting that it holds has no place in a row.</summary>
    public static bool AreOf(KindSchema kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.IsPosted && kind.Name != Correction.KindName;
    }

    /// <summary>All columns, with so many of each list of groups.</summary>
    public static ImmutableArray<KindColumn> Of(KindSchema kind, int groupCount)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return [.. Common(kind), .. kind.Fields.Where(field => field.IsPosted).SelectMany(field => OfField(field, groupCount))];
    }

    /// <summary>The column that a header names, or null where the kind has none of that name.</summary>
    public static KindColumn? Find(KindSchema kind, string name)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Split('/');
        if (kind.Fields.FirstOrDefault(one => one.IsPosted && one.Name == parts[0]) is not { } field)
        {
            return Common(kind).FirstOrDefault(one => one.Name == name);
        }

        return (field.Group, parts) switch
        {
            (null, [_]) => new KindColumn(field),
            ({ } group, [_, var part]) when !field.IsArray => OfPart(field, group, 0, part),
            ({ } group, [_, var number, var part]) when field.IsArray && NumberOf(number, field.CountMax) is { } which => OfPart(field, group, which, part),
            _ => null,
        };
    }

    internal static string NameOf(string group, int number, string part) =>
        number == 0 ? $"{group}/{part}" : string.Create(CultureInfo.InvariantCulture, $"{group}/{number}/{part}");

    private static IEnumerable<KindColumn> Common(KindSchema kind)
    {
        yield return new KindColumn(KindName, typeof(string), isRequired: true, "类别", "The kind of posting");
        yield return new KindColumn("date", typeof(DateOnly), isRequired: true, "发生日期", "When it happened");
        if (kind.HasMoney)
        {
            bool required = kind.Fields.Any(field => field.ValueType == typeof(Money) && field.IsRequired);
            yield return new KindColumn("unit", typeof(AmountUnit), required, "金额单位", "The unit of every amount of the row");
        }
    }

    private static IEnumerable<KindColumn> OfField(FieldSchema field, int groupCount) => field.Group is not { } group
        ? [new KindColumn(field)]
        : (field.IsArray ? Enumerable.Range(1, Math.Min(groupCount, field.CountMax)) : [0])
            .SelectMany(number => group.Fields.Select(part => new KindColumn(field, number, part)));

    private static KindColumn? OfPart(FieldSchema field, GroupSchema group, int number, string part) =>
        group.Fields.FirstOrDefault(one => one.Name == part) is { } found ? new KindColumn(field, number, found) : null;

    // One way to write each number: 1 and not 01, or two columns could be of the same thing.
    private static int? NumberOf(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max && text[0] != '0' ? number : null;
}
