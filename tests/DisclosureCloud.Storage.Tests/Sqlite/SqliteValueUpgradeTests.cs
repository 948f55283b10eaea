using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage.Tests;

/// <summary>A file of values that an earlier program made keeps them, and is found by posting from then on.</summary>
public sealed class SqliteValueUpgradeTests : IDisposable
{
    // As the program made it that knew no other version.
    private static readonly string[] Version1 =
    [
        "PRAGMA journal_mode = WAL",
        """
        CREATE TABLE openings (
            number INTEGER PRIMARY KEY,
            put_at INTEGER NOT NULL,
            commitment TEXT NOT NULL UNIQUE,
            salt BLOB NOT NULL,
            value TEXT NOT NULL,
            posting TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX openings_by_time ON openings (put_at, number)",
        "PRAGMA user_version = 1",
    ];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_FileOfVersion1_KeepsItsValuesAndFindsThemByPosting()
    {
        PostingId[] postings = [.. Enumerable.Range(0, 3).Select(number => PostingId.Of(Id.Parse<DepartmentId>("test-department"), $"{number}"))];
        Opening[] kept = [.. Enumerable.Range(0, 30).Select(number => Make(number, postings[number % 3]))];
        Array.ForEach(Version1, sql => Run(sql));
        foreach (Opening opening in kept)
        {
            Run(
                "INSERT INTO openings (put_at, commitment, salt, value, posting) VALUES (1, $commitment, $salt, $value, $posting)",
                new("$commitment", opening.Commitment.Hex),
                new("$salt", opening.Salt.ToArray()),
                new("$value", opening.Value),
                new("$posting", opening.Posting.Value));
        }

        // Several processes of the new program may start on it at once.
        SqliteValueStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SqliteValueStore.Open(folder.File("values.db"), TimeProvider.System), Cancel)));
        (await stores[0].GetAsync(postings, Cancel)).Count.ShouldBe(30);
        (await stores[1].GetAsync(postings[..1], Cancel)).Select(opening => opening.Value)
            .ShouldBe(kept.Where(opening => opening.Posting == postings[0]).Select(opening => opening.Value), ignoreOrder: true);
        await stores[2].ForgetAsync([kept[0].Key], Cancel);
        await stores[3].PutAsync([kept[1], Make(30, postings[0])], Cancel);
        (await stores[4].GetAsync(postings, Cancel)).Count.ShouldBe(30);
        foreach (SqliteValueStore store in stores)
        {
            await store.DisposeAsync();
        }

        Run("PRAGMA user_version").ShouldBe(2L);
        Run("SELECT tbl_name FROM sqlite_schema WHERE name = 'openings_by_posting'").ShouldBe("openings");
    }

    private static Opening Make(int number, PostingId posting)
    {
        byte[] salt = new byte[Commitment.SaltLength];
        salt[0] = (byte)number;
        string value = $"value {number}";
        return new Opening(Commitment.Of(salt, value), salt, value, posting);
    }

    private object? Run(string sql, params SqliteParameter[] values)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("values.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this test's own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddRange(values);
        return command.ExecuteScalar();
    }
}
