using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>What a field's type means for JSON: how it is read from a posting, written into a leaf, read back, and described.</summary>
/// <param name="Read">From a posting: the value, or null with a finding.</param>
/// <param name="Write">To a leaf; null for forgettable types, whose leaf form is a commitment.</param>
/// <param name="Restore">Back from a leaf, or from the plain text of an opening.</param>
/// <param name="Schema">A JSON Schema (2020-12) fragment for postings.</param>
/// <param name="Withheld">For forgettable types: the value that stands for a forgotten one.</param>
/// <param name="Written">A fragment likewise for what <paramref name="Write"/> writes, and null where that is as postings have it.</param>
internal sealed record FieldType(
    Func<JsonElement, string, PostingContext, object?> Read,
    Func<object, JsonNode>? Write,
    Func<JsonNode, object> Restore,
    Func<JsonObject> Schema,
    object? Withheld = null,
    Func<JsonObject>? Written = null)
{
    private const string EvidenceFileName = "file";
    private const string EvidenceCommitmentName = "commitment";

    public bool IsForgettable => Withheld is not null;

    /// <summary>The meaning of each type that a field may have. A field of any other type fails when its kind is first used.</summary>
    public static FieldType Of(Type type) => Types.TryGetValue(type, out FieldType? known)
        ? known
        : type.IsEnum
            ? OfCode(type)
            : throw new InvalidOperationException($"No field may be a {type}: say in FieldType what that would mean for a leaf.");

    private static readonly Dictionary<Type, FieldType> Types = new()
    {
        [typeof(FundId)] = OfId<FundId>(),
        [typeof(NoticeId)] = OfId<NoticeId>(),
        [typeof(ProjectId)] = OfId<ProjectId>(),
        [typeof(PlanItemId)] = OfId<PlanItemId>(),
        [typeof(EntryId)] = OfId<EntryId>(),
        [typeof(AssetId)] = OfId<AssetId>(),
        [typeof(DepartmentId)] = OfId<DepartmentId>(),
        [typeof(OrganisationCode)] = OfId<OrganisationCode>() with
        {
            Read = (json, pointer, context) => Organisation(json, pointer, context.Findings),

            // No pattern tells its check character.
            Schema = () => new JsonObject { ["type"] = "string", ["pattern"] = OrganisationCode.Pattern, ["examples"] = new JsonArray("91350100M000100Y43") },
        },
        [typeof(RegionCode)] = OfId<RegionCode>() with
        {
            Read = (json, pointer, context) => Region(JsonValues.Identifier<RegionCode>(json, pointer, context.Findings), pointer, context.Findings),
            Schema = () => new JsonObject { ["type"] = "string", ["pattern"] = RegionCode.PatternInAKnownProvince },
        },
        [typeof(PersonId)] = OfId<PersonId>(),
        [typeof(ValuePointer)] = OfId<ValuePointer>(),
        [typeof(Sha256Hex)] = OfId<Sha256Hex>(),
        [typeof(ReleaseVersion)] = OfId<ReleaseVersion>(),
        [typeof(SigningKey)] = OfId<SigningKey>() with
        {
            // No pattern tells whether it is a point of the curve.
            Schema = () => new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = SigningKey.Pattern,
                ["examples"] = new JsonArray(SigningKey.Example.Value),
            },
        },
        [typeof(EvidenceFile)] = new(
            (json, pointer, context) => JsonValues.Identifier<EvidenceFileId>(json, pointer, context.Findings) is { } id ? new EvidenceFile(id, null) : null,
            value => WriteEvidence((EvidenceFile)value),
            RestoreEvidence,
            () => new JsonObject { ["type"] = "string", ["pattern"] = EvidenceFileId.Pattern },
            Written: WrittenEvidence),
        [typeof(int)] = OfWhole(1, 1_000_000, number => (int)number, value => (int)value),
        [typeof(long)] = OfWhole(0, Money.FenMax, number => number, value => (long)value),
        [typeof(Percent)] = OfWhole(0, 100, number => new Percent((int)number), value => ((Percent)value).Value),
        [typeof(BudgetYear)] = OfWhole(
            BudgetYear.First, BudgetYear.Last, number => new BudgetYear((int)number), value => ((BudgetYear)value).Value),
        [typeof(DateOnly)] = new(
            (json, pointer, context) => JsonValues.Date(json, pointer, CivilDate.Last, context.Findings),
            value => ((DateOnly)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            node => DateOnly.ParseExact(node.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            () => new JsonObject { ["type"] = "string", ["format"] = "date" }),
        [typeof(Money)] = new(
            (json, pointer, context) => context.Amount(json, pointer),
            value => ((Money)value).Fen,
            node => new Money(node.GetValue<long>()),
            () => new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0 },
            Written: () => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = Money.FenMax }),
        [typeof(Quantity)] = new(
            (json, pointer, context) => JsonValues.Quantity(json, pointer, context.Findings),
            value => ((Quantity)value).ToString(),
            node => Quantity.Parse(node.GetValue<string>()),
            () => new JsonObject { ["type"] = "number", ["minimum"] = 0 },
            Written: () => new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+([.][0-9]{1,3})?$" }),
        [typeof(FreeText)] = new(
            (json, pointer, context) => JsonValues.Text(json, pointer, context.Findings),
            Write: null,
            node => FreeText.Of(node.GetValue<string>()),
            () => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = FreeText.LengthMax },
            FreeText.Withheld),
        [typeof(Headcount)] = new(
            (json, pointer, context) => JsonValues.Whole(json, pointer, 0, int.MaxValue, context.Findings) is { } count
                ? Headcount.Of((int)count)
                : null,
            Write: null,
            node => Headcount.Of(int.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture)),
            () => new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
            Headcount.Withheld),
        [typeof(Fingerprint)] = new(
            (_, _, _) => throw new InvalidOperationException("Nobody posts a fingerprint."),
            Write: null,
            node => Fingerprint.Of(node.GetValue<string>()),
            () => [],
            Fingerprint.Withheld),
    };

    private static object? Region(RegionCode? code, string pointer, Findings findings)
    {
        if (code is not { IsInAKnownProvince: false } unknown)
        {
            return code;
        }

        findings.Add(pointer, "bad-region-code", "No province has a code that begins like this.", unknown.Value);
        return null;
    }

    // Codes that begin with 92 are those of sole traders: such a code leads to a person's name.
    private static object? Organisation(JsonElement json, string pointer, Findings findings)
    {
        if (json.ValueKind == JsonValueKind.String && OrganisationCode.IsMistyped(json.GetString()))
        {
            findings.Add(pointer, "bad-check-character", "The last character of the code does not check the others (GB 32100): one of them is mistyped.");
            return null;
        }

        OrganisationCode? code = JsonValues.Identifier<OrganisationCode>(json, pointer, findings);
        if (code is not { } known || !known.Value.StartsWith("92", StringComparison.Ordinal))
        {
            return code;
        }

        findings.Add(pointer, "sole-trader", "A sole trader's code leads to a person. State the sort of payee alone.");
        return null;
    }

    // The commitment stands beside the id, and not alone in an object as that to a value does: nothing that is published ever opens it.
    private static JsonObject WriteEvidence(EvidenceFile file)
    {
        var json = new JsonObject { [EvidenceFileName] = file.Id.Value };
        if (file.Content is { } content)
        {
            json[EvidenceCommitmentName] = content.Hex;
        }

        return json;
    }

    private static object RestoreEvidence(JsonNode node) => new EvidenceFile(
        Id.Parse<EvidenceFileId>(node[EvidenceFileName]!.GetValue<string>()),
        node[EvidenceCommitmentName] is { } content ? Commitment.Parse(content.GetValue<string>()) : null);

    private static JsonObject WrittenEvidence() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray(EvidenceFileName, EvidenceCommitmentName),
        ["properties"] = new JsonObject
        {
            [EvidenceFileName] = new JsonObject { ["type"] = "string", ["pattern"] = EvidenceFileId.Pattern },
            [EvidenceCommitmentName] = new JsonObject { ["type"] = "string", ["pattern"] = Sha256Hex.Pattern },
        },
    };

    private static FieldType OfId<TId>()
        where TId : struct, IId<TId> => new(
            (json, pointer, context) => JsonValues.Identifier<TId>(json, pointer, context.Findings),
            value => ((TId)value).Value,
            node => Id.Parse<TId>(node.GetValue<string>()),
            () => new JsonObject { ["type"] = "string", ["pattern"] = TId.Pattern });

    private static FieldType OfWhole(long min, long max, Func<long, object> make, Func<object, long> number) => new(
        (json, pointer, context) => JsonValues.Whole(json, pointer, min, max, context.Findings) is { } whole ? make(whole) : null,
        value => number(value),
        node => make(node.GetValue<long>()),
        () => new JsonObject { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max });

    private static FieldType OfCode(Type list) => new(
        (json, pointer, context) => JsonValues.Code(json, list, pointer, context.Findings),
        value => Code.Text((Enum)value),
        node => Code.TryParse(list, node.GetValue<string>()) ?? throw new FormatException($"'{node}' is no {list.Name}."),
        () => new JsonObject { ["enum"] = new JsonArray([.. Code.Texts(list).Select(text => (JsonNode)text)]) });
}

/// <summary>What reading a posting's fields needs to know: the unit of its amounts, and where to put findings.</summary>
/// <param name="ZeroAllowed">True while a field is read whose amount may be nothing.</param>
internal sealed record PostingContext(AmountUnit? Unit, Findings Findings, bool ZeroAllowed = false)
{
    public object? Amount(JsonElement json, string pointer) => JsonValues.Amount(json, pointer, Unit, ZeroAllowed, Findings);
}
