using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A fact in the form that is kept: ids, codes, amounts and dates in clear, and a commitment for each forgettable value.</summary>
/// <param name="Kind">The kind's name.</param>
/// <param name="Date">When it happened; null where a notice does not say.</param>
/// <param name="Fields">The fields by leaf name; what is not stated is left out.</param>
public sealed record SealedFact(string Kind, DateOnly? Date, JsonObject Fields)
{
    private const string CommitmentName = "commitment";

    /// <summary>Seals a fact. The openings must be stored before any commit that holds the sealed fact.</summary>
    public static SealedFact Seal(Fact fact, DateOnly? date, ISaltSource salts, PostingId posting, ICollection<Opening> openings)
    {
        ArgumentNullException.ThrowIfNull(salts);
        ArgumentNullException.ThrowIfNull(openings);
        return new SealedFact(KindSchema.Of(fact).Name, date, Form(fact, plain => Commit(plain, salts, posting, openings)));
    }

    /// <summary>Commits to one value.</summary>
    public static JsonObject Commit(string plain, ISaltSource salts, PostingId posting, ICollection<Opening> openings)
    {
        ArgumentNullException.ThrowIfNull(salts);
        ArgumentNullException.ThrowIfNull(openings);
        byte[] salt = new byte[Commitment.SaltLength];
        salts.Fill(salt);
        Commitment commitment = Commitment.Of(salt, plain);
        openings.Add(new Opening(commitment, salt, plain, posting));
        return new JsonObject { [CommitmentName] = commitment.Hex };
    }

    /// <summary>True where a commitment stands in place of a value, and not a group of fields.</summary>
    public static bool IsCommitment(JsonObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Count == 1 && value[CommitmentName] is not null;
    }

    /// <summary>The commitment that stands in place of a value.</summary>
    public static Commitment CommitmentIn(JsonNode sealedValue) =>
        Commitment.Parse(sealedValue?[CommitmentName]?.GetValue<string>() ?? throw new FormatException("A sealed value has a commitment."));

    /// <summary>How many commitments the sealed fact will hold.</summary>
    public static int ValuesIn(Fact fact)
    {
        int count = 0;
        Form(fact, plain =>
        {
            count++;
            return plain;
        });
        return count;
    }

    /// <summary>All of a fact in clear, for its fingerprint alone: the same money and words give the same form however they were sent.</summary>
    public static JsonObject Plain(Fact fact) => Form(fact, plain => plain);

    /// <summary>Every commitment in the fields.</summary>
    public IEnumerable<Commitment> Commitments() => CommitmentsIn(Fields);

    /// <summary>The fact again. A value whose opening is not given comes back as withheld.</summary>
    public Fact Open(Func<Commitment, string?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        KindSchema kind = KindSchema.Find(Kind) ?? throw new FormatException($"There is no kind '{Kind}'.");
        var opener = new Opener(open, Fields["currency"] is { } code ? new Currency(code.GetValue<string>()) : Currency.Cny);
        return kind.Make([.. kind.Fields.Select(field => opener.Value(field, Fields))]);
    }

    /// <summary>The sealed fact that takes the place of another: it keeps what only a notice states, which holds nothing to forget.</summary>
    public SealedFact KeepNotice(Fact original)
    {
        var fields = (JsonObject)Fields.DeepClone();
        foreach (FieldSchema field in KindSchema.Of(original).Fields.Where(field => field is { FromNotice: true, IsForgettable: false }))
        {
            if (field.Value(original) is { } value)
            {
                fields[field.LeafName] = field.Type!.Write!(value);
            }
        }

        return this with { Fields = fields };
    }

    /// <summary>The sealed fact with what its approval states, where its kind has a field for that.</summary>
    public SealedFact ApprovedBy(PersonId person)
    {
        if (KindSchema.Find(Kind)!.Fields.FirstOrDefault(field => field.FromApproval) is not { } by)
        {
            return this;
        }

        var fields = (JsonObject)Fields.DeepClone();
        fields[by.LeafName] = by.Type!.Write!(person);
        return this with { Fields = fields };
    }

    /// <summary>Where a value or an evidence file stands that can be forgotten: all that a redaction can name. A fingerprint is nothing that anybody was shown.</summary>
    public IEnumerable<ValuePointer> Values() => KindSchema.Find(Kind)!.Fields
        .Where(field => field.ValueType != typeof(Fingerprint) && Fields[field.LeafName] is not null)
        .SelectMany(field => field.ValueType == typeof(EvidenceFile)
            ? EvidenceFiles().Select((_, index) => Id.Parse<ValuePointer>(JsonPointer.Down($"/{field.LeafName}", index)))
            : ValuesIn(Fields[field.LeafName], $"/{field.LeafName}"));

    /// <summary>The evidence files that it names.</summary>
    public IEnumerable<EvidenceFile> EvidenceFiles() =>
        (Fields[Fact.EvidenceName] as JsonArray ?? []).Select(item => (EvidenceFile)FieldType.Of(typeof(EvidenceFile)).Restore(item!));

