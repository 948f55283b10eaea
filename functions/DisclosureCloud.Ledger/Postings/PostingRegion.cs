using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>Where a posting belongs: the smallest region that covers every place that it names and the place of what it is about.</summary>
/// <remarks>
/// What is about money of a county touches the whole county, also where it names a village. What names no place, and is about nothing that
/// has one, belongs to the whole country: a person who acts for a part of it neither posts nor sees it.
/// </remarks>
public static class PostingRegion
{
    /// <summary>The places that bear on a posting, each with where the posting says so; none where it has none.</summary>
    /// <param name="draft">What is posted.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="about">The places of what its facts are about, of the fund whose money it is, of the item of the library, of the department, each with the fact's place in the posting.</param>
    public static IReadOnlyList<(string Pointer, RegionCode Place)> PlacesOf(Draft draft, ImmutableArray<Fact> facts, IReadOnlyList<(int Index, RegionCode Place)> about)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(about);
        var places = new List<(string Pointer, RegionCode Place)>();
        for (int index = 0; index < facts.Length; index++)
        {
            places.AddRange(NamedIn(facts[index]).Select(named => (PointerTo(draft, index, named.Field), named.Place)));
        }

        places.AddRange(about.Select(one => (Batch.Is(draft.Kind) ? JsonPointer.Down("", one.Index) + PointerTo(facts[one.Index]) : PointerTo(facts[one.Index]), one.Place)));
        return places;
    }

    /// <summary>The smallest region that covers them; the country where there are none.</summary>
    public static RegionCode Of(IReadOnlyCollection<(string Pointer, RegionCode Place)> places) => places.Count == 0
        ? RegionCode.Country
        : places.Select(one => one.Place).Aggregate((one, other) => one.CommonWith(other));

    /// <summary>The place that the last commit of a stream says it is of; null where it says none.</summary>
    public static RegionCode? OfStream(StreamName stream, StreamState? state) => state switch
    {
        FundBooks books => books.Region,
        PlanState plan => plan.Place,
        SuccessionState unit when stream.Type == StreamType.Unit => unit.Region,
        _ => stream.Place,
    };

    private static IEnumerable<(string Field, RegionCode Place)> NamedIn(Fact fact) => KindSchema.Of(fact).Fields
        .Where(field => field.ValueType == typeof(RegionCode))
        .SelectMany(field => field.Values(fact).Select(value => (field.Name, (RegionCode)value)));

    // A notice names its region once, and its rows count below it.
    private static string PointerTo(Draft draft, int index, string field) => draft.Kind switch
    {
        "notice" => "/region",
        Batch.KindName => $"{JsonPointer.Down("", index)}/{field}",
        Correction.KindName when index == 1 => $"/{Correction.ReplacementName}/{field}",
        _ => $"/{field}",
    };

    private static string PointerTo(Fact fact) => fact switch
    {
        IAmendment => "/cites",
        IOfFund => "/fund",
        PlanItem or PlanApproval => "/planItem",
        RegionChange or CreditReport => "/place",
        _ => "/departmentId",
    };
}
