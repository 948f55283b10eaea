using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Ledger;

/// <summary>What an entry says, one record a kind. The record is the one place where its kind is defined.</summary>
/// <remarks>
/// <c>KindSchema</c> reads the record's constructor: its parameters are the fields, in order; a parameter that may be null may be
/// left out; its type says what is valid and whether the leaf holds the value or a commitment to it. From there come the reader of
/// postings, the leaf, the JSON Schema and the dictionary.
/// </remarks>
public abstract record Fact
{
    /// <summary>The field of every posted kind that names evidence files, in postings and in leaves.</summary>
    public const string EvidenceName = "evidenceFiles";

    /// <summary>Files that show what is said. A scan, a photograph, a signed list: who approves and who audits looks at them, and nobody else.</summary>
    /// <remarks>
    /// Every kind that is posted has it, so that no department wonders whether its kind does; an amendment has none, since what takes an entry's
    /// place brings its own. It is no parameter of the records: it means the same in each.
    /// </remarks>
    [Field("证明文件（从不公开）", "Evidence files, never public", Name = EvidenceName)]
    public ImmutableArray<EvidenceFile> EvidenceFiles { get; init; } = [];
}

/// <summary>An evidence file as an entry names it.</summary>
/// <param name="Content">The commitment to its bytes; null in what was posted, until it is known that there is such a file.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EvidenceFile(EvidenceFileId Id, Commitment? Content)
{
    /// <summary>How many an entry names at most: an entry is looked at by a person before it takes effect.</summary>
    public const int CountMax = 20;
}

/// <summary>A fact that names a fund: of its money, its projects, its notices.</summary>
public interface IOfFund
{
    FundId FundId { get; }
}

/// <summary>A fact about one project as one fund registered it.</summary>
public interface IOfProject : IOfFund
{
    ProjectId ProjectId { get; }
}

/// <summary>Names a kind and says which stream its entries belong to.</summary>
/// <param name="name">As postings and entries have it.</param>
/// <param name="chinese">The term in Chinese, as in the glossary.</param>
/// <param name="english">The term in English.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KindAttribute(string name, string chinese, string english) : Attribute
{
    public string Name { get; } = name;

    public string Chinese { get; } = chinese;

    public string English { get; } = english;

    /// <summary>False for kinds that only a notice or the publisher makes.</summary>
    public bool Posted { get; init; } = true;

    /// <summary>True where a second person always decides, as for every kind that states money, whatever the operator sets.</summary>
    public bool AlwaysApproved { get; init; }
}

/// <summary>Says what a field means, in both languages.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class FieldAttribute(string chinese, string english) : Attribute
{
    public string Chinese { get; } = chinese;

    public string English { get; } = english;

    /// <summary>The field's name in JSON where it is not the parameter's.</summary>
    public string? Name { get; init; }

    /// <summary>True for fields that a posting cannot set: they come from a notice.</summary>
    public bool FromNotice { get; init; }

    /// <summary>True for fields that a posting cannot set: they come from its approval.</summary>
    public bool FromApproval { get; init; }

    /// <summary>True for the id under which others know the thing. A correction never changes it.</summary>
    public bool Key { get; init; }

    /// <summary>True for a list that may not be empty.</summary>
    public bool Required { get; init; }

    /// <summary>True for an amount that may be nothing, such as what a reduction leaves.</summary>
    public bool ZeroAllowed { get; init; }
}
