namespace DisclosureCloud.Ledger;

/// <summary>One column of a kind's table, as spreadsheets have it.</summary>
public sealed class KindColumn
{
    private readonly FieldSchema? _leaf;

    /// <summary>What every posting has beside its fields: its kind, date and unit.</summary>
    internal KindColumn(string member, Type valueType, bool isRequired, string chinese, string english) =>
        (Name, Member, ValueType, IsRequired, Chinese, English) = (member, member, valueType, isRequired, chinese, english);

    /// <summary>A single value, or a list of values in one cell.</summary>
    internal KindColumn(FieldSchema field)
    {
        _leaf = field;
        (Name, Member, ValueType, IsRequired) = (field.Name, field.Name, field.ValueType, field.IsRequired);
        (Chinese, English) = (field.Chinese, field.English);
    }

    /// <summary>A part of a group.</summary>
    /// <param name="number">Which of a list's groups, from 1; 0 where the group is no list.</param>
    internal KindColumn(FieldSchema group, int number, FieldSchema part)
    {
        _leaf = part;
        (Name, Member, Number, Part) = (KindColumns.NameOf(group.Name, number, part.Name), group.Name, number, part.Name);
        ValueType = part.ValueType;
        IsRequired = part.IsRequired && group.IsRequired && number <= 1;
        IsRequiredInGroup = part.IsRequired;
        string which = number == 0 ? "" : $" {number}";
        (Chinese, English) = ($"{group.Chinese}{which}:{part.Chinese}", $"{group.English}{which}: {part.English}");
    }

    /// <summary>As the header has it: <c>fund</c>, <c>targets/1/indicator</c>.</summary>
    public string Name { get; }

    /// <summary>The member of the posting that it fills, or fills a part of.</summary>
    public string Member { get; }

    /// <summary>Which of a list's groups it is of, from 1; 0 where it is of none.</summary>
    public int Number { get; }

    /// <summary>The member within the group; null where it is of none.</summary>
    public string? Part { get; }

    /// <summary>The type of the value, or of an item where a cell lists several.</summary>
    public Type ValueType { get; }

    /// <summary>True where every row states it.</summary>
    public bool IsRequired { get; }

    /// <summary>True where a row states it that states anything of the same group.</summary>
    public bool IsRequiredInGroup { get; }

    /// <summary>True where a cell lists several values.</summary>
    public bool IsList => _leaf is { IsArray: true };

    /// <summary>True where postings have a JSON number.</summary>
    public bool HoldsNumber =>
        ValueType == typeof(Money) || ValueType == typeof(Quantity) || ValueType == typeof(int) || ValueType == typeof(long)
        || ValueType == typeof(Percent) || ValueType == typeof(BudgetYear) || ValueType == typeof(Headcount);

    public bool HoldsDate => ValueType == typeof(DateOnly);

    public string Chinese { get; }

    public string English { get; }
}
