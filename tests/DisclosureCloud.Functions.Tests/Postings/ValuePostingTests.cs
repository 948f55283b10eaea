using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Postings;

/// <summary>Values are looked for under a posting: wherever the ledger holds a commitment, it says of which posting it is.</summary>
public sealed class ValuePostingTests
{
    private const string Fund = "f-values";

    private readonly DeskWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommitmentInTheLedger_IsKeptUnderThePostingThatItsPlaceNames()
    {
        await RecordOfEverySortAsync();
        List<Commit> commits = await _world.CommitsAsync();
        List<Opening> openings = await AllAsync();
        var found = new HashSet<Commitment>();
        foreach (Commit commit in commits)
        {
            string text = Encoding.UTF8.GetString(commit.ToBytes());
            foreach (Opening opening in openings.Where(opening => text.Contains(opening.Commitment.Hex, StringComparison.Ordinal)))
            {
                found.Add(opening.Commitment);
                PlacesOf(commit, opening.Commitment).ShouldBe([opening.Posting], $"{opening.Value} in {commit.Stream} {commit.Version}");
            }
        }

        found.Count.ShouldBe(openings.Count, "all that was put is in some commit");
        openings.ShouldContain(opening => opening.Value == "the word of a rejection");
        openings.ShouldContain(opening => opening.Value == "corrected again");
    }

    [Fact]
    public async Task EveryValueOfEveryEntry_IsFoundUnderTheEntrysPosting()
    {
        await RecordOfEverySortAsync();
        int values = 0;
        foreach (Leaf leaf in (await _world.CommitsAsync()).SelectMany(commit => commit.Entries))
        {
            Commitment[] held = [.. SealedFact.Of(leaf.Json).Commitments()];
            Commitment[] kept = [.. (await _world.Values.GetAsync([leaf.Id.Posting], Cancel)).Select(opening => opening.Commitment)];
            held.Except(kept).ShouldBeEmpty($"{leaf.Id}");
            values += held.Length;
        }

        values.ShouldBeGreaterThan(100);
    }

    // The postings that a commit names where it holds the commitment: its stream's, a leaf's, that of the fund's notice.
    private static PostingId[] PlacesOf(Commit commit, Commitment commitment)
    {
        IEnumerable<PostingId> places = commit.Entries.Where(leaf => SealedFact.Of(leaf.Json).Commitments().Contains(commitment)).Select(leaf => leaf.Id.Posting);
        if (commit.Stream.Posting is { } posting)
        {
            places = places.Append(posting);
        }

        if (Outcome.BooksOf(commit)?.Notice is { } notice && notice.Content == commitment)
        {
            places = places.Append(notice.Posting);
        }

        return [.. places.Distinct()];
    }

    // A notice, a fund, corrections of both, a correction of a correction, a withdrawal, a rejection, a refusal, a message turned away.
    private async Task RecordOfEverySortAsync()
    {
        await _world.OpenFundAsync(Fund, 1_000);
        EntryId wrong = await EntryAsync(Noted(100, "wrong"), "wrong");
        await EntryAsync(Office.Correction(wrong.Value, Noted(90, "corrected")), "corrected");
        await EntryAsync(Office.Correction(wrong.Value, Noted(80, "corrected again")), "again");
        await EntryAsync(Office.Withdrawal((await EntryAsync(Noted(10, "withdrawn"), "to withdraw")).Value), "withdrawn");

        PostingRecord notice = await _world.RecordAsync(Office.Notice("n-values"), "notice");
        Leaf row = (await _world.CommitsAsync()).SelectMany(commit => commit.Entries).First(leaf => leaf.Id.Posting == notice.Id && leaf.Json["kind"]!.GetValue<string>() == "allocation");
        await EntryAsync(Office.Correction(row.Id.Value, OfRow(row)), "row");

        PostingId rejected = await ProposeAsync(Noted(10, "rejected"), "rejected");
        await _world.Desk.DecideAsync(rejected, DeskWorld.Approver, approve: false, FreeText.Of("the word of a rejection"), Cancel);

        PostingId first = await ProposeAsync(Noted(900, "takes it all"), "first");
        PostingId late = await ProposeAsync(Noted(900, "comes too late"), "late");
        foreach (PostingId one in new[] { first, late })
        {
            await _world.Desk.DecideAsync(one, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);
        }

        ((PostingRecord)(await _world.Desk.FindAsync(late, Cancel))!).State.ShouldBe(PostingState.Refused);
        await _world.Desk.TurnAwayAsync(
            PostingId.Of(DeskWorld.Poster.Department, "away"), DeskWorld.Poster, DeskWorld.DraftOf(Noted(1, "turned away")), [new Finding("", "no-such-fund", "")], Cancel);
    }

    private static JsonObject Noted(long yuan, string note)
    {
        JsonObject allocation = Office.Allocation(Fund, yuan);
        allocation["note"] = note;
        return allocation;
    }

    // The row with another amount; what only its notice states is kept by the ledger.
    private static JsonObject OfRow(Leaf row) => new()
    {
        ["kind"] = "allocation",
        ["date"] = "2020-12-31",
        ["fund"] = row.Json["fund"]!.GetValue<string>(),
        ["project"] = row.Json["project"]!.GetValue<string>(),
        ["unit"] = "fen",
        ["amount"] = row.Json["amountFen"]!.GetValue<long>() - 1,
        ["note"] = "the row's new note",
    };

    private async Task<EntryId> EntryAsync(JsonObject posting, string key)
    {
        PostingRecord record = await _world.RecordAsync(posting, key);
        record.State.ShouldBe(PostingState.Effective, string.Create(CultureInfo.InvariantCulture, $"{key}: {record.Refusal}"));
        return record.EntryIds.First();
    }

    private async Task<PostingId> ProposeAsync(JsonObject posting, string key) =>
        ((Submission.Accepted)await _world.Desk.SubmitAsync(DeskWorld.DraftOf(posting), DeskWorld.Poster, key, Cancel)).Record.Id;

    private async Task<List<Opening>> AllAsync()
    {
        var all = new List<Opening>();
        await foreach (Opening opening in _world.Values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel))
        {
            all.Add(opening);
        }

        return all;
    }
}
