using System.Collections.Immutable;
using System.Text;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>The rows of a notice are corrected like any entry, and stay rows of it.</summary>
public sealed class NoticeAmendmentTests
{
    [Fact]
    public void Correct_ARowOfANotice_KeepsItsNoticeAndRow()
    {
        var ledger = new TinyLedger();
        var findings = new Findings();
        Draft notice = PostingReader.ReadNotice(SampleWorld.NoticeBytes(SampleWorld.NoticeFiles[0]), SampleWorld.Today, findings).ShouldNotBeNull();
        PostingId posting = PostingId.Of(TinyLedger.Finance, "notice");
        ledger.Post(posting, notice.Facts(posting)).ShouldBeNull();
        Entry row = ledger.Entries.First(entry => entry.Fact is Allocation);
        var before = (Allocation)row.Fact;
        string body = $$"""
            {"kind": "correction", "date": "2026-03-02", "cites": "{{row.Id}}", "reason": "笔误", "replacement":
             {"kind": "allocation", "date": "2018-06-01", "fund": "{{before.FundId}}", "project": "{{before.ProjectId}}", "amount": 1, "unit": "yuan"} }
            """;
        Draft draft = PostingReader.ReadPosting(Encoding.UTF8.GetBytes(body), SampleWorld.Today, findings).ShouldNotBeNull(string.Join("; ", findings.All));
        PostingId correction = PostingId.Of(TinyLedger.Finance, "correction");

        ledger.Post(correction, draft.Facts(correction)).ShouldBeNull();

        var now = (Allocation)ledger.History.Find(row.Id)!.Now.Fact;
        now.ShouldBe(before with { Amount = new Money(100), DocumentNumber = null, Note = null });
        (now.Row, now.Notice).ShouldBe((before.Row, before.Notice));
        now.Notice.ShouldNotBeNull();
        ((Allocation)ledger.Entries[^1].Fact).Row.ShouldBe(before.Row);
        ledger.BooksOf(before.FundId)!.Notice.ShouldNotBeNull();
        ledger.BooksOf(before.FundId)!.Free.ShouldBe(before.Amount - new Money(100));
    }

    [Fact]
    public void Correct_AProjectOfANotice_NeedsNoPlanItemStill()
    {
        var ledger = new TinyLedger();
        Draft notice = PostingReader.ReadNotice(SampleWorld.NoticeBytes(SampleWorld.NoticeFiles[0]), SampleWorld.Today, new Findings()).ShouldNotBeNull();
        PostingId posting = PostingId.Of(TinyLedger.Finance, "notice");
        ledger.Post(posting, notice.Facts(posting));
        Entry row = ledger.Entries.First(entry => entry.Fact is Project);
        ImmutableArray<Fact> facts = [new Correction(row.Id, FreeText.Of("笔误"), null), (Project)row.Fact with { Name = FreeText.Of("更名"), Notice = null }];

        ledger.Post(PostingId.Of(TinyLedger.Finance, "correction"), facts).ShouldBeNull();

        ((Project)ledger.History.Find(row.Id)!.Now.Fact).ShouldSatisfyAllConditions(
            now => now.Name.Value.ShouldBe("更名"),
            now => now.Notice.ShouldBe(((Project)row.Fact).Notice));
    }
}
