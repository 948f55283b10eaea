using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A posting that was read and is well formed; the rules have not seen it yet.</summary>
/// <param name="Kind">Its kind's name.</param>
/// <param name="Target">The stream whose rules decide it; null for an amendment, which belongs where the entry is.</param>
/// <param name="Date">When it happened; null only where a notice does not say.</param>
/// <param name="Facts">Its facts for a given posting id, in the order of their entries.</param>
/// <param name="Content">By which the same posting is known again.</param>
public sealed record Draft(
    string Kind, StreamName? Target, DateOnly? Date, Func<PostingId, ImmutableArray<Fact>> Facts, Fingerprint Content)
{
    /// <summary>When each of its facts happened, where they did not all happen at once: a correction and what takes the entry's place, or the rows of a batch.</summary>
    public ImmutableArray<DateOnly?> Dates { get; init; } = [];

    /// <summary>When one of its facts happened.</summary>
    /// <param name="index">From 0.</param>
    public DateOnly? DateOf(int index) => Dates.IsEmpty ? Date : Dates[index];
}

/// <summary>The one validator: whatever way a posting comes, it is read here.</summary>
public static class PostingReader
{
    /// <summary>Reads a posting of one fact: <c>{kind, date, unit?, …}</c> with the fields of its kind.</summary>
    /// <param name="body">As it was sent.</param>
    /// <param name="today">The civil date on which it is received: nothing happened after it.</param>
    /// <param name="findings">What is wrong; the draft is null exactly if there is a finding.</param>
    public static Draft? ReadPosting(ReadOnlyMemory<byte> body, DateOnly today, Findings findings) =>
        Read(body, findings, json => ReadFact(json, today, findings));

    /// <summary>Reads a notice (<c>notice.schema.json</c>).</summary>
    public static Draft? ReadNotice(ReadOnlyMemory<byte> body, DateOnly today, Findings findings) =>
        Read(body, findings, json => NoticeReader.Read(json, today, findings) is { } notice ? DraftOf(notice) : null);

    private static Draft DraftOf(NoticeDocument notice)
    {
        Fingerprint content = NoticeFacts.ContentOf(notice);
        FundId fund = Id.Parse<FundId>(notice.Id.Value);
        return new Draft("notice", StreamName.Of(fund), notice.Published, posting => NoticeFacts.Of(notice, posting, content), content);
    }

    // The guard comes before everything that could store or echo a value.
    private static Draft? Read(ReadOnlyMemory<byte> body, Findings findings, Func<JsonElement, Draft?> read)
    {
        ArgumentNullException.ThrowIfNull(findings);
        using JsonDocument? json = StrictJson.Parse(body, findings);
        if (json is null)
        {
            return null;
        }

        PersonalDataGuard.Screen(json.RootElement, "", findings);
        return findings.Any ? null : read(json.RootElement);
    }

    private static Draft? ReadFact(JsonElement json, DateOnly today, Findings findings)
    {
        var root = new ObjectReader(json, "", findings);
        if (!root.IsObject || Kind(root) is not { } kind)
        {
            return null;
        }

        if (kind.Name == Correction.KindName)
        {
            return ReadCorrection(root, kind, today, findings);
        }

        (Fact? fact, DateOnly? date) = ReadOne(root, kind, today);
        return fact is null ? null : new Draft(kind.Name, fact is IAmendment ? null : StreamName.For(fact), date, _ => [fact], ContentOf(fact, date));
    }

    // The whole posting as it should have been lies within; what is wrong with it is found there.
    private static Draft? ReadCorrection(ObjectReader root, KindSchema kind, DateOnly today, Findings findings)
    {
        JsonElement? inner = root.Take(Correction.ReplacementName, required: true, nullable: false);
        (Fact? correction, DateOnly? date) = ReadOne(root, kind, today);
        if (inner is not { } json)
        {
            return null;
        }

        var within = new ObjectReader(json, root.At(Correction.ReplacementName), findings);
        if (!within.IsObject || Kind(within) is not { } of)
        {
            return null;
        }

        if (!of.IsCorrectable)
        {
            findings.Add(within.At("kind"), "unknown-kind", "An amendment is not amended. Correct the entry again.");
            return null;
        }

        (Fact? fact, DateOnly? happened) = ReadOne(within, of, today);
        return correction is null || fact is null
            ? null
            : new Draft(kind.Name, Target: null, date, _ => [correction, fact], ContentOf(correction, date, fact, happened)) { Dates = [date, happened] };
    }

    private static (Fact? Fact, DateOnly? Date) ReadOne(ObjectReader root, KindSchema kind, DateOnly today)
    {
        Findings findings = root.Findings;
        DateOnly? date = root.Take("date", required: true) is { } when ? JsonValues.Date(when, root.At("date"), today, findings) : null;
        AmountUnit? unit = kind.HasMoney ? Unit(root, kind) : null;
        object?[] values = [.. kind.Fields.Select(field => Value(root, field, new PostingContext(unit, findings)))];
        root.RefuseOthers();
        if (findings.Any)
        {
            return (null, null);
        }

        Fact fact = kind.Make(values);
        CheckNames(root, fact);
        return findings.Any ? (null, null) : (fact, date);
    }

