using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

public sealed class ArchiveFolderTests : ArchiveFilesContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();

    public void Dispose() => folder.Dispose();

    protected override IPassingFiles Open() => new ArchiveFolder(folder.File("archive"), clock);

    [Theory]
    [InlineData("draft written", false)]
    [InlineData("draft flushed", false)]
    [InlineData("named", true)]
    [InlineData("folders flushed", true)]
    public async Task Put_CutOff_IsDoneWholeOrNotAndMayBeRepeated(string step, bool done)
    {
        var broken = new ArchiveFolder(folder.File("archive"), clock, at =>
        {
            if (at == step)
            {
                throw new InvalidOperationException($"Cut off: {at}.");
            }
        });
        await Should.ThrowAsync<InvalidOperationException>(() => PutAsync(broken, "a/b", "one"));

        (await ReadAsync(Open(), "a/b")).ShouldBe(done ? "one" : null);
        (await PutAsync(Open(), "a/b", "one")).ShouldBe(done ? PutOutcome.AlreadyThere : PutOutcome.Put);
        (await ListAsync(Open(), "")).ShouldBe(["a/b"]);
    }

    [Fact]
    public async Task Draft_LeftByACrash_IsSeenByNobodyAndGoesAfterADay()
    {
        string draft = folder.File("archive.drafts/left");
        Directory.CreateDirectory(folder.File("archive.drafts"));
        await File.WriteAllTextAsync(draft, "half", Cancel);
        File.SetLastWriteTimeUtc(draft, clock.GetUtcNow().UtcDateTime);

        clock.Advance(TimeSpan.FromHours(23));
        (await ListAsync(Open(), "")).ShouldBeEmpty();
        File.Exists(draft).ShouldBeTrue();
        clock.Advance(TimeSpan.FromHours(2));
        Open();
        File.Exists(draft).ShouldBeFalse();
    }

    [Fact]
    public async Task Put_Done_LeavesNoDraftAndNobodyElseMayReadIt()
    {
        await PutAsync(Open(), "a/b", "one");
        await PutAsync(Open(), "a/b", "two");
        Directory.GetFiles(folder.File("archive.drafts")).ShouldBeEmpty();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder.File("archive/a/b")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Put_FileOfAnotherWriterThatCameBetween_IsCompared()
    {
        foreach ((string path, string text, PutOutcome wanted) in new[] { ("same", "one", PutOutcome.AlreadyThere), ("other", "two", PutOutcome.Conflict) })
        {
            var late = new ArchiveFolder(folder.File("archive"), clock, at =>
            {
                if (at == "draft flushed")
                {
                    Directory.CreateDirectory(folder.File("archive"));
                    File.WriteAllBytes(folder.File($"archive/{path}"), Encoding.UTF8.GetBytes(text));
                }
            });
            (await PutAsync(late, path, "one")).ShouldBe(wanted);
            (await ReadAsync(late, path)).ShouldBe(text);
        }
    }
}
