using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>A fund: the id of the notice that made it, or one that the department gives.</summary>
public readonly partial record struct FundId : IId<FundId>
{
    private const string Form = "[a-z0-9][a-z0-9-]{2,63}";

    private FundId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out FundId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new FundId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>A public notice.</summary>
public readonly partial record struct NoticeId : IId<NoticeId>
{
    private const string Form = "[a-z0-9][a-z0-9-]{2,63}";

    private NoticeId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out NoticeId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new NoticeId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>A project or programme: <c>{noticeId}-p{no, two digits or more}</c> where a notice registered it.</summary>
public readonly partial record struct ProjectId : IId<ProjectId>
{
    private const string Form = "[a-z0-9][a-z0-9-]{2,79}";

    private ProjectId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out ProjectId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new ProjectId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>An item of the project library.</summary>
public readonly partial record struct PlanItemId : IId<PlanItemId>
{
    private const string Form = "[a-z0-9][a-z0-9-]{2,79}";

    private PlanItemId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out PlanItemId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new PlanItemId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>What a finished project left.</summary>
public readonly partial record struct AssetId : IId<AssetId>
{
    private const string Form = "[a-z0-9][a-z0-9-]{2,79}";

    private AssetId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out AssetId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new AssetId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>A department as its tokens name it.</summary>
public readonly partial record struct DepartmentId : IId<DepartmentId>
{
    private const string Form = "[a-z0-9][a-z0-9-]{1,63}";

    private DepartmentId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out DepartmentId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new DepartmentId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>A person as the tokens name them: an account, never a name.</summary>
public readonly partial record struct PersonId : IId<PersonId>
{
    private const string Form = "[A-Za-z0-9][A-Za-z0-9._@-]{1,127}";

    private PersonId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out PersonId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new PersonId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>One entry: <c>{postingId}-{n}</c>, n counted from 1 within the posting.</summary>
public readonly partial record struct EntryId : IId<EntryId>
{
    private const string Form = "[a-z2-7]{26}-[1-9][0-9]{0,5}";

    private EntryId(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    /// <param name="posting">The posting that the entry comes from.</param>
    /// <param name="number">Its place in the posting, from 1.</param>
    public static EntryId Of(PostingId posting, int number) => new($"{posting.Value}-{number}");

    /// <summary>The posting that the entry comes from.</summary>
    public PostingId Posting => Id.Parse<PostingId>(Value[..PostingId.Length]);

    /// <summary>Its place in the posting, from 1.</summary>
    public int Number => int.Parse(Value.AsSpan(PostingId.Length + 1), System.Globalization.CultureInfo.InvariantCulture);

    public static bool TryParse([NotNullWhen(true)] string? text, out EntryId id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new EntryId(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}
