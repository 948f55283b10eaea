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

    /// <summary>The commitment that stands in place of a value.</summary>
    public static Commitment CommitmentIn(JsonNode sealedValue) =>
        Commitment.Parse(sealedValue?[CommitmentName]?.GetValue<string>() ?? throw new FormatException("A sealed value has a commitment."));

    /// <summary>All of a fact in clear, for its fingerprint alone: the same money and words give the same form however they were sent.</summary>
    public static JsonObject Plain(Fact fact) => Form(fact, plain => plain);

    /// <summary>Every commitment in the fields.</summary>
    public IEnumerable<Commitment> Commitments() => Fields
        .SelectMany(field => field.Value is JsonArray items ? items.AsEnumerable() : [field.Value])
        .Where(value => value is JsonObject)
        .Select(value => CommitmentIn(value!));

    /// <summary>The fact again. A value whose opening is not given comes back as withheld.</summary>
    public Fact Open(Func<Commitment, string?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        KindSchema kind = KindSchema.Find(Kind) ?? throw new FormatException($"There is no kind '{Kind}'.");
        var currency = Fields["currency"] is { } code ? new Currency(code.GetValue<string>()) : Currency.Cny;
        return kind.Make([.. kind.Fields.Select(field => Value(field))]);

        object? Value(FieldSchema field) => Fields[field.LeafName] switch
        {
            null => field.IsArray ? ImmutableArray<FreeText>.Empty : null,
            JsonArray items => items.Select(item => (FreeText)Opened(field, item!)).ToImmutableArray(),
            JsonNode node when field.IsForgettable => Opened(field, node),
            JsonNode node => field.Type.Restore(node) is Money money ? new Money(money.Fen, currency) : field.Type.Restore(node),
        };

        object Opened(FieldSchema field, JsonNode node) =>
            open(CommitmentIn(node)) is { } plain ? field.Type.Restore(plain) : field.Type.Withheld!;
    }

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

    private static JsonObject Form(Fact fact, Func<string, JsonNode> forgettable)
    {
        KindSchema kind = KindSchema.Of(fact);
        var form = new JsonObject();
        foreach (FieldSchema field in kind.Fields)
        {
            switch (field.Value(fact))
            {
                case null or ImmutableArray<FreeText> { IsDefaultOrEmpty: true }:
                    break;
                case ImmutableArray<FreeText> texts:
                    form[field.LeafName] = new JsonArray([.. texts.Select(text => forgettable(PlainOf(text)))]);
                    break;
                case IForgettable value:
                    form[field.LeafName] = forgettable(PlainOf(value));
                    break;
                case Money money:
                    form[field.LeafName] = money.Fen;
                    form["currency"] = money.Currency.Code;
                    break;
                case { } value:
                    form[field.LeafName] = field.Type.Write!(value);
                    break;
            }
        }

        return form;
    }

    private static string PlainOf(IForgettable value) =>
        value.Plain ?? throw new InvalidOperationException("A withheld value cannot be sealed again: its commitment is in its entry.");
}
