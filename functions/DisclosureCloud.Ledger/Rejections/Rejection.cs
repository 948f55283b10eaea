using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>Why the rules refuse a fact: a caller's mistake, named, with the figures that disagree.</summary>
/// <param name="Code">The rejection's name for programs, stable.</param>
/// <param name="Pointer">The member of the posting that it is about.</param>
/// <param name="Detail">For people.</param>
public abstract partial record Rejection(string Code, string Pointer, string Detail)
{
    public string? Found { get; private init; }

    public string? Wanted { get; private init; }

    /// <summary>The same, of what takes an entry's place: that lies within the correction which was sent.</summary>
    public Rejection Within() => this with { Pointer = $"/{Correction.ReplacementName}{Pointer}" };

    /// <summary>The same, of one of several postings that are decided as one.</summary>
    /// <param name="index">From 0.</param>
    public Rejection InBatch(int index) => this with { Pointer = JsonPointer.Down("", index) + Pointer };

    public Finding ToFinding() => new(Pointer, Code, Detail, Found, Wanted);

    private static string Fen(Money amount) => string.Create(CultureInfo.InvariantCulture, $"{amount.Fen} fen");
}
