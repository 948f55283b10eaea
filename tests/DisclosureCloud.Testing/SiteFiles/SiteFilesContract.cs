using System.Text;
using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="ISiteFiles"/>, point by point, for every implementation.</summary>
/// <remarks>What a crash leaves is tested with each implementation: only it knows its own steps.</remarks>
public abstract class SiteFilesContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens this test's site; a second call opens the same one again, as another process would.</summary>
    protected abstract ISiteFiles Open();

    [Fact]
    public async Task Point1_StagedFile_IsNotPublic()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("a.txt", "old"));
        await StageAsync(site, ("a.txt", "new"), ("b.txt", "new"));

        (await ReadSiteAsync(site)).ShouldBe(["a.txt: old"]);
        (await site.ReadAsync("b.txt", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Point1_ManyStagedAtOnce_AreAllPublished()
    {
        ISiteFiles site = Open();
        string[] paths = [.. Enumerable.Range(0, 200).Select(number => $"{number % 7}/{number % 3}/page-{number}.html")];
        await Parallel.ForEachAsync(paths, Cancel, async (path, token) => await site.StageAsync(path, Encoding.UTF8.GetBytes(path), token));
        await site.ApplyAsync(paths, [], Cancel);
        (await ReadSiteAsync(site)).ShouldBe(paths.Order(StringComparer.Ordinal).Select(path => $"{path}: {path}"));
    }

    [Fact]
    public async Task Point4_StagedTwice_IsRefused()
    {
        ISiteFiles site = Open();
        await StageAsync(site, ("a.txt", "one"));
        await Should.ThrowAsync<InvalidOperationException>(() => StageAsync(site, ("a.txt", "two")));
    }

    [Fact]
    public async Task Point2_Applied_ReplacesRemovesAndLeavesTheRest()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("keep.txt", "1"), ("en/go/away.txt", "1"), ("en/stay.txt", "1"), ("status.json", "1"));
        await StageAsync(site, ("new/中文.txt", "2"), ("status.json", "2"));
        await site.ApplyAsync(["new/中文.txt", "status.json"], ["en/go/away.txt", "never/was.txt"], Cancel);

        (await ReadSiteAsync(site)).ShouldBe(["en/stay.txt: 1", "keep.txt: 1", "new/中文.txt: 2", "status.json: 2"]);
    }

    [Fact]
    public async Task Point2_RemovalsAlone_AreDone()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("a.txt", "1"), ("b.txt", "1"));
        await site.ApplyAsync([], ["a.txt"], Cancel);
        (await ReadSiteAsync(site)).ShouldBe(["b.txt: 1"]);
    }

    [Fact]
    public async Task Point2_PutNotStaged_IsRefusedAndNothingChanges()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("a.txt", "1"), ("b.txt", "1"));
        await StageAsync(site, ("a.txt", "2"));
        await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync(["a.txt", "c.txt"], ["b.txt"], Cancel));
        (await ReadSiteAsync(site)).ShouldBe(["a.txt: 1", "b.txt: 1"]);
    }

    [Fact]
    public async Task Point4_OnePathTwice_IsRefusedAndNothingChanges()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("a.txt", "1"));
        await StageAsync(site, ("a.txt", "2"), ("b.txt", "2"));
        await Should.ThrowAsync<ArgumentException>(() => site.ApplyAsync(["a.txt", "b.txt"], ["a.txt"], Cancel));
        await Should.ThrowAsync<ArgumentException>(() => site.ApplyAsync(["a.txt", "b.txt", "a.txt"], [], Cancel));
        (await ReadSiteAsync(site)).ShouldBe(["a.txt: 1"]);
    }

    [Fact]
    public async Task Point2_TokenCancelledBefore_ThrowsAndNothingChanges()
    {
        ISiteFiles site = Open();
        await StageAsync(site, ("a.txt", "1"));
        await Should.ThrowAsync<OperationCanceledException>(
            () => site.ApplyAsync(["a.txt"], [], new CancellationToken(canceled: true)));
        (await ReadSiteAsync(site)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point3_StagedAndNeverApplied_IsDiscardedByRecovery()
    {
        await StageAsync(Open(), ("a.txt", "1"));
        ISiteFiles site = Open();
        await site.RecoverAsync(Cancel);
        await site.RecoverAsync(Cancel);
        await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync(["a.txt"], [], Cancel));
        await PublishAsync(site, ("a.txt", "2"));
        (await ReadSiteAsync(site)).ShouldBe(["a.txt: 2"]);
    }

    [Fact]
    public async Task Point3_StagedAndLeftOutOfAnApply_IsDiscarded()
    {
        ISiteFiles site = Open();
        await StageAsync(site, ("a.txt", "1"), ("b.txt", "1"));
        await site.ApplyAsync(["a.txt"], [], Cancel);
        await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync(["b.txt"], [], Cancel));
        (await ReadSiteAsync(site)).ShouldBe(["a.txt: 1"]);
    }

    [Fact]
    public async Task Point3_ApplyOfNothing_ChangesNothingAndDiscardsWhatWasStaged()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("a.txt", "1"));
        await StageAsync(site, ("a.txt", "2"));
        await site.ApplyAsync([], [], Cancel);
        await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync(["a.txt"], [], Cancel));
        (await ReadSiteAsync(site)).ShouldBe(["a.txt: 1"]);
    }

    [Fact]
    public async Task Point3_RecoveringAWholeSite_ChangesNothing()
    {
        ISiteFiles site = Open();
        await site.RecoverAsync(Cancel);
        await PublishAsync(site, ("a.txt", "1"));
        await site.RecoverAsync(Cancel);
        (await ReadSiteAsync(Open())).ShouldBe(["a.txt: 1"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a.txt")]
    [InlineData("a//b.txt")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../a.txt")]
    [InlineData("a/../../b.txt")]
    [InlineData("a/./b.txt")]
    [InlineData("a/..")]
    [InlineData("a\\..\\b.txt")]
    [InlineData("c:/a.txt")]
    [InlineData("a.txt:stream")]
    [InlineData("a\0.txt")]
    [InlineData("a\n.txt")]
    public async Task Point5_PathOfAnotherForm_IsRefused(string path)
    {
        ISiteFiles site = Open();
        await Should.ThrowAsync<ArgumentException>(() => site.ReadAsync(path, Cancel));
        await Should.ThrowAsync<ArgumentException>(() => site.StageAsync(path, default, Cancel));
        await Should.ThrowAsync<ArgumentException>(() => site.ApplyAsync([], [path], Cancel));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("...")]
    [InlineData("..a/.b/c..")]
    [InlineData(".well-known/security.txt")]
    [InlineData("空 格/a b.txt")]
    public async Task Point5_PathOfTheForm_IsPublishedAndListed(string path)
    {
        ISiteFiles site = Open();
        await PublishAsync(site, (path, "1"));
        (await ReadSiteAsync(site)).ShouldBe([$"{path}: 1"]);
    }

    [Fact]
    public async Task List_AnyCulture_IsInOrdinalOrder()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("b.txt", "1"), ("B.txt", "1"), ("a/b.txt", "1"), ("a-b.txt", "1"), ("一.txt", "1"));
        (await site.ListAsync(Cancel)).ShouldBe(["B.txt", "a-b.txt", "a/b.txt", "b.txt", "一.txt"]);
    }

    [Fact]
    public async Task Look_HasThePathsAndTheHashOfEach()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("b.txt", "1"), ("a/b.txt", "2"), ("一.txt", ""));
        ISiteLook look = await site.LookAsync(Cancel);
        look.Paths.ShouldBe(["a/b.txt", "b.txt", "一.txt"]);
        (await look.HashAsync("b.txt", Cancel)).ShouldBe(Sha256Hex.Of("1"u8));
        (await look.HashAsync("a/b.txt", Cancel)).ShouldBe(Sha256Hex.Of("2"u8));
        (await look.HashAsync("一.txt", Cancel)).ShouldBe(Sha256Hex.Of([]));
        (await look.HashAsync("c.txt", Cancel)).ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(() => look.HashAsync("../b.txt", Cancel));
    }

    [Fact]
    public async Task Look_AfterAChange_HasWhatIsThereThen()
    {
        ISiteFiles site = Open();
        await PublishAsync(site, ("a.txt", "1"), ("b.txt", "1"));
        ISiteLook before = await site.LookAsync(Cancel);
        (await before.HashAsync("a.txt", Cancel)).ShouldBe(Sha256Hex.Of("1"u8));
        (await before.HashAsync("b.txt", Cancel)).ShouldBe(Sha256Hex.Of("1"u8));

        await StageAsync(site, ("a.txt", "2"));
        await site.ApplyAsync(["a.txt"], ["b.txt"], Cancel);
        ISiteLook after = await site.LookAsync(Cancel);
        after.Paths.ShouldBe(["a.txt"]);
        (await after.HashAsync("a.txt", Cancel)).ShouldBe(Sha256Hex.Of("2"u8));
        (await after.HashAsync("b.txt", Cancel)).ShouldBeNull();

        await PublishAsync(site, ("b.txt", "1"));
        (await (await site.LookAsync(Cancel)).HashAsync("b.txt", Cancel)).ShouldBe(Sha256Hex.Of("1"u8), "it is back, as it was");
    }

    protected static async Task StageAsync(ISiteFiles site, params (string Path, string Text)[] files)
    {
        foreach ((string path, string text) in files)
        {
            await site.StageAsync(path, Encoding.UTF8.GetBytes(text), Cancel);
        }
    }

    protected static async Task PublishAsync(ISiteFiles site, params (string Path, string Text)[] files)
    {
        await StageAsync(site, files);
        await site.ApplyAsync([.. files.Select(file => file.Path)], [], Cancel);
    }

    /// <summary>The whole site as a reader sees it, a line a file.</summary>
    protected static async Task<IReadOnlyList<string>> ReadSiteAsync(ISiteFiles site)
    {
        var lines = new List<string>();
        foreach (string path in await site.ListAsync(Cancel))
        {
            byte[]? bytes = await site.ReadAsync(path, Cancel);
            lines.Add($"{path}: {Encoding.UTF8.GetString(bytes.ShouldNotBeNull())}");
        }

        return lines;
    }
}
