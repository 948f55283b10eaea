using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>What a commit has to tell once the site shows it.</summary>
/// <remarks>
/// The same commit gives events of the same ids for ever, so that whoever receives one twice can drop the repeat:
/// <c>{type}/{id of what it is about}</c>.
/// </remarks>
public static class PublicEvents
{
    /// <summary>The events of a commit, in the order of its entries; none where it holds nothing that is ever public.</summary>
    /// <param name="asOf">The date that the site goes by: a notice whose period is over by then is opened no more.</param>
    public static IEnumerable<PublicEvent> Of(Commit commit, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Stream == StreamName.Site)
        {
            return commit.Entries.Select(leaf => PublishedSite(leaf, commit));
        }

        return commit.Stream.HoldsFacts
            ? commit.Entries.Select(leaf => PublishedEntry(leaf, commit)).Concat(commit.Entries.Select(leaf => OpenedNotice(leaf, commit, asOf)).OfType<PublicEvent>())
            : [];
    }

    private static PublicEvent PublishedEntry(Leaf leaf, Commit commit) => Event(EventType.EntryPublished, leaf.Id.Value, commit, new JsonObject
    {
        ["entry"] = leaf.Id.Value,
        ["kind"] = SealedFact.Of(leaf.Json).Kind,
        ["stream"] = commit.Stream.Value,
    });

    private static PublicEvent? OpenedNotice(Leaf leaf, Commit commit, DateOnly asOf)
    {
        SealedFact fact = SealedFact.Of(leaf.Json);

        // A notice that states no period may have been over for years: it opens nothing.
        if (fact.Kind != "notice" || fact.Open(_ => null) is not Notice { Form: NoticeForm.Gongshi, PeriodFrom: { } from } notice || notice.PeriodTo < asOf)
        {
            return null;
        }

        var data = new JsonObject { ["notice"] = notice.NoticeId.Value, ["region"] = notice.Region.Value, ["periodFrom"] = SealedFact.DateText(from) };
        if (notice.PeriodTo is { } to)
        {
            data["periodTo"] = SealedFact.DateText(to);
        }

        return Event(EventType.NoticeOpened, notice.NoticeId.Value, commit, data);
    }

    private static PublicEvent PublishedSite(Leaf leaf, Commit commit)
    {
        var fact = (Publication)SealedFact.Of(leaf.Json).Open(_ => null);
        return Event(EventType.SitePublished, leaf.Id.Value, commit, new JsonObject
        {
            ["publication"] = leaf.Id.Value,
            ["position"] = fact.Position,
            ["asOf"] = SealedFact.DateText(fact.AsOf),
            ["manifestSha256"] = fact.ManifestSha256.Value,
        });
    }

    private static PublicEvent Event(EventType type, string about, Commit commit, JsonObject data)
    {
        string subject = type == EventType.SitePublished ? type.Subject : $"{type.Subject[..type.Subject.IndexOf('/', StringComparison.Ordinal)]}/{about}";
        return new PublicEvent($"{type.Name}/{about}", type.Name, subject, commit.RecordedAt, data);
    }
}
