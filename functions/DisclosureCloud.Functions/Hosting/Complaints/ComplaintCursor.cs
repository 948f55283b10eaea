using System.Buffers;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>After which complaint a page of the list begins; or after which moment, where the last one that was looked at is none that its reader may see.</summary>
internal sealed record ComplaintCursor
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private ComplaintCursor(string text) => Text = text;

    /// <summary>The form that every cursor has.</summary>
    public static string Pattern => "^[0-9]{13}(-[a-z2-7]{26})?$";

    public string Text { get; }

    public string Moment => Text[..ComplaintPlace.MomentLength];

    public static ComplaintCursor After(ComplaintPlace place) => new(place.Name);

    public static ComplaintCursor AfterMoment(string moment) => new(moment);

    public static ComplaintCursor? TryParse(string? text)
    {
        bool good = text?.Length >= ComplaintPlace.MomentLength
            && !text.AsSpan(0, ComplaintPlace.MomentLength).ContainsAnyExcept(Digits)
            && (text.Length == ComplaintPlace.MomentLength
                || (text[ComplaintPlace.MomentLength] == '-' && Ledger.ComplaintId.TryParse(text[(ComplaintPlace.MomentLength + 1)..], out _)));
        return good ? new ComplaintCursor(text!) : null;
    }

    /// <summary>True for what the pages before had.</summary>
    public bool IsPast(ComplaintPlace place) => string.CompareOrdinal(place.Name, Text) <= 0 || place.Moment == Text;
}
