using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Reads what somebody complains of: <c>{"sort": …, "category": …, "about": {…}, "text": "…"}</c>.</summary>
public static class ComplaintReader
{
    private const string AboutName = "about";

    private static readonly string[] Subjects = ["notice", "fund", "project", "region", "department"];

    /// <summary>The complaint; null with findings. What the guard refuses is told by place and rule alone.</summary>
    public static Complaint? Read(JsonElement json, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        PersonalDataGuard.Screen(json, "", findings);
        if (findings.Any)
        {
            return null;
        }

        var root = new ObjectReader(json, "", findings);
        ComplaintSort? sort = root.Take("sort", required: true) is { } one ? JsonValues.Code<ComplaintSort>(one, "/sort", findings) : null;
        ComplaintCategory? category = root.Take("category", required: true) is { } another ? JsonValues.Code<ComplaintCategory>(another, "/category", findings) : null;
        ComplaintSubject? about = root.Take(AboutName, required: true) is { } subject ? ReadSubject(subject, findings) : null;
        FreeText? text = root.Take("text", required: true) is { } words ? JsonValues.Text(words, "/text", findings) : null;
        root.RefuseOthers();
        if (sort == ComplaintSort.Objection && about is { Notice: null })
        {
            findings.Add($"/{AboutName}/notice", "missing", "An objection is to a notice: say which.");
        }

        return findings.Any ? null : new Complaint(sort!.Value, category!.Value, about!, text!);
    }

    public static JsonObject Schema() => new()
    {
        ["$schema"] = KindJsonSchema.Dialect,
        ["title"] = "投诉或异议 / A complaint, or an objection to a notice",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("sort", "category", AboutName, "text"),
        ["properties"] = new JsonObject
        {
            ["sort"] = Codes(typeof(ComplaintSort), "投诉或异议 / A complaint, or an objection, which is to a notice"),
            ["category"] = Codes(typeof(ComplaintCategory), "类别 / What is said to be wrong"),
            [AboutName] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["minProperties"] = 1,
                ["maxProperties"] = 1,
                ["properties"] = new JsonObject(Subjects.Zip([NoticeId.Pattern, FundId.Pattern, ProjectId.Pattern, RegionCode.PatternInAKnownProvince, DepartmentId.Pattern])
                    .Select(subject => KeyValuePair.Create(subject.First, (JsonNode?)new JsonObject { ["type"] = "string", ["pattern"] = subject.Second }))),
                ["description"] = "针对什么,只写一项 / What it is about, one thing alone",
            },
            ["text"] = new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = FreeText.LengthMax,
                ["description"] = "情况说明,不写姓名、号码、住址 / What happened, without names, numbers and addresses of persons",
            },
        },
    };

    internal static JsonObject Codes(Type list, string description) => new()
    {
        ["enum"] = new JsonArray([.. Code.Texts(list).Select(text => (JsonNode)text)]),
        ["description"] = description,
    };

    private static ComplaintSubject? ReadSubject(JsonElement json, Findings findings)
    {
        var reader = new ObjectReader(json, $"/{AboutName}", findings);
        var subject = new ComplaintSubject(Take<NoticeId>("notice"), Take<FundId>("fund"), Take<ProjectId>("project"), Take<RegionCode>("region"), Take<DepartmentId>("department"));
        reader.RefuseOthers();
        if (subject.Region is { IsInAKnownProvince: false } unknown)
        {
            findings.Add(reader.At("region"), "bad-region-code", "No province has a code that begins like this.", unknown.Value);
        }

        int given = Subjects.Count(reader.Has);
        if (reader.IsObject && given != 1)
        {
            findings.Add(reader.Pointer, "not-one-subject", "A complaint is about exactly one thing.", null, string.Join(", ", Subjects));
        }

        return reader.IsObject && given == 1 ? subject : null;

        TId? Take<TId>(string name)
            where TId : struct, IId<TId> => reader.Take(name, required: false, nullable: false) is { } id ? JsonValues.Identifier<TId>(id, reader.At(name), findings) : null;
    }
}
