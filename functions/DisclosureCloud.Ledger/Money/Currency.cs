namespace DisclosureCloud.Ledger;

/// <summary>The currency of an amount: an ISO 4217 code. Unless a deployment says otherwise, it is CNY.</summary>
public readonly record struct Currency
{
    private const string Default = "CNY";

    // CNY is stored as null, so that default(Money) is zero yuan and equals new Money(0, Currency.Cny).
    private readonly string? _code;

    /// <param name="code">Three capital letters, as ISO 4217 has them.</param>
    /// <exception cref="ArgumentException">The code is not three capital letters.</exception>
    public Currency(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
        {
            throw new ArgumentException($"A currency is three capital letters, as ISO 4217 has them; found '{code}'.", nameof(code));
        }

        _code = code == Default ? null : code;
    }

    public static Currency Cny => default;

    public string Code => _code ?? Default;

    public override string ToString() => Code;
}