    // What a place is called beside its code. Where a project is, in words, is no name: it may lie elsewhere than where it counts.
    private static void CheckNames(ObjectReader root, Fact fact)
    {
        (string field, RegionCode code, IReadOnlyList<string> names) = fact switch
        {
            Fund one => ("regionNames", one.Region, [.. one.RegionNames.Select(name => name.Value!)]),
            PassDown { Place.IsHashed: false } one => ("placeName", one.Place, [one.PlaceName.Value!]),
            _ => ("", RegionCode.Country, (IReadOnlyList<string>)[]),
        };
        if (RegionPath.Mismatch(code, names) is { } wrong)
        {
            root.Findings.Add(
                root.At(field), "region-mismatch", $"The region's code stands for another place than '{wrong.Name}'.", wrong.Name, RegionPath.Official(wrong.Code));
        }
    }

    private static Fingerprint ContentOf(Fact fact, DateOnly? date, Fact? replacement = null, DateOnly? happened = null)
    {
        JsonObject form = Form(fact, date);
        if (replacement is not null)
        {
            form[Correction.ReplacementName] = Form(replacement, happened);
        }

        return Fingerprint.Of(Sha256Hex.Of(CanonicalJson.Write(form)).Value);
    }

    private static JsonObject Form(Fact fact, DateOnly? date)
    {
        JsonObject form = SealedFact.Plain(fact);
        form["kind"] = KindSchema.Of(fact).Name;
        form["date"] = date is { } day ? SealedFact.DateText(day) : null;
        return form;
    }

    private static KindSchema? Kind(ObjectReader root)
    {
        if (root.Take("kind", required: true) is not { } json || JsonValues.String(json, root.At("kind"), root.Findings) is not { } name)
        {
            return null;
        }

        if (KindSchema.Find(name) is { IsPosted: true } kind)
        {
            return kind;
        }

        string wanted = string.Join(", ", KindSchema.All.Where(one => one.IsPosted).Select(one => one.Name));
        string detail = name == "notice" ? "A notice is posted whole, to /api/notices." : "There is no such kind of posting.";
        root.Findings.Add(root.At("kind"), "unknown-kind", detail, wanted: wanted);
        return null;
    }

    // Every amount of a posting is in its one unit. A kind whose only money is optional needs it only where money is stated.
    private static AmountUnit? Unit(ObjectReader root, KindSchema kind)
    {
        bool stated = kind.Fields.Any(field => field.ValueType == typeof(Money) && root.Has(field.Name));
        bool required = stated || kind.Fields.Any(field => field.ValueType == typeof(Money) && field.IsRequired);
        return root.Take("unit", required, nullable: false) is { } json ? JsonValues.Code<AmountUnit>(json, root.At("unit"), root.Findings) : null;
    }

    private static object? Value(ObjectReader root, FieldSchema field, PostingContext context)
    {
        if (!field.IsPosted)
        {
            return null;
        }

        // What is not stated is left out; a null would be a second way to say it, and the schema has one.
        string pointer = root.At(field.Name);
        PostingContext within = context with { ZeroAllowed = field.ZeroAllowed };
        return root.Take(field.Name, field.IsRequired, nullable: false) switch
        {
            null => field.Make([]),
            { } list when field.IsArray => field.Make(Items(list, field, pointer, within)),
            { } json => One(json, field, pointer, within) is { } value ? field.Make([value]) : null,
        };
    }

    private static object? One(JsonElement json, FieldSchema field, string pointer, PostingContext context)
    {
        if (field.Group is not { } group)
        {
            return field.Type!.Read(json, pointer, context);
        }

        var part = new ObjectReader(json, pointer, context.Findings);
        if (!part.IsObject)
        {
            return null;
        }

        object?[] values = [.. group.Fields.Select(one => Value(part, one, context))];
        part.RefuseOthers();
        return context.Findings.Any ? null : group.Make(values);
    }

    private static List<object> Items(JsonElement list, FieldSchema field, string pointer, PostingContext context)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            context.Findings.Add(pointer, "wrong-type", "A list is wanted here.", JsonValues.Name(list), "array");
            return [];
        }

        int count = list.GetArrayLength();
        int min = field.IsRequired ? 1 : 0;
        if (count < min || count > field.CountMax)
        {
            context.Findings.Add(pointer, "bad-length", "The list is too short or too long.", $"{count}", $"{min} to {field.CountMax}");
            return [];
        }

        return [.. list.EnumerateArray()
            .Select((item, index) => One(item, field, JsonPointer.Down(pointer, index), context))
            .OfType<object>()];
    }
}