    /// <summary>The commitment at a pointer into the fields; null where none is there that a redaction could name.</summary>
    public Commitment? CommitmentAt(ValuePointer pointer)
    {
        JsonNode? node = Fields;
        foreach (string part in pointer.Parts)
        {
            node = node switch
            {
                JsonObject fields => fields[part],
                JsonArray items when int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out int index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return node switch
        {
            JsonObject value when IsCommitment(value) && !Fingerprints().Contains(CommitmentIn(value)) => CommitmentIn(value),
            JsonObject file when file.Parent == Fields[Fact.EvidenceName] => Commitment.Parse(file["commitment"]!.GetValue<string>()),
            _ => null,
        };
    }

    /// <summary>The commitments to fingerprints, which nobody is ever shown.</summary>
    public IEnumerable<Commitment> Fingerprints() => KindSchema.Find(Kind)!.Fields
        .Where(field => field.ValueType == typeof(Fingerprint)).Select(field => Fields[field.LeafName]).OfType<JsonObject>().Select(CommitmentIn);

    /// <summary>The leaf: the fields and what every entry has.</summary>
    public Leaf ToLeaf(EntryId id, DateTimeOffset recordedAt, DepartmentId department, Channel channel)
    {
        var entry = (JsonObject)Fields.DeepClone();
        entry["format"] = Leaf.Format;
        entry["id"] = id.Value;
        entry["kind"] = Kind;
        entry["recordedAt"] = Instant.Text(recordedAt);
        entry["department"] = department.Value;
        entry["channel"] = Code.Text(channel);
        if (Date is { } date)
        {
            entry["date"] = DateText(date);
        }

        return Leaf.Of(entry);
    }

    /// <summary>The sealed fact of a leaf.</summary>
    public static SealedFact Of(JsonObject leaf)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return new SealedFact(leaf["kind"]!.GetValue<string>(), DateOf(leaf["date"]), leaf);
    }

    public static string DateText(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static DateOnly? DateOf(JsonNode? node) => node is null
        ? null
        : DateOnly.ParseExact(node.GetValue<string>(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<ValuePointer> ValuesIn(JsonNode? node, string pointer) => node switch
    {
        JsonObject value when IsCommitment(value) => [Id.Parse<ValuePointer>(pointer)],
        JsonObject fields => fields.SelectMany(field => ValuesIn(field.Value, JsonPointer.Down(pointer, field.Key))),
        JsonArray items => items.SelectMany((item, index) => ValuesIn(item, JsonPointer.Down(pointer, index))),
        _ => [],
    };

    private static IEnumerable<Commitment> CommitmentsIn(JsonNode? node) => node switch
    {
        JsonObject value when IsCommitment(value) => [CommitmentIn(value)],
        JsonObject fields => fields.SelectMany(field => CommitmentsIn(field.Value)),
        JsonArray items => items.SelectMany(CommitmentsIn),
        _ => [],
    };

    private static JsonObject Form(Fact fact, Func<string, JsonNode> forgettable)
    {
        JsonObject form = Form(KindSchema.Of(fact).Fields, fact, forgettable);
        Money[] money = [.. KindSchema.Of(fact).Fields.SelectMany(field => field.Values(fact)).OfType<Money>()];
        if (money.Length > 0)
        {
            form["currency"] = money[0].Currency.Code;
        }

        return form;
    }

    private static JsonObject Form(ImmutableArray<FieldSchema> fields, object owner, Func<string, JsonNode> forgettable)
    {
        var form = new JsonObject();
        foreach (FieldSchema field in fields)
        {
            JsonNode[] values = [.. field.Values(owner).Select(value => FormOf(field, value, forgettable))];
            if (values.Length > 0)
            {
                form[field.LeafName] = field.IsArray ? new JsonArray(values) : values[0];
            }
        }

        return form;
    }

    private static JsonNode FormOf(FieldSchema field, object value, Func<string, JsonNode> forgettable) => value switch
    {
        _ when field.Group is { } group => Form(group.Fields, value, forgettable),
        IForgettable one => forgettable(PlainOf(one)),
        _ => field.Type!.Write!(value),
    };

    private static string PlainOf(IForgettable value) =>
        value.Plain ?? throw new InvalidOperationException("A withheld value cannot be sealed again: its commitment is in its entry.");

    /// <summary>Reads values back from their leaf form.</summary>
    private sealed class Opener(Func<Commitment, string?> open, Currency currency)
    {
        public object? Value(FieldSchema field, JsonObject fields) => fields[field.LeafName] switch
        {
            null => field.Make([]),
            JsonArray items => field.Make([.. items.Select(item => One(field, item!))]),
            JsonNode node => field.Make([One(field, node)]),
        };

        private object One(FieldSchema field, JsonNode node)
        {
            if (field.Group is { } group)
            {
                return group.Make([.. group.Fields.Select(part => Value(part, node.AsObject()))]);
            }

            FieldType type = field.Type!;
            if (!type.IsForgettable)
            {
                return type.Restore(node) is Money money ? new Money(money.Fen, currency) : type.Restore(node);
            }

            return open(CommitmentIn(node)) is { } plain ? type.Restore(plain) : type.Withheld!;
        }
    }
}
