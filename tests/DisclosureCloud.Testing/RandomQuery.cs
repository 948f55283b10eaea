using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Queries that find something, or nearly do.</summary>
public static class RandomQuery
{
    /// <summary>A query of one, two or three filters, made of what a leaf says.</summary>
    public static EntryQuery Of(SealedLeaf leaf, Random random)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(random);
        JsonObject json = leaf.Leaf.Json;
        var query = new EntryQuery();
        for (int filters = 1 + random.Next(3); filters > 0; filters--)
        {
            query = With(query, json, leaf.Leaf.Id, random);
        }

        return query;
    }

    private static EntryQuery With(EntryQuery query, JsonObject json, EntryId id, Random random)
    {
        string? Text(string name) => (string?)json[name];
        int shift = random.Next(5) - 2;
        long? amount = json["amountFen"]?.GetValue<long>();
        DateOnly? date = SealedFact.DateOf(json["date"])?.AddDays(shift * 100);
        DateTimeOffset recorded = Instant.Parse(Text("recordedAt")!).AddMinutes(shift * 10);
        string? place = Text("place") ?? Text("region");
        return random.Next(13) switch
        {
            0 => query with { Kind = Text("kind") },
            1 when Text("fund") is { } fund => query with { Fund = Id.Parse<FundId>(fund) },
            2 when Text("project") is { } project => query with { Project = Id.Parse<ProjectId>(project) },
            3 => query with { Department = Id.Parse<DepartmentId>(Text("department")!) },
            4 when place is not null => query with { Region = AtOrAbove(Id.Parse<RegionCode>(place), random) },
            5 when date is not null => query with { From = date },
            6 when date is not null => query with { To = date },
            7 => query with { RecordedFrom = recorded },
            8 => query with { RecordedBefore = recorded },
            9 when amount is { } fen => query with { AmountMin = Math.Max(0, fen + (shift * 1_000)) },
            10 when amount is { } fen => query with { AmountMax = Math.Max(0, fen + (shift * 1_000)) },
            11 => query with { Entry = id },
            12 => query with { Posting = id.Posting },
            _ => query with { Nature = Text("nature") ?? "progress" },
        };
    }

    private static RegionCode AtOrAbove(RegionCode place, Random random) =>
        random.Next(2) == 0 && place.Parent is { } parent ? AtOrAbove(parent, random) : place;
}
