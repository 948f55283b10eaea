using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>Where a row cites another of its file in place of an entry, as <c>!7</c> or <c>allocation!7</c>: what it pays, draws on or gives back.</summary>
/// <remarks>No id of an entry has a <c>!</c>, and whoever fills a sheet cannot know the ids that its rows will have.</remarks>
internal sealed partial class CitedRows
{
    // Read in place of the entry until its id is known: any that has the form.
    private static readonly string AnyEntry = EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>("anyone"), "any entry"), 1).Value;

    // Only a field that names an entry: a '!' in a text is a text's.
    private static readonly FrozenSet<string> Fields = KindSchema.All.SelectMany(kind => kind.Fields)
        .Where(field => field.ValueType == typeof(EntryId)).Select(field => field.Name).ToFrozenSet(StringComparer.Ordinal);

    private readonly SheetRow _row;
    private readonly Dictionary<string, (string? Sheet, int Row)> _cited = new(StringComparer.Ordinal);

    public CitedRows(SheetRow row)
    {
        _row = row;
        if (row.Body.AsSpan().Contains((byte)'!') && ReadObject() is { } json)
        {
            foreach ((string name, JsonNode? value) in json.Where(member => member.Value?.GetValueKind() == JsonValueKind.String && Fields.Contains(member.Key)))
            {
                if (Form.Match(value!.GetValue<string>()) is { Success: true } match
                    && int.TryParse(match.Groups["row"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    _cited[name] = (match.Groups["sheet"].Value is { Length: > 0 } sheet ? sheet : row.Sheet, number);
                }
            }
        }
    }

    public bool Any => _cited.Count > 0;

    /// <summary>The rows that it cites, each with its field.</summary>
    public string Places => string.Join(' ', _cited.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Key}={one.Value.Sheet}!{one.Value.Row}")));

    /// <summary>How a row is named in a citation.</summary>
    public static string NameOf(SheetRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Sheet}!{row.Row}");

    /// <summary>The row with some entry in place of each row that it cites.</summary>
    public byte[] WithAnyEntry() => Write(_ => AnyEntry);

    /// <summary>The row with the entries that it cites.</summary>
    /// <param name="entryOf">The entry of a row above that is about the same thing; null where there is none.</param>
    /// <param name="isOfAnother">True for a row that is about something else.</param>
    /// <returns>Null with a finding where a row cannot be cited.</returns>
    public byte[]? With(Func<(string? Sheet, int Row), EntryId?> entryOf, Func<(string? Sheet, int Row), bool> isOfAnother, Findings findings)
    {
        foreach ((string name, (string? Sheet, int Row) place) in _cited.Where(one => entryOf(one.Value) is null))
        {
            string detail = isOfAnother(place)
                ? "The row is about another fund, project or place, whose entries have their ids once it is approved: cite the entry then."
                : "Only a row above, about the same thing, can be cited by its row.";
            findings.Add(JsonPointer.Down("", name), "no-such-row", detail);
        }

        return findings.Any ? null : Write(place => entryOf(place)!.Value.Value);
    }

    private byte[] Write(Func<(string? Sheet, int Row), string> entryOf)
    {
        JsonObject json = ReadObject()!;
        foreach ((string name, (string? Sheet, int Row) place) in _cited)
        {
            json[name] = entryOf(place);
        }

        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private JsonObject? ReadObject()
    {
        using JsonDocument? strict = StrictJson.Parse(_row.Body, new Findings());
        return strict?.RootElement.ValueKind == JsonValueKind.Object ? JsonNode.Parse(_row.Body)!.AsObject() : null;
    }

    [GeneratedRegex(@"\A(?<sheet>[^!]*)!(?<row>[1-9][0-9]{0,6})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form { get; }
}
