using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EvidenceFiles;

/// <summary>A file is kept once, whatever breaks on the way, and is gone when it was destroyed.</summary>
public sealed class EvidenceVaultTests
{
    private static readonly EvidenceFileId One = EvidenceSamples.Id0("one");

    private readonly ManualClock _clock = new();
    private readonly MemoryArchive _files = new();
    private readonly MemoryValueStore _keys;

    public EvidenceVaultTests() => _keys = new MemoryValueStore(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_OfAFile_CanBeReadAgain()
    {
        byte[] file = EvidenceSamples.File("a receipt");
        EvidenceRecord record = await KeepAsync(file);
        EvidenceVault later = Vault(2);
        FoundEvidence found = await later.FindAsync(One, Cancel);
        found.Record!.Commitment.ShouldBe(record.Commitment);
        (await later.ReadAsync(found.Record, Cancel)).ShouldBe(file);
        Commitment.Of(found.Record.Salt.Span, file).ShouldBe(record.Commitment);
    }

    [Fact]
    public async Task Put_TheSameAgain_IsTheSameAnswer()
    {
        EvidenceRecord first = await KeepAsync(EvidenceSamples.File("a receipt"));
        _clock.Advance(TimeSpan.FromDays(1));
        EvidenceRecord again = await KeepAsync(EvidenceSamples.File("a receipt"), salts: 2);
        (again.Commitment, again.ReceivedAt).ShouldBe((first.Commitment, first.ReceivedAt));
        (_keys.Count, _files.Files.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Put_AnotherFileUnderTheKey_IsRefused()
    {
        await KeepAsync(EvidenceSamples.File("a receipt"));
        (await Vault(2).PutAsync(One, EvidenceSamples.Poster, EvidenceSamples.Pdf, EvidenceSamples.File("another"), Cancel)).ShouldBeOfType<EvidenceAnswer.KeyReused>();
        (await Vault(2).FindAsync(One, Cancel)).Record.ShouldNotBeNull();
    }

    [Fact]
    public async Task Put_OfAnotherRegion_IsRefused()
    {
        await KeepAsync(EvidenceSamples.File("a receipt"));
        var elsewhere = EvidenceSamples.Poster with { Region = Id.Parse<RegionCode>("430511") };
        (await Vault(2).PutAsync(One, elsewhere, EvidenceSamples.Pdf, EvidenceSamples.File("a receipt"), Cancel)).ShouldBeOfType<EvidenceAnswer.OtherRegion>();
    }

    [Theory]
    [InlineData("before the key")]
    [InlineData("after the key")]
    [InlineData("before the file")]
    [InlineData("after the file")]
    public async Task Put_CrashedOnTheWay_LeavesNothingHalfAndIsDoneByRepeating(string where)
    {
        byte[] file = EvidenceSamples.File("a receipt");
        _keys.BeforePut = where == "before the key" ? Die : null;
        _keys.AfterPut = where == "after the key" ? Die : null;
        _files.BeforeWrite = where == "before the file" ? _ => Die() : null;
        _files.AfterWrite = where == "after the file" ? _ => Die() : null;
        await Should.ThrowAsync<CrashException>(() => KeepAsync(file));
        (_keys.BeforePut, _keys.AfterPut, _files.BeforeWrite, _files.AfterWrite) = (null, null, null, null);

        FoundEvidence found = await Vault(2).FindAsync(One, Cancel);
        (found.Record is not null).ShouldBe(where == "after the file");
        EvidenceRecord record = await KeepAsync(file, salts: 3);
        (await Vault(4).ReadAsync(record, Cancel)).ShouldBe(file);
        _files.Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Put_TwoAtOnce_OneCountsForBoth()
    {
        // The second sender comes between the first one's key and its file, and is done before it.
        EvidenceRecord? faster = null;
        MemoryArchive other = _files.Open();
        _files.BeforeWrite = _ =>
        {
            _files.BeforeWrite = null;
            faster = KeepAsync(EvidenceSamples.File("a receipt"), salts: 9, other).GetAwaiter().GetResult();
        };
        EvidenceRecord slower = await KeepAsync(EvidenceSamples.File("a receipt"));
        slower.Commitment.ShouldBe(faster!.Commitment);
        _keys.Count.ShouldBe(1, "the loser's key is of nothing, and forgotten");
    }

    [Fact]
    public async Task Destroy_OfAFile_LeavesNeitherKeyNorFileAndKnowsItWasNamed()
    {
        EvidenceRecord record = await KeepAsync(EvidenceSamples.File("a receipt"));
        var posting = PostingId.Of(EvidenceSamples.Poster.Department, "posting");
        EvidenceVault vault = Vault(2);
        await vault.NameAsync(One, posting, Cancel);
        await vault.DestroyAsync(One, record.Commitment, Cancel);
        FoundEvidence found = await vault.FindAsync(One, Cancel);
        (found.Record, found.IsStored).ShouldBe((null, false));
        found.Postings.ShouldBe([posting]);
        (await vault.PutAsync(One, EvidenceSamples.Poster, EvidenceSamples.Pdf, EvidenceSamples.File("a receipt"), Cancel)).ShouldBeOfType<EvidenceAnswer.KeyReused>();
    }

    [Fact]
    public async Task Destroy_CrashedAfterTheKey_IsUnreadableAndTheRestGoesWhenItIsRepeated()
    {
        EvidenceRecord record = await KeepAsync(EvidenceSamples.File("a receipt"));
        _files.BeforeWrite = _ => Die();
        await Should.ThrowAsync<CrashException>(() => Vault(2).DestroyAsync(One, record.Commitment, Cancel));
        _files.BeforeWrite = null;
        FoundEvidence found = await Vault(2).FindAsync(One, Cancel);
        (found.Record, found.IsStored).ShouldBe((null, true));
        await Vault(2).DestroyAsync(One, record.Commitment, Cancel);
        _files.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Destroy_OfAnotherCommitment_TouchesNothing()
    {
        byte[] file = EvidenceSamples.File("a receipt");
        EvidenceRecord record = await KeepAsync(file);
        await Vault(2).DestroyAsync(One, Commitment.Of(new byte[32], "another"), Cancel);
        (await Vault(2).ReadAsync(record, Cancel)).ShouldBe(file);
    }

    [Fact]
    public async Task Remove_OfAFile_IsAsIfItHadNeverBeenSent()
    {
        await KeepAsync(EvidenceSamples.File("a receipt"));
        await Vault(2).RemoveAsync(One, Cancel);
        (_keys.Count, _files.Files.Count).ShouldBe((0, 0));
        await KeepAsync(EvidenceSamples.File("another"), salts: 3);
    }

    [Fact]
    public async Task Remove_CrashedAfterTheFile_IsDoneByRepeating()
    {
        await KeepAsync(EvidenceSamples.File("a receipt"));
        _files.AfterWrite = _ => Die();
        await Should.ThrowAsync<CrashException>(() => Vault(2).RemoveAsync(One, Cancel));
        _files.AfterWrite = null;
        (await Vault(2).FindAsync(One, Cancel)).Record.ShouldBeNull();
        await Vault(2).RemoveAsync(One, Cancel);
        (_keys.Count, _files.Files.Count).ShouldBe((0, 0));
    }

    [Fact]
    public void Id_OfAFile_IsNoPostingsOfTheSameKey()
    {
        var department = EvidenceSamples.Poster.Department;
        EvidenceFileId.Of(department, "key").Value.ShouldNotBe(PostingId.Of(department, "key").Value, StringComparer.Ordinal);
        PostingId.TryParse(EvidenceFileId.Of(department, "key").Value, out _).ShouldBeTrue("it has a posting's place in the store of keys");
    }

    private static void Die() => throw new CrashException();

    private async Task<EvidenceRecord> KeepAsync(byte[] file, int salts = 1, MemoryArchive? files = null) =>
        (await Vault(salts, files).PutAsync(One, EvidenceSamples.Poster, EvidenceSamples.Pdf, file, Cancel)).ShouldBeOfType<EvidenceAnswer.Kept>().Record;

    private EvidenceVault Vault(int salts, MemoryArchive? files = null)
    {
        var seeded = new SeededSalts(salts);
        return new EvidenceVault(files ?? _files, new EvidenceKeys(_keys, seeded), seeded, _clock);
    }
}
