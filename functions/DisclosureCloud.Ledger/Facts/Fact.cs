using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What an entry says, one record a kind. The record is the one place where its kind is defined.</summary>
/// <remarks>
/// <c>KindSchema</c> reads the record's constructor: its parameters are the fields, in order; a parameter that may be null may be
/// left out; its type says what is valid and whether the leaf holds the value or a commitment to it. From there come the reader of
/// postings, the leaf, the JSON Schema and the dictionary.
/// </remarks>
public abstract record Fact;

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
[AttributeUsage(AttributeTargets.Parameter)]
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
