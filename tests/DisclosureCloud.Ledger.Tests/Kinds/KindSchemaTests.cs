using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

public sealed class KindSchemaTests
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Kinds() => [.. KindSchema.All.Select(kind => kind.Name)];

    public static TheoryData<string> PostedKinds() => [.. KindSchema.All.Where(kind => kind.IsPosted).Select(kind => kind.Name)];

    [Fact]
    public void Kinds_OfEveryFact_AreDescribedInBothLanguages()
    {
        Type[] facts = [.. typeof(Fact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Fact)))];

        KindSchema.All.Count.ShouldBe(facts.Length);
        facts.ShouldAllBe(type => type.IsSealed && type.GetCustomAttribute<KindAttribute>() != null);
        foreach (KindSchema kind in KindSchema.All)
        {
            HasHan(kind.Chinese).ShouldBeTrue(kind.Name);
            kind.English.ShouldNotBeNullOrWhiteSpace();
            kind.Fields.ShouldAllBe(field => HasHan(field.Chinese) && field.English.Length > 0 && !HasHan(field.English));
            kind.Fields.Select(field => field.LeafName).ShouldBeUnique(StringComparer.Ordinal);
        }
    }

    [Fact]
    public void AlwaysApproved_AreTheFundAndWhateverStatesMoney()
    {
        KindSchema.All.Where(kind => kind.HasMoney).ShouldAllBe(kind => kind.IsAlwaysApproved);
        KindSchema.Find("fund")!.IsAlwaysApproved.ShouldBeTrue();
        KindSchema.Find("progress")!.IsAlwaysApproved.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Leaf_OfAnyKind_HoldsNoForgettableValue(string name)
    {
        Fact fact = SampleFacts.Of(KindSchema.Find(name)!, field => $"秘密{field}秘密");
        var openings = new List<Opening>();
        string leaf = LeafOf(fact, openings).ToString();

        leaf.ShouldNotContain("秘密");
        leaf.ShouldNotContain("77000000");
        openings.Count.ShouldBe(Values(KindSchema.Of(fact).Fields, fact).Count(value => value is IForgettable));
        openings.ShouldAllBe(opening => opening.IsTrue && !leaf.Contains(opening.Value) && leaf.Contains(opening.Commitment.Hex));
        string[] salts = [.. openings.Select(opening => Convert.ToHexStringLower(opening.Salt.Span))];
        salts.ShouldAllBe(salt => !leaf.Contains(salt));
        salts.ShouldBeUnique(StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SealedFact_OpenedFromItsLeaf_IsTheSameFact(string name)
    {
        Fact fact = SampleFacts.Of(KindSchema.Find(name)!, field => $"文字 {field}");
        var openings = new List<Opening>();
        var read = SealedFact.Of(LeafOf(fact, openings).Json);

        Fact again = read.Open(commitment => openings.Single(opening => opening.Commitment == commitment).Value);

        read.Kind.ShouldBe(name);
        read.Date.ShouldBe(new DateOnly(2018, 6, 1));
        read.Commitments().Order(Comparer<Commitment>.Create((x, y) => string.CompareOrdinal(x.Hex, y.Hex)))
            .ShouldBe(openings.Select(opening => opening.Commitment).OrderBy(one => one.Hex, StringComparer.Ordinal));
        SealedFact.Plain(again).ToJsonString().ShouldBe(SealedFact.Plain(fact).ToJsonString());
        Values(KindSchema.Of(again).Fields, again).ShouldBe(Values(KindSchema.Of(fact).Fields, fact));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SealedFact_WithForgottenOpenings_ComesBackWithheldAndItsMoneyWhole(string name)
    {
        Fact fact = SampleFacts.Of(KindSchema.Find(name)!, field => field);

        Fact again = SealedFact.Of(LeafOf(fact, []).Json).Open(_ => null);

        object[] values = [.. Values(KindSchema.Of(again).Fields, again)];
        object[] before = [.. Values(KindSchema.Of(fact).Fields, fact)];
        values.Length.ShouldBe(before.Length);
        foreach ((object value, object stated) in values.Zip(before))
        {
            if (value is IForgettable forgettable)
            {
                forgettable.Plain.ShouldBeNull();
            }
            else
            {
                value.ShouldBe(stated);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SealedFact_OfWithheldValues_CannotBeSealedAgain(string name)
    {
        Fact withheld = SealedFact.Of(LeafOf(SampleFacts.Of(KindSchema.Find(name)!, field => field), []).Json).Open(_ => null);
        if (Values(KindSchema.Of(withheld).Fields, withheld).OfType<IForgettable>().Any())
        {
            Should.Throw<InvalidOperationException>(() => LeafOf(withheld, []));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Leaf_AtEveryLimit_FitsIntoABundle(string name)
    {
        string longest = new('村', FreeText.LengthMax);
        Fact fact = SampleFacts.Of(KindSchema.Find(name)!, _ => longest, NoticeReader.ListMax);

        LeafOf(fact, []).Bytes.Length.ShouldBeLessThanOrEqualTo(Leaf.LengthMax);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Leaf_OfItsSample_IsTheGoldenOne(string name) =>
        Golden.ShouldBe($"leaf-{name}.json", LeafOf(SampleFacts.Of(KindSchema.Find(name)!, field => field), []).ToString() + "\n");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fact_WrittenToDiagnostics_SaysNoneOfItsTexts(string name)
    {
        string text = SampleFacts.Of(KindSchema.Find(name)!, field => $"秘密{field}").ToString();

        text.ShouldNotContain("秘密");
        text.ShouldNotContain("77000000");
    }

    [Theory]
    [MemberData(nameof(PostedKinds))]
    public void JsonSchema_OfAKind_ListsExactlyWhatTheReaderTakes(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        JsonObject schema = KindJsonSchema.Of(kind);
        var properties = (JsonObject)schema["properties"]!;
        string[] required = [.. schema["required"]!.AsArray().Select(one => one!.GetValue<string>())];
        JsonObject body = BodyOf(properties);

        Read(body).ShouldBeEmpty();
        foreach (string property in properties.Select(one => one.Key))
        {
            var without = (JsonObject)body.DeepClone();
            without.Remove(property);
            Finding[] findings = [.. Read(without)];
            bool needed = required.Contains(property) || property == "unit";
            findings.Any(one => one.Code == "missing" && one.Pointer == $"/{property}").ShouldBe(needed, property);
            (findings.Length > 0).ShouldBe(needed, property);
        }

        foreach (string other in KindSchema.All.SelectMany(one => one.Fields).Select(field => field.Name).Append("x").Distinct(StringComparer.Ordinal)
            .Where(other => !properties.ContainsKey(other)))
        {
            var with = (JsonObject)body.DeepClone();
            with[other] = "x";
            Read(with).ShouldContain(one => one.Code == "unknown-field" && one.Pointer == $"/{other}", other);
        }
    }

    [Theory]
    [MemberData(nameof(PostedKinds))]
    public void JsonSchema_OfAGroup_ListsExactlyWhatTheReaderTakes(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        var properties = (JsonObject)KindJsonSchema.Of(kind)["properties"]!;
        JsonObject body = BodyOf(properties);
        foreach (FieldSchema field in kind.Fields.Where(field => field.Group is not null))
        {
            foreach (FieldSchema part in field.Group!.Fields)
            {
                var without = (JsonObject)body.DeepClone();
                Group(without, field).Remove(part.Name);
                Read(without).Any(one => one.Code == "missing" && one.Pointer == $"/{field.Name}/0/{part.Name}").ShouldBe(part.IsRequired, $"{field.Name}.{part.Name}");
            }

            var with = (JsonObject)body.DeepClone();
            Group(with, field)["x"] = "x";
            Read(with).ShouldHaveSingleItem().Pointer.ShouldBe($"/{field.Name}/0/x");
            var wrong = (JsonObject)body.DeepClone();
            wrong[field.Name] = new JsonArray("x");
            Read(wrong).ShouldHaveSingleItem().ShouldBe(new Finding($"/{field.Name}/0", "wrong-type", "An object is wanted here.", "string", "object"));
        }

        static JsonObject Group(JsonObject body, FieldSchema field) => body[field.Name]!.AsArray()[0]!.AsObject();
    }

    [Fact]
    public void JsonSchema_OfACorrection_RefersToEveryKindThatItsReaderTakes()
    {
        JsonObject replacement = KindJsonSchema.Of(KindSchema.Find(Correction.KindName)!, name => $"#/kinds/{name}")["properties"]![Correction.ReplacementName]!.AsObject();
        string[] listed = [.. replacement["oneOf"]!.AsArray().Select(one => one!["$ref"]!.GetValue<string>())];
        JsonObject body = BodyOf(KindJsonSchema.Of(KindSchema.Find(Correction.KindName)!)["properties"]!.AsObject());
        foreach (KindSchema kind in KindSchema.All)
        {
            body[Correction.ReplacementName] = kind.IsCorrectable ? BodyOf(KindJsonSchema.Of(kind)["properties"]!.AsObject()) : new JsonObject { ["kind"] = kind.Name };
            Read(body).Any(one => one.Code == "unknown-kind").ShouldBe(!listed.Contains($"#/kinds/{kind.Name}", StringComparer.Ordinal), kind.Name);
        }

        listed.Length.ShouldBe(KindSchema.All.Count(kind => kind.IsPosted) - 3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OpenedFactSchema_OfAKind_HasTheFieldsOfItsLeaf(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        SealedFact leaf = SealedFact.Seal(SampleFacts.Of(kind, field => field), new DateOnly(2018, 6, 1), new SeededSalts(7), SampleFacts.Posting, []);

        foreach (FieldSchema fingerprint in kind.Fields.Where(field => field.ValueType == typeof(Fingerprint)))
        {
            leaf.Fields.Remove(fingerprint.LeafName); // It says nothing to a reader.
        }

        ShouldDescribe(OpenedFactSchema.Of(kind), leaf.Fields, "kind", "date");

        static void ShouldDescribe(JsonObject schema, JsonObject fields, params string[] header)
        {
            schema["properties"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal)
                .ShouldBe(fields.Select(one => one.Key).Concat(header).Order(StringComparer.Ordinal));
            foreach ((string field, JsonNode? value) in fields)
            {
                if ((value is JsonArray items ? items[0] : value) is JsonObject group && !SealedFact.IsCommitment(group))
                {
                    JsonNode below = schema["properties"]![field]!;
                    ShouldDescribe((JsonObject)(below["items"] ?? below), group);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SealedFact_OfAnyKind_NamesEachValueThatCanBeForgottenOnce(string name)
    {
        SealedFact fact = SealedFact.Seal(SampleFacts.Of(KindSchema.Find(name)!, field => field), new DateOnly(2018, 6, 1), new SeededSalts(7), SampleFacts.Posting, []);

        ValuePointer[] values = [.. fact.Values()];

        values.ShouldBeUnique();
        values.Select(one => fact.CommitmentAt(one)!.Value).Concat(fact.Fingerprints()).ShouldBe(fact.Commitments().Concat(fact.EvidenceFiles().Select(file => file.Content!.Value)), ignoreOrder: true);
    }

    private static List<Finding> Read(JsonObject body)
    {
        var findings = new Findings();
        Draft? draft = PostingReader.ReadPosting(Encoding.UTF8.GetBytes(body.ToJsonString()), new DateOnly(2026, 1, 1), findings);
        (draft is null).ShouldBe(findings.Any);
        return [.. findings.All];
    }

    // A body that states every property, made from the schema alone.
    private static JsonObject BodyOf(JsonObject properties)
    {
        var body = new JsonObject();
        foreach ((string name, JsonNode? property) in properties)
        {
            body[name] = Sample(name, (JsonObject)property!);
        }

        return body;
    }

    private static JsonNode Sample(string name, JsonObject schema) => schema switch
    {
        _ when name == Correction.ReplacementName => BodyOf((JsonObject)KindJsonSchema.Of(KindSchema.Find("interest")!)["properties"]!),
        _ when schema["const"] is { } one => one.DeepClone(),
        _ when schema["enum"] is JsonArray some => some[0]!.DeepClone(),
        _ when name == "unit" => "fen",
        _ when schema["pattern"]?.GetValue<string>() is { } pattern => Identifier(pattern),
        _ when schema["format"]?.GetValue<string>() == "date" => "2018-06-01",
        _ => schema["type"]!.GetValue<string>() switch
        {
            "array" => new JsonArray(Sample(name, (JsonObject)schema["items"]!)),
            "object" => BodyOf((JsonObject)schema["properties"]!),
            "integer" => schema["minimum"]!.DeepClone(),
            "number" => 100,
            _ => "文字",
        },
    };

    private static JsonNode Identifier(string pattern) => pattern switch
    {
        _ when pattern == RegionCode.PatternInAKnownProvince => "410503",
        _ when pattern == EntryId.Pattern => $"{new string('a', 26)}-1",
        _ when pattern == ValuePointer.Pattern => "/name",
        _ when pattern == SigningKey.Pattern => SigningKey.Example.Value,
        _ when pattern == EvidenceFileId.Pattern => new string('a', 26),
        _ when pattern == OrganisationCode.Pattern => "91350100M000100Y43",
        _ => "sample-1",
    };

    // Every single value that a fact states, those in groups too.
    private static IEnumerable<object> Values(ImmutableArray<FieldSchema> fields, object owner) => fields
        .SelectMany(field => field.Values(owner).SelectMany(value => field.Group is { } group ? Values(group.Fields, value) : [value]));

    private static Leaf LeafOf(Fact fact, ICollection<Opening> openings) =>
        SealedFact.Seal(fact, new DateOnly(2018, 6, 1), new SeededSalts(7), SampleFacts.Posting, openings)
            .ToLeaf(EntryId.Of(SampleFacts.Posting, 1), RecordedAt, Id.Parse<DepartmentId>("finance"), Channel.Http);

    private static bool HasHan(string text) => text.Any(c => c is >= '\u4E00' and <= '\u9FFF');
}
