using System.Globalization;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Dates as people write them in cells and as spreadsheets count them. What cannot be told for sure stays as it is.</summary>
internal static class SheetDate
{
    private const string Form = "yyyy-MM-dd";

    // 9999-12-31 in the older of the two systems, the last day that spreadsheets know.
    private const int SerialMax = 2_958_465;

    // 1900 is counted as if it had had a 29 February (ECMA-376, part 1, 18.17.4.1), so that days before it have another beginning.
    private const int FalseLeapDay = 60;

    private static readonly DateOnly Beginning = new(1899, 12, 30);
    private static readonly DateOnly BeginningBeforeMarch = new(1899, 12, 31);
    private static readonly DateOnly Beginning1904 = new(1904, 1, 1);

    // The year stands first, so that day and month cannot be mistaken for one another.
    private static readonly string[] Written = ["yyyy/M/d", "yyyy年M月d日"];

    /// <summary>A written date as postings have it; any other text as it is, so that whoever reads the posting finds it.</summary>
    public static string OfText(string text) =>
        DateOnly.TryParseExact(text, Written, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? Of(date) : text;

    /// <summary>A serial number as postings have it; any other number as it is. An hour of a day is no date.</summary>
    public static string OfSerial(string number, bool from1904)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int serial) || serial > SerialMax)
        {
            return number;
        }

        return (from1904, serial) switch
        {
            (true, _) when serial <= DateOnly.MaxValue.DayNumber - Beginning1904.DayNumber => Of(Beginning1904.AddDays(serial)),
            (false, > FalseLeapDay) => Of(Beginning.AddDays(serial)),
            (false, > 0 and < FalseLeapDay) => Of(BeginningBeforeMarch.AddDays(serial)),
            _ => number,
        };
    }

    private static string Of(DateOnly date) => date.ToString(Form, CultureInfo.InvariantCulture);
}
