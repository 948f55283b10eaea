using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>A trial says that it is one, and calls copied what was copied alone.</summary>
public sealed class TrialTests
{
    private const string NoSite = "A trial. This is not a site of the governments that it names.";

    [Fact]
    public void Banner_OfCopiedNotices_SaysThatAllIsCopied() =>
        Banner(TestSite.Sample).ShouldBe($"{NoSite} What it shows is copied from public notices.");

    [Fact]
    public void Banner_OfWhatDepartmentsPosted_DoesNotCallItCopied()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(MoneyWorld.Entries, MoneyWorld.AsOf));

        Banner(site).ShouldBe(NoSite);
        site.Page("en/index.html").QuerySelector("footer")!.TextContent.ShouldContain("This is not a site of the governments");
        string[] explaining = ["about/", "glossary/", "dictionary/", "verify/"]; // These say what a copy is, whatever the site holds.
        foreach (string path in site.Pages.Where(path => !explaining.Any(part => path.Contains(part, StringComparison.Ordinal))))
        {
            site.Text(path).ShouldNotContain("copied", Case.Insensitive, path);
            site.Text(path).ShouldNotContain("转录", Case.Sensitive, path);
        }
    }

    [Fact]
    public void Banner_OfBoth_LeadsToWhereACopyIsMarked()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf([.. SampleWorld.Entries, .. MoneyWorld.Entries], MoneyWorld.AsOf));

        Banner(site).ShouldBe($"{NoSite} A notice that was copied from a public page says so.");
    }

    [Fact]
    public void Notice_CopiedOrPosted_SaysWhichItIs()
    {
        const string Page = "en/notices/beiguan-2018/index.html";
        TestSite posted = TestSite.Of(TestSite.SnapshotOf([.. SampleWorld.Entries.Select(entry => entry with { Channel = Channel.Http })]));

        Source(TestSite.Sample).ShouldStartWith("Copied from: http");
        Source(posted).ShouldStartWith("Posted by import. Published at: http");
        Banner(posted).ShouldBe(NoSite);

        static string Source(TestSite site) => site.Page(Page).QuerySelector("[aria-labelledby=source] p")!.TextContent;
    }

    private static string Banner(TestSite site) => site.Page("en/index.html").QuerySelector(".whose")!.TextContent.Trim();
}
