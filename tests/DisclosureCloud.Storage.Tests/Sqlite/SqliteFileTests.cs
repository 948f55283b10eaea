using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage.Tests;

/// <summary>The database files themselves: who may read them, of which version they are, what is done where they are damaged.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly StreamName Stream = TestCommits.Fund();

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Ledger => folder.File("new/ledger.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_NewFolder_OnlyItsOwnerMayRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes; a folder inherits its rights there.");
        await using SqliteLedgerStore store = SqliteLedgerStore.Open(Ledger);
        await store.AppendAsync(TestCommits.Of(Stream, 0), Cancel);

        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] files = Directory.GetFiles(folder.File("new"));
        files.Select(Path.GetFileName).ShouldBe(["ledger.db", "ledger.db-shm", "ledger.db-wal"], ignoreOrder: true);
        foreach (string path in (string[])[folder.File("new"), .. files])
        {
            (UnixMode(path) & Others).ShouldBe(UnixFileMode.None, path);
        }
    }

    [Fact]
    public async Task Open_TwentyAtOnceOnAnEmptyFolder_MakeOneLedger()
    {
        SqliteLedgerStore[] stores = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => SqliteLedgerStore.Open(Ledger), Cancel)));
        (await stores[0].AppendAsync(TestCommits.Of(Stream, 0), Cancel)).ShouldBe(AppendOutcome.Appended);
        (await stores[19].ReadLastAsync(Stream, Cancel)).ShouldNotBeNull();
        foreach (SqliteLedgerStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_FileOfANewerProgram_IsRefused()
    {
        await SqliteLedgerStore.Open(Ledger).DisposeAsync();
        Change("PRAGMA user_version = 2");

        string message = Should.Throw<InvalidDataException>(() => SqliteLedgerStore.Open(Ledger)).Message;
        message.ShouldContain("has tables of version 2; this program knows them up to version 1");
    }

    [Fact]
    public void Open_FileOfAnEarlierVersion_IsBroughtToTheLastOnceAndKeepsItsRows()
    {
        string[] made = ["CREATE TABLE things (name TEXT) STRICT"];
        string[] grown = ["ALTER TABLE things ADD COLUMN size INTEGER", "UPDATE things SET size = 1"];
        OpenFile([.. made]);
        Change("INSERT INTO things (name) VALUES ('a')");

        OpenFile([.. made], [.. grown]);
        Change("UPDATE things SET size = 2");
        OpenFile([.. made], [.. grown]); // Else the size would be 1 again.
        Value("SELECT name || size FROM things").ShouldBe("a2");
        Value("PRAGMA user_version").ShouldBe(2L);

        Should.Throw<InvalidDataException>(() => OpenFile([.. made])).Message.ShouldContain("version 2");
    }

    [Fact]
    public async Task Commit_ChangedOrRemovedByHand_IsRefusedByTheFile()
    {
        await AppendAsync(0);
        Should.Throw<SqliteException>(() => Change("UPDATE commits SET id = 'other'")).Message.ShouldContain("never changed");
        Should.Throw<SqliteException>(() => Change("DELETE FROM commits")).Message.ShouldContain("never removed");
    }

    [Theory]
    [InlineData("UPDATE commits SET body = x'00' WHERE version = 1", "its body is no commit")]
    [InlineData("UPDATE commits SET body = CAST('{}' AS BLOB) WHERE version = 1", "its body is no commit")]
    [InlineData("UPDATE commits SET body = CAST('[]' AS BLOB) WHERE version = 1", "its body is no commit")]
    [InlineData("UPDATE commits SET body = substr(body, 1, 100) WHERE version = 1", "its body is no commit")]
    [InlineData("UPDATE commits SET body = (SELECT body FROM commits WHERE version = 0) WHERE version = 1", "its body is commit 0 of")]
    [InlineData("UPDATE commits SET id = 'other' WHERE version = 1", "its body is commit 1 of")]
    [InlineData("UPDATE commits SET entries = 7 WHERE version = 1", "its body is commit 1 of")]
    public async Task Commit_Damaged_ReadingNamesStreamAndVersion(string damage, string found)
    {
        await AppendAsync(0, 1, 2);
        Change("DROP TRIGGER commits_never_change");
        Change(damage);

        await using SqliteLedgerStore store = SqliteLedgerStore.Open(Ledger);
        string message = (await Should.ThrowAsync<InvalidDataException>(() => store.ReadAsync(Stream, 1, Cancel))).Message;
        message.ShouldStartWith($"Commit 1 of stream '{Stream}' is damaged: ");
        message.ShouldContain(found);
        (await store.ReadAsync(Stream, 2, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ReadAll_CursorOfAnotherStore_IsRefused()
    {
        await using SqliteLedgerStore store = SqliteLedgerStore.Open(Ledger);
        await Should.ThrowAsync<FormatException>(async () =>
        {
            await foreach (CommitAt _ in store.ReadAllAsync(new Cursor("continuation:1"), Cancel))
            {
            }
        });
    }

    private async Task AppendAsync(params int[] versions)
    {
        await using SqliteLedgerStore store = SqliteLedgerStore.Open(Ledger);
        foreach (int version in versions)
        {
            await store.AppendAsync(TestCommits.Of(Stream, version), Cancel);
        }
    }

    private void OpenFile(params ImmutableArray<string>[] versions) => _ = new SqliteFile(Ledger, new SqliteSchema([.. versions], Settings: []));

    /// <summary>What somebody with the file at hand might do to it.</summary>
    private void Change(string sql) => Value(sql);

    private object? Value(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Ledger};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this test's own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static UnixFileMode UnixMode(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
