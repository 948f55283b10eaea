using System.Globalization;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>Reads single values, each with its one way of being right; anything else is a finding and null.</summary>
internal static class JsonValues
{
    // What is echoed of a figure. A longer one says nothing more to its sender.
    private const int FoundLengthMax = 40;

    public static string Name(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind kind => kind.ToString().ToLowerInvariant(),
    };

    public static string? String(JsonElement json, string pointer, Findings findings)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.GetString();
        }

        findings.Add(pointer, "wrong-type", "A string is wanted here.", Name(json), "string");
        return null;
    }

    public static FreeText? Text(JsonElement json, string pointer, Findings findings)
    {
        if (String(json, pointer, findings) is not { } text)
        {
            return null;
        }

        if (TextRules.Fault(text) is { } fault)
        {
            findings.Add(pointer, fault.Code, fault.Detail);
            return null;
        }

        return FreeText.Of(text);
    }

    public static long? Whole(JsonElement json, string pointer, long min, long max, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.Number)
        {
            findings.Add(pointer, "wrong-type", "A number is wanted here.", Name(json), "integer");
            return null;
        }

        if (json.TryGetInt64(out long number) && number >= min && number <= max)
        {
            return number;
        }

        findings.Add(pointer, "out-of-range", "A whole number within the range is wanted here.", Short(json.GetRawText()), Range(min, max));
        return null;
    }

    /// <summary>An amount from the raw characters of the number. Zero passes only where <paramref name="zeroAllowed"/>.</summary>
    public static Money? Amount(JsonElement json, string pointer, AmountUnit unit, bool zeroAllowed, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.Number)
        {
            findings.Add(pointer, "wrong-type", "An amount is a number, without quotes.", Name(json), "number");
            return null;
        }

        string raw = json.GetRawText();
        switch (AmountText.TryRead(raw, unit, out long fen))
        {
            case AmountFault.NotWholeFen:
                findings.Add(pointer, "not-whole-fen", "An amount is a whole number of fen; it is never rounded.", Short(raw), "whole fen");
                return null;
            case AmountFault.TooLarge or AmountFault.NotANumber:
                findings.Add(pointer, "amount-too-large", "An amount is at most 2^53-1 fen.", Short(raw), $"{Money.FenMax} fen");
                return null;
            default:
                break;
        }

        if (fen > 0 || (fen == 0 && zeroAllowed))
        {
            return new Money(fen);
        }

        findings.Add(pointer, "not-positive", "An amount is more than zero.", Short(raw), zeroAllowed ? ">= 0" : "> 0");
        return null;
    }

    /// <summary>The same of a body whose unit may be missing or unknown.</summary>
    /// <remarks>
    /// Without a unit an amount has no meaning; that it is missing is a finding of its own, made once. What is wrong in every unit is said
    /// at the same time.
    /// </remarks>
    public static Money? Amount(JsonElement json, string pointer, AmountUnit? unit, bool zeroAllowed, Findings findings)
    {
        if (unit is { } known)
        {
            return Amount(json, pointer, known, zeroAllowed, findings);
        }

        Finding? wrong = null;
        foreach (AmountUnit one in Enum.GetValues<AmountUnit>())
        {
            var found = new Findings();
            if (Amount(json, pointer, one, zeroAllowed, found) is not null)
            {
                return null;
            }

            wrong = found.All[0];
        }

        findings.Add(wrong!);
        return null;
    }

    /// <summary>A quantity from the raw characters of the number.</summary>
    public static Quantity? Quantity(JsonElement json, string pointer, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.Number)
        {
            findings.Add(pointer, "wrong-type", "A quantity is a number, without quotes.", Name(json), "number");
            return null;
        }

        string raw = json.GetRawText();
        if (Ledger.Quantity.TryRead(raw, out Quantity quantity))
        {
            return quantity;
        }

        findings.Add(pointer, "bad-quantity", "A quantity has at most three decimal places and is not below zero.", Short(raw), "0 to 2^53-1 thousandths");
        return null;
    }

    public static DateOnly? Date(JsonElement json, string pointer, DateOnly last, Findings findings)
    {
        if (String(json, pointer, findings) is not { } text)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            findings.Add(pointer, "not-a-date", "A date of the calendar is wanted here.", wanted: "yyyy-MM-dd");
            return null;
        }

        if (date >= CivilDate.First && date <= last)
        {
            return date;
        }

        findings.Add(pointer, "date-out-of-range", "The date does not make sense here.", text, Range(CivilDate.First, last));
        return null;
    }

    public static Enum? Code(JsonElement json, Type list, string pointer, Findings findings)
    {
        if (String(json, pointer, findings) is not { } text)
        {
            return null;
        }

        if (Ledger.Code.TryParse(list, text) is { } code)
        {
            return code;
        }

        findings.Add(pointer, "unknown-code", "There is no such code.", wanted: string.Join(", ", Ledger.Code.Texts(list)));
        return null;
    }

    public static TCode? Code<TCode>(JsonElement json, string pointer, Findings findings)
        where TCode : struct, Enum => (TCode?)Code(json, typeof(TCode), pointer, findings);

    public static TId? Identifier<TId>(JsonElement json, string pointer, Findings findings)
        where TId : struct, IId<TId>
    {
        if (String(json, pointer, findings) is not { } text)
        {
            return null;
        }

        if (TId.TryParse(text, out TId id))
        {
            return id;
        }

        findings.Add(pointer, "bad-id", "It has not the form of such an id.", wanted: TId.Pattern);
        return null;
    }

    private static string Range(IFormattable first, IFormattable last) =>
        $"{first.ToString(first is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture)} to "
        + last.ToString(last is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture);

    private static string Short(string raw) => raw.Length <= FoundLengthMax ? raw : $"a number of {raw.Length} characters";
}
