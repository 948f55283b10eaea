using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>A value that must be able to be forgotten: entries hold only a salted commitment to it.</summary>
/// <remarks>Which fields are forgettable follows from their types alone, so that no kind can put a name into a leaf by accident.</remarks>
public interface IForgettable
{
    /// <summary>The value as it is committed to, or null where it is withheld.</summary>
    string? Plain { get; }
}

/// <summary>Free text, or the name of a person's post, a body or a place, exactly as it was sent.</summary>
public sealed record FreeText : IForgettable
{
    /// <summary>In UTF-16 units. The longest text on the notices we know has under 200.</summary>
    public const int LengthMax = 4_000;

    private FreeText(string? value) => Value = value;

    /// <summary>A text that was forgotten, or that the reader was not given.</summary>
    public static FreeText Withheld { get; } = new((string?)null);

    /// <summary>The text, or null where it is withheld.</summary>
    public string? Value { get; }

    string? IForgettable.Plain => Value;

    public static FreeText Of(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new FreeText(value);
    }

    /// <summary>Says only that there is a text: it must not reach diagnostics by way of a record's ToString.</summary>
    public override string ToString() => Value is null ? "(withheld)" : "(text)";
}

/// <summary>A number of households or persons.</summary>
public sealed record Headcount : IForgettable
{
    /// <summary>The least number that is shown to the public, other than none at all: with 1 to 9 a neighbour could tell who they are (design section 11).</summary>
    public const int LeastShown = 10;

    private Headcount(int? value, bool isSmall) => (Value, IsSmall) = (value, isSmall);

    public static Headcount Withheld { get; } = new(null, isSmall: false);

    /// <summary>What the public is told of a number from 1 to 9.</summary>
    public static Headcount UnderTen { get; } = new(null, isSmall: true);

    /// <summary>What the public is told of a number by which another could be told that is not shown.</summary>
    public static Headcount NotShown { get; } = new(null, isSmall: false) { IsCovered = true };

    /// <summary>The number, or null where it is withheld or not shown.</summary>
    public int? Value { get; }

    /// <summary>True for a number from 1 to 9, whether or not it is still here.</summary>
    public bool IsSmall { get; }

    /// <summary>True for what stands in place of a number that is not shown for the sake of another.</summary>
    public bool IsCovered { get; private init; }

    string? IForgettable.Plain => Value?.ToString(CultureInfo.InvariantCulture);

    public static Headcount Of(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new Headcount(value, value is > 0 and < LeastShown);
    }

    public override string ToString() => Value is null ? "(withheld)" : "(count)";
}

/// <summary>The hash by which a sender's body is known again. Never published, not even as an opening.</summary>
public sealed record Fingerprint : IForgettable
{
    private Fingerprint(string? hex) => Hex = hex;

    public static Fingerprint Withheld { get; } = new((string?)null);

    /// <summary>SHA-256 in lower-case hexadecimal, or null where it is withheld.</summary>
    public string? Hex { get; }

    string? IForgettable.Plain => Hex;

    public static Fingerprint Of(string hex)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hex);
        return new Fingerprint(hex);
    }

    public override string ToString() => "(fingerprint)";
}
