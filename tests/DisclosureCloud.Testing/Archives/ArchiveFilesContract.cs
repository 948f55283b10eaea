using System.Text;
using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="IArchiveFiles"/> and <see cref="IPassingFiles"/>, point by point, for every implementation.</summary>
/// <remarks>What a crash leaves, and what a lost answer does, is tested with each implementation.</remarks>
public abstract class ArchiveFilesContract
{
    private static readonly string LongestPart = new('a', IArchiveFiles.PathMax);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens this test's archive; a second call opens the same one again, as another process would.</summary>
    protected abstract IPassingFiles Open();

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a/../b")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a:b")]
    [InlineData("a%2fb")]
    [InlineData("a\n")]
    [InlineData("村")]
    public async Task Point1_PathOfAnotherForm_IsRefused(string path)
    {
        IArchiveFiles archive = Open();
        await Should.ThrowAsync<ArgumentException>(() => PutAsync(archive, path, "1"));
        await Should.ThrowAsync<ArgumentException>(() => archive.ReadAsync(path, Cancel));
        await Should.ThrowAsync<ArgumentException>(() => archive.ReadRangeAsync(path, 0, 1, Cancel));
        (await ListAsync(archive, "")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("tile/0/x001/x234/067")]
    [InlineData("tile/3/000.p/12")]
    [InlineData("segments/0000000.ndjson")]
    [InlineData("a-b_c.d..e/0")]
    [InlineData("a-/b_/0")]
    public async Task Point1_PathOfTheForm_IsKept(string path)
    {
        IArchiveFiles archive = Open();
        (await PutAsync(archive, path, path)).ShouldBe(PutOutcome.Put);
        (await ReadAsync(Open(), path)).ShouldBe(path);
        (await ListAsync(archive, "")).ShouldBe([path]);
    }

    [Fact]
    public async Task Point1_PathOneTooLong_IsRefusedAndTheLongestIsNot()
    {
        IArchiveFiles archive = Open();
        (await PutAsync(archive, LongestPart, "1")).ShouldBe(PutOutcome.Put);
        await Should.ThrowAsync<ArgumentException>(() => PutAsync(archive, LongestPart + "a", "1"));
    }

    [Fact]
    public async Task Point2_FreePath_KeepsEveryByte()
    {
        byte[] bytes = [.. Enumerable.Range(0, 3_000_000).Select(number => (byte)(number * 7 % 251))];
        (await Open().PutAsync("big", bytes, Cancel)).ShouldBe(PutOutcome.Put);
        (await Open().ReadAsync("big", Cancel)).ShouldNotBeNull().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        (await Open().ReadAsync("other", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Point2_EmptyFile_IsAFile()
    {
        IArchiveFiles archive = Open();
        (await PutAsync(archive, "empty", "")).ShouldBe(PutOutcome.Put);
        (await PutAsync(archive, "empty", "")).ShouldBe(PutOutcome.AlreadyThere);
        (await PutAsync(archive, "empty", "1")).ShouldBe(PutOutcome.Conflict);
        (await archive.ReadAsync("empty", Cancel)).ShouldNotBeNull().ShouldBeEmpty();
        (await archive.ReadRangeAsync("empty", 0, 1, Cancel)).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task Point3_SameBytesAgain_AreAlreadyThere()
    {
        (await PutAsync(Open(), "a/b", "one")).ShouldBe(PutOutcome.Put);
        (await PutAsync(Open(), "a/b", "one")).ShouldBe(PutOutcome.AlreadyThere);
        (await ListAsync(Open(), "")).ShouldBe(["a/b"]);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("one and more")]
    [InlineData("on")]
    [InlineData("")]
    public async Task Point4_OtherBytes_AreAConflictAndNothingChanges(string other)
    {
        await PutAsync(Open(), "a", "one");
        (await PutAsync(Open(), "a", other)).ShouldBe(PutOutcome.Conflict);
        (await ReadAsync(Open(), "a")).ShouldBe("one");
    }

    [Fact]
    public async Task Point4_ManyWritersOfOnePath_OneWins()
    {
        IArchiveFiles[] archives = [Open(), Open()];
        PutOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => PutAsync(archives[number % 2], "one/path", $"writer {number}"), Cancel)));

        outcomes.Count(outcome => outcome == PutOutcome.Put).ShouldBe(1);
        outcomes.Count(outcome => outcome == PutOutcome.Conflict).ShouldBe(31);
        (await ReadAsync(archives[0], "one/path")).ShouldBe($"writer {Array.IndexOf(outcomes, PutOutcome.Put)}");
    }

    [Fact]
    public async Task Point4_ManyWritersOfTheSameBytes_AllSucceed()
    {
        PutOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => PutAsync(Open(), "one/path", "same"), Cancel)));
        outcomes.ShouldAllBe(outcome => outcome == PutOutcome.Put || outcome == PutOutcome.AlreadyThere);
    }

    [Theory]
    [InlineData(0, 10, "0123456789")]
    [InlineData(0, 3, "012")]
    [InlineData(7, 3, "789")]
    [InlineData(7, 4, "789")]
    [InlineData(9, 1000, "9")]
    [InlineData(10, 1, "")]
    [InlineData(5_000_000_000, 1, "")]
    public async Task Point6_Range_GivesItsBytes(long offset, int length, string wanted)
    {
        IArchiveFiles archive = Open();
        await PutAsync(archive, "digits", "0123456789");
        Encoding.UTF8.GetString((await archive.ReadRangeAsync("digits", offset, length, Cancel)).ShouldNotBeNull()).ShouldBe(wanted);
        (await archive.ReadRangeAsync("none", offset, length, Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    public async Task Point6_RangeThatIsNone_IsRefused(long offset, int length)
    {
        IArchiveFiles archive = Open();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => archive.ReadRangeAsync("digits", offset, length, Cancel));
    }

    [Fact]
    public async Task Point7_List_IsInOrdinalOrderAndByPrefix()
    {
        IArchiveFiles archive = Open();
        string[] paths = ["a-b", "a.b", "a/b", "a/b-c", "a0", "a_b", "aa/b/c", "b/a", "b/a.b/c", "b/a0"];
        foreach (string path in Enumerable.Reverse(paths))
        {
            await PutAsync(archive, path, "1");
        }

        (await ListAsync(archive, "")).ShouldBe(paths);
        (await ListAsync(archive, "a")).ShouldBe(paths[..7]);
        (await ListAsync(archive, "a/")).ShouldBe(["a/b", "a/b-c"]);
        (await ListAsync(archive, "a/b-")).ShouldBe(["a/b-c"]);
        (await ListAsync(archive, "b/a")).ShouldBe(["b/a", "b/a.b/c", "b/a0"]);
        (await ListAsync(archive, "b/a.")).ShouldBe(["b/a.b/c"]);
        (await ListAsync(archive, "c")).ShouldBeEmpty();
        (await ListAsync(archive, "a/b/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point7_MorePathsThanAPage_AreAllListedEachOnce()
    {
        IArchiveFiles archive = Open();
        string[] paths = [.. Enumerable.Range(0, 60).Select(number => $"tile/{number % 4}/x{number:000}").Order(StringComparer.Ordinal)];
        await Parallel.ForEachAsync(paths, Cancel, async (path, _) => await PutAsync(archive, path, path));
        (await ListAsync(archive, "tile/")).ShouldBe(paths);
    }

    [Fact]
    public async Task Point10_DeletedFile_IsGoneAndItsPathIsFree()
    {
        IPassingFiles files = Open();
        await PutAsync(files, "a/b", "one");
        await PutAsync(files, "a/c", "two");
        await Open().DeleteAsync("a/b", Cancel);
        (await ReadAsync(files, "a/b")).ShouldBeNull();
        (await ListAsync(files, "")).ShouldBe(["a/c"]);
        (await PutAsync(files, "a/b", "other")).ShouldBe(PutOutcome.Put);
    }

    [Fact]
    public async Task Point10_FileThatIsNotThere_IsNoError()
    {
        await Open().DeleteAsync("a/b", Cancel);
        await Should.ThrowAsync<ArgumentException>(() => Open().DeleteAsync("../b", Cancel));
    }

    protected static Task<PutOutcome> PutAsync(IArchiveFiles archive, string path, string text) => archive.PutAsync(path, Encoding.UTF8.GetBytes(text), Cancel);

    protected static async Task<string?> ReadAsync(IArchiveFiles archive, string path) =>
        await archive.ReadAsync(path, Cancel) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    protected static async Task<IReadOnlyList<string>> ListAsync(IArchiveFiles archive, string prefix)
    {
        var paths = new List<string>();
        await foreach (string path in archive.ListAsync(prefix, Cancel))
        {
            paths.Add(path);
        }

        return paths;
    }
}
