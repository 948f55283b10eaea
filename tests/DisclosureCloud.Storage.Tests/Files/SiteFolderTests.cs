using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>What only a folder has: empty folders, names that clash, links, other people's files.</summary>
public sealed class SiteFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SiteFolder site;

    public SiteFolderTests() => site = new SiteFolder(folder.File("site"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Remove_LastFileOfAFolder_RemovesTheEmptyFoldersAlone()
    {
        await PublishAsync("a/b/c/one.txt", "a/two.txt");
        await site.ApplyAsync([], ["a/b/c/one.txt"], Cancel);
        Directory.Exists(folder.File("site/a/b")).ShouldBeFalse();
        Directory.Exists(folder.File("site/a")).ShouldBeTrue();

        await site.ApplyAsync([], ["a/two.txt"], Cancel);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder.File("site")]);
        (await site.ListAsync(Cancel)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a/b.txt", "a")]
    [InlineData("a", "a/b.txt")]
    [InlineData("a", "a/b/c.txt")]
    public async Task Put_FileWhereTheSiteHasAFolderOrTheOtherWayRound_IsRefusedBeforeItBegins(string old, string put)
    {
        await PublishAsync(old);
        await site.StageAsync(put, "2"u8.ToArray(), Cancel);
        await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync([put], [old], Cancel));

        // Two publishes do it, and the refused one is in nobody's way.
        await site.RecoverAsync(Cancel);
        await site.ApplyAsync([], [old], Cancel);
        await PublishAsync(put);
        (await site.ListAsync(Cancel)).ShouldBe([put]);
    }

    [Fact]
    public async Task Read_Folder_IsNoFile()
    {
        await PublishAsync("a/b.txt");
        (await site.ReadAsync("a", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Stage_CancelledWhileWriting_LeavesNoHalfFile()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => site.StageAsync("a.txt", new byte[1_000_000], new CancellationToken(canceled: true)));
        await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync(["a.txt"], [], Cancel));
    }

    [Fact]
    public async Task List_LinkToAnotherFolder_IsNeitherListedNorFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link needs a privilege there.");
        await PublishAsync("a.txt");
        Directory.CreateDirectory(folder.File("secret"));
        await File.WriteAllTextAsync(folder.File("secret/file.txt"), "secret", Cancel);
        Directory.CreateSymbolicLink(folder.File("site/link"), folder.File("secret"));
        (await site.ListAsync(Cancel)).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Recover_JournalOfANewerProgram_IsRefusedAndKept()
    {
        string journal = folder.File("site.journal");
        await File.WriteAllTextAsync(journal, """{"format":2}""", Cancel);
        (await Should.ThrowAsync<InvalidDataException>(() => site.RecoverAsync(Cancel))).Message.ShouldContain("format 1");
        File.Exists(journal).ShouldBeTrue();
    }

    [Fact]
    public async Task Recover_HalfAJournal_IsNoJournal()
    {
        await PublishAsync("a.txt");
        await File.WriteAllTextAsync(folder.File("site.journal.new"), """{"format":1,"puts":["a.""", Cancel);
        await site.RecoverAsync(Cancel);
        await PublishAsync("b.txt");
        (await site.ListAsync(Cancel)).ShouldBe(["a.txt", "b.txt"]);
    }

    private async Task PublishAsync(params string[] paths)
    {
        foreach (string path in paths)
        {
            await site.StageAsync(path, "1"u8.ToArray(), Cancel);
        }

        await site.ApplyAsync(paths, [], Cancel);
    }
}
