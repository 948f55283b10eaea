using System.Collections.Immutable;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>Reads a notice from JSON, with every fault at its pointer. What it accepts is what <c>notice.schema.json</c> accepts.</summary>
public sealed class NoticeReader
{
    /// <summary>A fund's running totals hold a line for every row, and are written again with each commit.</summary>
    public const int RowsMax = 2_000;

    /// <summary>Notices we know have up to three; a list beyond this is no list of sources.</summary>
    public const int ListMax = 200;

    private const int RegionDepthMax = 6;

    private readonly Findings _findings;
    private readonly DateOnly _today;
    private readonly AmountUnit? _unit;
    private readonly ObjectReader _root;

    private NoticeReader(JsonElement json, DateOnly today, Findings findings)
    {
        (_findings, _today) = (findings, today);
        _root = new ObjectReader(json, "", findings);
        _unit = Code<AmountUnit>(_root, "unit");
    }

    /// <summary>The notice, or null with at least one finding.</summary>
    /// <param name="json">The body, already read strictly and screened by the guard.</param>
    /// <param name="today">The civil date on which it is received: nothing was published after it.</param>
    public static NoticeDocument? Read(JsonElement json, DateOnly today, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var reader = new NoticeReader(json, today, findings);
        NoticeDocument? notice = reader._root.IsObject ? reader.ReadAll() : null;
        return findings.Any ? null : notice;
    }

    // Everything is read, so that all faults are told at once; the values behind '!' count only where there was no finding.
    private NoticeDocument ReadAll()
    {
        if (_root.Take("currency", required: true) is { } currency && JsonValues.String(currency, "/currency", _findings) is { } name && name != "CNY")
        {
            _findings.Add("/currency", "unknown-code", "A notice's amounts are in CNY.", wanted: "CNY");
        }

        ImmutableArray<FreeText> names = Texts(_root, "region", required: true, RegionDepthMax);
        RegionCode? code = RegionCode("regionCode", names);
        var notice = new NoticeDocument(
            Identifier(_root, "id") ?? default,
            Code<NoticeForm>(_root, "kind") ?? default,
            Text(_root, "authority", required: true)!,
            names,
            names.IsEmpty ? Ledger.RegionCode.Country : RegionPath.Resolve([.. names.Select(name => name.Value!)], code),
            Text(_root, "title", required: true)!,
            Year("fiscalYear"),
            Date(_root, "published", _today),
            Url("sourceUrl"),
            Text(_root, "documentNumber"),
            Text(_root, "budgetSubject"),
            Amount(_root, "total", required: true) ?? default,
            Amount(_root, "unallocated", zeroAllowed: true),
            [.. Items(_root, "sources", required: true, min: 1, ListMax, Source).OfType<NoticeSource>()],
            [.. Items(_root, "allocations", required: true, min: 0, RowsMax, Row).OfType<NoticeRow>()],
            Texts(_root, "allocationPrinciples", required: false, ListMax),
            Period(),
            Performance(),
            [.. Items(_root, "supervisionPhones", required: false, min: 0, ListMax, Phone).OfType<FreeText>()],
            Text(_root, "transcriptionNote", nullable: false));
        _root.RefuseOthers();
        if (!_findings.Any)
        {
            NoticeSums.Check(notice, _findings);
        }

        return notice;
    }

    private NoticeSource? Source(JsonElement json, string pointer)
    {
        var item = new ObjectReader(json, pointer, _findings);
        var source = new NoticeSource(
            Code<SourceLevel>(item, "level") ?? default,
            Text(item, "name", required: true)!,
            Amount(item, "amount", required: true) ?? default,
            Code<SourceNature>(item, "nature") ?? default);
        item.RefuseOthers();
        return source;
    }

    private NoticeRow? Row(JsonElement json, string pointer)
    {
        var item = new ObjectReader(json, pointer, _findings);
        var row = new NoticeRow(
            (int)(Whole(item, "no", 1, 1_000_000, required: true) ?? 0),
            Text(item, "project", required: true)!,
            Text(item, "place"),
            Text(item, "content"),
            Amount(item, "amount", required: true) ?? default,
            Text(item, "responsibleUnit"),
            Amount(item, "totalInvestment"),
            Amount(item, "selfRaised"),
            Amount(item, "disbursed", zeroAllowed: true),
            Date(item, "due", CivilDate.Last, nullable: false),
            Text(item, "note", nullable: false),
            Code<NoticeRecipient>(item, "recipient", required: false) ?? NoticeRecipient.Project,
            (int?)Whole(item, "projectCount", 1, 1_000_000));
        item.RefuseOthers();
        return row;
    }

    private NoticePeriod? Period()
    {
        if (_root.Take("noticePeriod", required: false, nullable: false) is not { } json)
        {
            return null;
        }

        var item = new ObjectReader(json, "/noticePeriod", _findings);
        DateOnly? from = Date(item, "from", CivilDate.Last, required: true);
        DateOnly? to = Date(item, "to", CivilDate.Last);
        item.RefuseOthers();
        if (to < from)
        {
            _findings.Add(
                "/noticePeriod/to", "period-upside-down", "The period ends before it begins.", SealedFact.DateText(to.Value), SealedFact.DateText(from.Value));
        }

        return new NoticePeriod(from ?? default, to);
    }

