using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A posting that was read and is well formed; the rules have not seen it yet.</summary>
/// <param name="Kind">Its kind's name.</param>
/// <param name="Target">The stream whose rules decide it.</param>
/// <param name="Fund">The fund that it is about.</param>
/// <param name="Date">When it happened; null only where a notice does not say.</param>
/// <param name="Facts">Its facts for a given posting id, in the order of their entries.</param>
/// <param name="Content">By which the same posting is known again.</param>
public sealed record Draft(
    string Kind, StreamName Target, FundId Fund, DateOnly? Date, Func<PostingId, ImmutableArray<Fact>> Facts, Fingerprint Content);

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
        return new Draft("notice", StreamName.Of(fund), fund, notice.Published, posting => NoticeFacts.Of(notice, posting, content), content);
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

        DateOnly? date = root.Take("date", required: true) is { } when ? JsonValues.Date(when, "/date", today, findings) : null;
        AmountUnit? unit = kind.HasMoney ? Unit(root, kind) : null;
        object?[] values = [.. kind.Fields.Select(field => Value(root, field, new PostingContext(unit, findings)))];
        root.RefuseOthers();
        if (findings.Any)
        {
            return null;
        }

        Fact fact = kind.Make(values);
        if (fact is Fund opened && RegionPath.Mismatch(opened.Region, [.. opened.RegionNames.Select(name => name.Value!)]) is { } wrong)
        {
            findings.Add(
                "/regionNames", "region-mismatch", $"The region's code stands for another place than '{wrong.Name}'.", wrong.Name, GbRegions.Name(wrong.Code));
            return null;
        }

        FundId fund = FundBooks.FundIdOf(fact);
        StreamName target = fact switch
        {
            Progress one => StreamName.Of(one.ProjectId),
            Acceptance one => StreamName.Of(one.ProjectId),
            _ => StreamName.Of(fund),
        };
        return new Draft(kind.Name, target, fund, date, _ => [fact], ContentOf(fact, date));
    }

    private static Fingerprint ContentOf(Fact fact, DateOnly? date)
    {
        JsonObject form = SealedFact.Plain(fact);
        form["kind"] = KindSchema.Of(fact).Name;
        form["date"] = date is { } day ? SealedFact.DateText(day) : null;
        return Fingerprint.Of(Sha256Hex.Of(CanonicalJson.Write(form)).Value);
    }

    private static KindSchema? Kind(ObjectReader root)
    {
        if (root.Take("kind", required: true) is not { } json || JsonValues.String(json, "/kind", root.Findings) is not { } name)
        {
            return null;
        }

        if (KindSchema.Find(name) is { IsPosted: true } kind)
        {
            return kind;
        }

        string wanted = string.Join(", ", KindSchema.All.Where(one => one.IsPosted).Select(one => one.Name));
        string detail = name == "notice" ? "A notice is posted whole, to /api/notices." : "There is no such kind of posting.";
        root.Findings.Add("/kind", "unknown-kind", detail, wanted: wanted);
        return null;
    }

    // Every amount of a posting is in its one unit. A kind whose only money is optional needs it only where money is stated.
    private static AmountUnit? Unit(ObjectReader root, KindSchema kind)
    {
        bool stated = kind.Fields.Any(field => field.ValueType == typeof(Money) && root.Has(field.Name));
        bool required = stated || kind.Fields.Any(field => field.ValueType == typeof(Money) && field.IsRequired);
        return root.Take("unit", required, nullable: false) is { } json ? JsonValues.Code<AmountUnit>(json, "/unit", root.Findings) : null;
    }

    private static object? Value(ObjectReader root, FieldSchema field, PostingContext context)
    {
        if (field.FromNotice)
        {
            return null;
        }

        // What is not stated is left out; a null would be a second way to say it, and the schema has one.
        JsonElement? json = root.Take(field.Name, field.IsRequired, nullable: false);
        if (field.IsArray)
        {
            return Texts(json, field, root.At(field.Name), context.Findings);
        }

        return json is { } there ? field.Type.Read(there, root.At(field.Name), context) : null;
    }

    private static ImmutableArray<FreeText> Texts(JsonElement? json, FieldSchema field, string pointer, Findings findings)
    {
        if (json is not { } list)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            findings.Add(pointer, "wrong-type", "A list of texts is wanted here.", JsonValues.Name(list), "array");
            return [];
        }

        int count = list.GetArrayLength();
        int min = field.IsRequired ? 1 : 0;
        if (count < min || count > NoticeReader.ListMax)
        {
            findings.Add(pointer, "bad-length", "The list is too short or too long.", $"{count}", $"{min} to {NoticeReader.ListMax}");
            return [];
        }

        return [.. list.EnumerateArray()
            .Select((item, index) => JsonValues.Text(item, JsonPointer.Down(pointer, index), findings))
            .OfType<FreeText>()];
    }
}
