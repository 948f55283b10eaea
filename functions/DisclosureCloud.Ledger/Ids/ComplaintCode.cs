using System.Diagnostics.CodeAnalysis;

namespace DisclosureCloud.Ledger;

/// <summary>What somebody who complained has in hand, to look the complaint up: 80 random bits, in groups that can be read aloud and written down.</summary>
/// <remarks>
/// It is told once, in the answer to the complaint, and kept nowhere: whoever handles the complaint knows its <see cref="ComplaintId"/>, from
/// which no code follows. 80 bits are not guessed: with a thousand calls a second, one of a million complaints is found in twenty million years.
/// </remarks>
public readonly record struct ComplaintCode : IId<ComplaintCode>
{
    /// <summary>In bytes.</summary>
    private const int RandomLength = 10;

    private const int Length = 16;

    private const int GroupLength = 4;

    private ComplaintCode(string value) => Value = value;

    /// <summary>The form in which it is given out.</summary>
    public static string Pattern => "^[a-z2-7]{4}(-[a-z2-7]{4}){3}$";

    /// <summary>In groups, as it is given out: <c>abcd-efgh-ijkl-mnop</c>.</summary>
    public string Value { get; }

    public static ComplaintCode New(ISaltSource salts)
    {
        ArgumentNullException.ThrowIfNull(salts);
        Span<byte> random = stackalloc byte[RandomLength];
        salts.Fill(random);
        return Grouped(Base32.Of(random, Length));
    }

    /// <summary>Reads it as somebody writes it down: with dashes or without, in letters of any size.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ComplaintCode id)
    {
        string? plain = text?.Length <= 2 * Length ? text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant() : null;
        bool good = Base32.Is(plain, Length);
        id = good ? Grouped(plain!) : default;
        return good;
    }

    /// <summary>Says only that there is one: whoever has a code may look its complaint up, and diagnostics must not.</summary>
    public override string ToString() => "(code)";

    internal string Plain => Value.Replace("-", "", StringComparison.Ordinal);

    private static ComplaintCode Grouped(string plain) => new(string.Join('-', plain.Chunk(GroupLength).Select(group => new string(group))));
}