    private NoticePerformance? Performance()
    {
        if (_root.Take("performance", required: false, nullable: false) is not { } json)
        {
            return null;
        }

        var item = new ObjectReader(json, "/performance", _findings);
        FreeText? output = Text(item, "output", nullable: false);
        long? households = Whole(item, "beneficiaryHouseholds", 0, int.MaxValue);
        long? persons = Whole(item, "beneficiaryPersons", 0, int.MaxValue);
        item.RefuseOthers();
        return new NoticePerformance(
            output, households is { } h ? Headcount.Of((int)h) : null, persons is { } p ? Headcount.Of((int)p) : null);
    }

    private FreeText? Phone(JsonElement json, string pointer)
    {
        if (JsonValues.Text(json, pointer, _findings) is not { } phone)
        {
            return null;
        }

        if (phone.Value is { Length: >= 5 and <= 20 } text && text.All(c => char.IsAsciiDigit(c) || c == '-'))
        {
            return phone;
        }

        _findings.Add(pointer, "bad-hotline", "A hotline is 5 to 20 digits and hyphens.", wanted: "^[0-9-]{5,20}$");
        return null;
    }

    private RegionCode? RegionCode(string name, ImmutableArray<FreeText> names)
    {
        if (_root.Take(name, required: false) is not { } json || JsonValues.String(json, _root.At(name), _findings) is not { } text)
        {
            return null;
        }

        if (text.Length != 6 || !Ledger.RegionCode.TryParse(text, out RegionCode code) || code == Ledger.RegionCode.Country)
        {
            _findings.Add(_root.At(name), "bad-region-code", "A region code has six digits, as in GB/T 2260.", wanted: "^[0-9]{6}$");
            return null;
        }

        RegionCode province = code.Path.First();
        string? official = GbRegions.Name(province);
        if (official is null)
        {
            _findings.Add(_root.At(name), "bad-region-code", "No province has a code that begins like this.", text);
        }
        else if (!names.IsEmpty && names[0].Value != official && GbRegions.Find(Ledger.RegionCode.Country, names[0].Value!) is { } other)
        {
            _findings.Add(_root.At(name), "region-mismatch", "The code and the first name are of two provinces.", text, other.Value);
        }
        else if (NamesOf(names) is { Count: > 0 } known && RegionPath.Mismatch(RegionPath.Resolve(known, code), known) is { } wrong)
        {
            _findings.Add(_root.At(name), "region-mismatch", $"The code stands for another place than '{wrong.Name}'.", wrong.Name, RegionPath.Official(wrong.Code));
        }

        return code;
    }

    private static IReadOnlyList<string> NamesOf(ImmutableArray<FreeText> names) => [.. names.Select(name => name.Value!)];

    private FreeText? Url(string name)
    {
        FreeText? text = Text(_root, name);
        if (text is not null && !(Uri.TryCreate(text.Value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
        {
            _findings.Add(_root.At(name), "bad-url", "The source is an absolute http or https address.");
        }

        return text;
    }

    private NoticeId? Identifier(ObjectReader item, string name) =>
        item.Take(name, required: true) is { } json ? JsonValues.Identifier<NoticeId>(json, item.At(name), _findings) : null;

    private BudgetYear Year(string name) => Whole(_root, name, BudgetYear.First, BudgetYear.Last, required: true) is { } year
        ? new BudgetYear((int)year)
        : new BudgetYear(BudgetYear.First);

    private FreeText? Text(ObjectReader item, string name, bool required = false, bool nullable = true) =>
        item.Take(name, required, nullable) is { } json ? JsonValues.Text(json, item.At(name), _findings) : null;

    private TCode? Code<TCode>(ObjectReader item, string name, bool required = true)
        where TCode : struct, Enum =>
        item.Take(name, required, nullable: false) is { } json ? JsonValues.Code<TCode>(json, item.At(name), _findings) : null;

    private long? Whole(ObjectReader item, string name, long min, long max, bool required = false) =>
        item.Take(name, required, nullable: false) is { } json ? JsonValues.Whole(json, item.At(name), min, max, _findings) : null;

    private DateOnly? Date(ObjectReader item, string name, DateOnly last, bool required = false, bool nullable = true) =>
        item.Take(name, required, nullable) is { } json ? JsonValues.Date(json, item.At(name), last, _findings) : null;

    private Money? Amount(ObjectReader item, string name, bool required = false, bool zeroAllowed = false) =>
        item.Take(name, required, nullable: false) is { } json
            ? JsonValues.Amount(json, item.At(name), _unit, zeroAllowed, _findings)
            : null;

    private ImmutableArray<FreeText> Texts(ObjectReader item, string name, bool required, int max) =>
        [.. Items(item, name, required, required ? 1 : 0, max, (json, pointer) => JsonValues.Text(json, pointer, _findings)).OfType<FreeText>()];

    private List<TItem?> Items<TItem>(
        ObjectReader item, string name, bool required, int min, int max, Func<JsonElement, string, TItem?> read)
    {
        if (item.Take(name, required, nullable: false) is not { } json)
        {
            return [];
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            _findings.Add(item.At(name), "wrong-type", "A list is wanted here.", JsonValues.Name(json), "array");
            return [];
        }

        int count = json.GetArrayLength();
        if (count < min || count > max)
        {
            _findings.Add(item.At(name), "bad-length", "The list is too short or too long.", Text(count), $"{Text(min)} to {Text(max)}");
            return [];
        }

        return [.. json.EnumerateArray().Select((one, index) => read(one, JsonPointer.Down(item.At(name), index)))];

        static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
