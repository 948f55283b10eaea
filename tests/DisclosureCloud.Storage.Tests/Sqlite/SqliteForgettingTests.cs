using System.Diagnostics;
using System.Globalization;
using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage.Tests;

/// <summary>What was forgotten is in no byte of the files, and what is damaged is not given out.</summary>
public sealed class SqliteForgettingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SeededSalts salts = new(seed: 7);
    private readonly ManualClock clock = new();

    private static readonly PostingId Posting = PostingId.Of(Id.Parse<DepartmentId>("test-department"), "values");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Put_ThenClosed_ValueIsInTheFiles()
    {
        // Else the test below would find nothing because it does not know how to look.
        SqliteValueStore store = Open();
        await store.PutAsync([Make("a value to be forgotten")], Cancel);
        await store.DisposeAsync();
        FilesHolding(["a value to be forgotten"]).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Forget_ManyAmongMany_NoByteOfThemIsLeft(int seed)
    {
        // Values of all lengths, from a few bytes to several pages, so that pages split, merge and overflow.
        var random = new Random(seed);
        SqliteValueStore store = Open();
        var kept = new List<Opening>();
        for (int round = 0; round < 6; round++)
        {
            Opening[] put = [.. Enumerable.Range(0, 300).Select(number => Make(Text(random, $"{seed}-{round}-{number}")))];
            await store.PutAsync(put, Cancel);
            kept.AddRange(put);

            Opening[] gone = [.. kept.Where(_ => random.Next(3) == 0)];
            await store.ForgetAsync([.. gone.Select(opening => opening.Key)], Cancel);
            kept.RemoveAll(gone.Contains);

            // Looked at from beside the open store, as a backup would: the write-ahead log must be empty of them too.
            FilesHolding(gone.Select(opening => opening.Value[..20])).ShouldBeEmpty($"seed {seed}, round {round}");
        }

        (await store.GetAsync([Posting], Cancel)).Count.ShouldBe(kept.Count);
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Forget_BesideAnotherReaderOfTheStore_NoByteOfItIsLeft()
    {
        SqliteValueStore store = Open();
        SqliteValueStore other = Open();
        Opening opening = Make("a value to be forgotten");
        await store.PutAsync([opening, Make("a value to be kept")], Cancel);
        (await other.GetAsync([Posting], Cancel)).Count.ShouldBe(2);

        await store.ForgetAsync([opening.Key], Cancel);
        FilesHolding([opening.Value]).ShouldBeEmpty();
        (await other.GetAsync([Posting], Cancel)).ShouldHaveSingleItem().Value.ShouldBe("a value to be kept");
        await other.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Forget_WhileAReaderIsInTheMiddle_WaitsForItAndNoByteIsLeft()
    {
        SqliteValueStore store = Open();
        Opening opening = Make("a value to be forgotten");
        await store.PutAsync([opening, Make("a value to be kept")], Cancel);
        Task forgotten;
        using (var reader = new SqliteConnection($"Data Source={folder.File("values.db")};Pooling=False"))
        {
            reader.Open();
            using SqliteTransaction reading = reader.BeginTransaction(deferred: true);
            using SqliteCommand command = reader.CreateCommand();
            command.CommandText = "SELECT count(*) FROM openings";
            command.ExecuteScalar().ShouldBe(2L);
            forgotten = store.ForgetAsync([opening.Key], Cancel);
            while ((await store.GetAsync([Posting], Cancel)).Count > 1)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
            }

            command.ExecuteScalar().ShouldBe(2L, "it reads what was there when it began, and the log has to keep that for it");
        }

        await forgotten;
        FilesHolding([opening.Value]).ShouldBeEmpty();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Get_ValueChangedByHand_IsRefused()
    {
        Opening opening = Make("12 households");
        SqliteValueStore store = Open();
        await store.PutAsync([opening], Cancel);
        using (var connection = new SqliteConnection($"Data Source={folder.File("values.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE openings SET value = '21 households'";
            command.ExecuteNonQuery();
        }

        string message = (await Should.ThrowAsync<InvalidDataException>(() => store.GetAsync([Posting], Cancel))).Message;
        message.ShouldContain(opening.Commitment.Hex);
        message.ShouldNotContain("households");
        await store.DisposeAsync();
    }

    private SqliteValueStore Open() => SqliteValueStore.Open(folder.File("values.db"), clock);

    private Opening Make(string value)
    {
        byte[] salt = new byte[Commitment.SaltLength];
        salts.Fill(salt);
        return new Opening(Commitment.Of(salt, value), salt, value, Posting);
    }

    /// <summary>Begins with 20 characters that no other value has.</summary>
    private static string Text(Random random, string name) =>
        name.PadRight(20, '#') + new string('x', random.Next(4) == 0 ? random.Next(20_000) : random.Next(200));

    /// <summary>Which of the files hold which of the values.</summary>
    /// <remarks>
    /// Another process reads them: closing a handle to the database would drop the POSIX locks that this process holds on it.
    /// </remarks>
    private List<string> FilesHolding(IEnumerable<string> values)
    {
        string[] wanted = [.. values];
        var found = new List<string>();
        foreach (string path in Directory.GetFiles(folder.Path))
        {
            byte[] bytes = CopyOf(path);
            found.AddRange(wanted
                .Where(value => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(value)) >= 0)
                .Select(value => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}: {value}")));
        }

        return found;
    }

    private static byte[] CopyOf(string path)
    {
        using var bytes = new MemoryStream();
        if (OperatingSystem.IsWindows())
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.CopyTo(bytes);
            return bytes.ToArray();
        }

        using Process copier = Process.Start(new ProcessStartInfo("cat", [path]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        copier.StandardOutput.BaseStream.CopyTo(bytes);
        copier.WaitForExit();
        return bytes.ToArray();
    }
}
