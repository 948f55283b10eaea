using System.Runtime.CompilerServices;

namespace DisclosureCloud.Site;

/// <summary>What the compiler turns <c>page.Write($"""…""")</c> into: each part goes straight to the page, in the order it is read.</summary>
/// <remarks>A hole of a type that is not listed here does not compile. An id is written by its <c>Value</c>.</remarks>
[InterpolatedStringHandler]
internal readonly ref struct PageMarkup
{
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE0060", Justification = "The compiler passes both lengths.")]
    public PageMarkup(int literalLength, int formattedCount, PageWriter page) => Target = page;

    internal PageWriter Target { get; }

    public void AppendLiteral(string literal) => Target.Literal(literal);

    public void AppendFormatted(string? text) => Target.Text(text);

    public void AppendFormatted(int number) => Target.Number(number);

    public void AppendFormatted(long number) => Target.Number(number);

    public void AppendFormatted(DateOnly date) => Target.Date(date);

    /// <summary>The one way for markup to stay markup. Generic, so that a struct is not boxed.</summary>
    public void AppendFormatted<TMarkup>(TMarkup markup)
        where TMarkup : IMarkup => markup.WriteTo(Target);
}
