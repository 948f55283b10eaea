using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Reads what somebody asks for, from parameters in whatever form they came. All that is wrong is found at once.</summary>
public sealed class EntryQueryReader
{
    private const string Bad = "bad-parameter";

    private static readonly string[] NoFilters = ["limit", "cursor", "format"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly TimeZoneInfo _zone;
    private readonly Findings _findings;

    private EntryQueryReader(TimeZoneInfo zone, Findings findings) => (_zone, _findings) = (zone, findings);

    /// <param name="parameters">Each name with all its values.</param>
    /// <param name="zone">The deployment's: a day of recording is a day there.</param>
    /// <param name="findings">Takes what is wrong, by parameter.</param>
    /// <returns>Null where anything is wrong.</returns>
    public static EntryRequest? Read(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> parameters, TimeZoneInfo zone, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(findings);
        var reader = new EntryQueryReader(zone, findings);
        foreach ((string name, IReadOnlyList<string> values) in parameters)
        {
            reader.Take(name, values);
        }

        EntryRequest? request = reader.Request();
        return findings.Any ? null : request;
    }

    private void Take(string name, IReadOnlyList<string> values)
    {
        // A misspelt filter must not turn "those of this fund" into all.
        if (!EntryParameters.All.Any(parameter => parameter.Name == name))
        {
            Find(name, "unknown-parameter", "There is no such parameter.", null, string.Join(", ", EntryParameters.All.Select(parameter => parameter.Name)));
        }
        else if (values.Count != 1)
        {
            Find(name, "repeated-parameter", "A parameter is given once.", values.Count.ToString(CultureInfo.InvariantCulture), "1");
        }
        else
        {
            _values[name] = values[0];
        }
    }

    private EntryRequest Request()
    {
        (string? contract, EntryId? contractEntry) = Either<EntryId>("contract", FoldedText.OfNumber);
        (string? payee, OrganisationCode? payeeCode) = Either<OrganisationCode>("payee", FoldedText.Of);
        var query = new EntryQuery
        {
            Entry = Identifier<EntryId>("id"),
            Posting = Identifier<PostingId>("posting"),
            Kind = Listed("kind", KindSchema.All.Select(kind => kind.Name)),
            Fund = Identifier<FundId>("fund"),
            Project = Identifier<ProjectId>("project"),
            Department = Identifier<DepartmentId>("department"),
            Region = Identifier<RegionCode>("region"),
            BudgetYear = Whole("budgetYear", Ledger.BudgetYear.First, Ledger.BudgetYear.Last) is { } year ? new BudgetYear((int)year) : null,
            Nature = Listed("nature", EntryParameters.Natures),
            Source = Listed("source", Code.Texts(typeof(SourceLevel))),
            From = Day("from"),
            To = Day("to"),
            RecordedFrom = Moment("recordedFrom")?.From,
            RecordedBefore = Moment("recordedTo")?.Before,
            AmountMin = Whole("amountMin", 0, Money.FenMax),
            AmountMax = Whole("amountMax", 0, Money.FenMax),
            Document = Text("document", FoldedText.OfNumber),
            Voucher = Text("voucher", FoldedText.OfNumber),
            Contract = contract,
            ContractEntry = contractEntry,
            Payee = payee,
            PayeeCode = payeeCode,
            Text = Text("text", FoldedText.Of),
        };
        CheckOrder("from", "to", query.From <= query.To);
        CheckOrder("recordedFrom", "recordedTo", query.RecordedFrom < query.RecordedBefore);
        CheckOrder("amountMin", "amountMax", query.AmountMin <= query.AmountMax);
        long? asOf = Whole("asOf", 0, Money.FenMax);
        long limit = Whole("limit", 1, EntryRequest.LimitMax) ?? EntryRequest.LimitDefault;
        EntryFormat? format = Listed("format", Code.Texts(typeof(EntryFormat))) is { } name ? Code.Parse<EntryFormat>(name) : null;
        string filters = FiltersText();
        return new EntryRequest(query, asOf, (int)limit, ReadCursor(filters), format, filters);
    }

    // In canonical JSON, so that no two queries have one text.
    private string FiltersText() => Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject(_values
        .Where(pair => !NoFilters.Contains(pair.Key, StringComparer.Ordinal) && pair.Value.EnumerateRunes().All(rune => rune != Rune.ReplacementChar)) // Which was found to be wrong already.
        .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))));

    private EntryCursor? ReadCursor(string filters)
    {
        if (!_values.TryGetValue("cursor", out string? text))
        {
            return null;
        }

        if (!EntryCursor.TryParse(text, filters, out EntryCursor? cursor))
        {
            Find("cursor", "bad-cursor", "A cursor is the 'next' of the page before, with the same filters and asOf.");
        }

        return cursor;
    }

    private TId? Identifier<TId>(string name)
        where TId : struct, IId<TId>
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (TId.TryParse(text, out TId id))
        {
            return id;
        }

        Find(name, Bad, $"{name} is of another form.", Short(text), TId.Pattern);
        return null;
    }

    // An id or code where the text is one, else a text to look for.
    private (string? Text, TId? Id) Either<TId>(string name, Func<string, string> fold)
        where TId : struct, IId<TId> =>
        _values.TryGetValue(name, out string? text) && TId.TryParse(text.Trim(), out TId id) ? (null, id) : (Text(name, fold), null);

    private string? Listed(string name, IEnumerable<string> codes)
    {
        if (!_values.TryGetValue(name, out string? text) || codes.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Find(name, Bad, $"{name} is one of a list.", Short(text), string.Join(", ", codes));
        return null;
    }

    private long? Whole(string name, long min, long max)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= min && number <= max)
        {
            return number;
        }

        Find(name, Bad, $"{name} is a whole number within its range.", Short(text), string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"));
        return null;
    }

    private DateOnly? Day(string name)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return day;
        }

        Find(name, Bad, $"{name} is a day that there is.", Short(text), "yyyy-MM-dd");
        return null;
    }

    // A day is all its moments, a moment is one millisecond or the whole second that it names.
    private (DateTimeOffset From, DateTimeOffset Before)? Moment(string name)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            && day > DateOnly.MinValue.AddDays(1) && day < DateOnly.MaxValue.AddDays(-1))
        {
            return (Midnight(day), Midnight(day.AddDays(1)));
        }

        foreach ((string form, long ticks) in new[] { ("yyyy-MM-dd'T'HH:mm:ss'Z'", TimeSpan.TicksPerSecond), ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", TimeSpan.TicksPerMillisecond) })
        {
            if (DateTimeOffset.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) && at.Year < 9999)
            {
                return (at, at.AddTicks(ticks));
            }
        }

        Find(name, Bad, $"{name} is a day, or a moment in UTC.", Short(text), "yyyy-MM-dd, or yyyy-MM-ddTHH:mm:ssZ with or without milliseconds");
        return null;
    }

    private DateTimeOffset Midnight(DateOnly day)
    {
        DateTime local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    // What was looked for is not told again: it may be a name.
    private string? Text(string name, Func<string, string> fold)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (text.Length > EntryParameters.TextLengthMax || TextRules.Fault(text) is not null || text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
        {
            Find(name, Bad, $"{name} is a text without controls.", null, string.Create(CultureInfo.InvariantCulture, $"1 to {EntryParameters.TextLengthMax} characters"));
            return null;
        }

        return fold(text.Trim());
    }

    private void CheckOrder(string from, string to, bool isInOrder)
    {
        if (!isInOrder && _values.TryGetValue(from, out string? first) && _values.TryGetValue(to, out string? last)
            && !_findings.All.Any(one => one.Parameter == from || one.Parameter == to))
        {
            Find(to, "upside-down-range", $"{to} does not lie before {from}.", Short(last), $"{first} or more");
        }
    }

    private void Find(string name, string code, string detail, string? found = null, string? wanted = null) =>
        _findings.Add(new Finding("", code, detail, found, wanted) { Parameter = Short(name) });

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
