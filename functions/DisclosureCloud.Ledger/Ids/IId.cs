using System.Diagnostics.CodeAnalysis;

namespace DisclosureCloud.Ledger;

/// <summary>An identifier: readable, ASCII, stable for ever, and of a type of its own.</summary>
/// <typeparam name="TSelf">The identifier's type.</typeparam>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>The form that every value has, as an ECMA-262 regular expression (what JSON Schema takes).</summary>
    /// <remarks>Never hand it to .NET as it is: there <c>$</c> also matches before a last line feed, and an id would carry it on.</remarks>
    static abstract string Pattern { get; }

    string Value { get; }

    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf id);
}

/// <summary>Reads identifiers whose text is known to be good: our own stores, constants, tests.</summary>
public static class Id
{
    /// <exception cref="FormatException">The text is not of the type's form.</exception>
    public static TId Parse<TId>(string text)
        where TId : struct, IId<TId> => TId.TryParse(text, out TId id)
            ? id
            : throw new FormatException($"A {typeof(TId).Name} has the form {TId.Pattern}; found '{text}'.");
}

/// <summary>Orders identifiers by their characters, the same on every machine and in every culture.</summary>
public sealed class IdOrder<TId> : IComparer<TId>
    where TId : struct, IId<TId>
{
    public int Compare(TId x, TId y) => string.CompareOrdinal(x.Value, y.Value);
}
