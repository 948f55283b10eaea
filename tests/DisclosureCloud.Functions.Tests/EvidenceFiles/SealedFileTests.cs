using System.Text;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EvidenceFiles;

/// <summary>A file comes out as it went in, or not at all.</summary>
public sealed class SealedFileTests
{
    private const string Words = "what only the auditor may read";

    private readonly SeededSalts _salts = new(5);
    private readonly byte[] _file = EvidenceSamples.File(Words);

    [Fact]
    public void Open_WithItsKey_IsTheFile()
    {
        EvidenceRecord record = Record(_file);
        SealedFile.Open(record.Seal, SealedFile.Seal(record.Seal, _file, _salts)).ShouldBe(_file);
    }

    [Fact]
    public void Seal_OfAFile_HoldsNothingOfItAndIsNeverTheSame()
    {
        EvidenceRecord record = Record(_file);
        byte[] stored = SealedFile.Seal(record.Seal, _file, _salts);
        Encoding.Latin1.GetString(stored).ShouldNotContain(Words, Case.Sensitive);
        stored.AsSpan().IndexOf("%PDF-"u8).ShouldBe(-1);
        SealedFile.CommitmentOf(stored).ShouldBe(record.Commitment);
        SealedFile.Seal(Record(_file).Seal, _file, _salts)[4..].ShouldNotBe(stored[4..]);
    }

    [Fact]
    public void Open_WithAnotherKey_IsRefused()
    {
        EvidenceRecord record = Record(_file);
        byte[] stored = SealedFile.Seal(record.Seal, _file, _salts);
        Should.Throw<InvalidDataException>(() => SealedFile.Open((record with { Key = new byte[32] }).Seal, stored));
    }

    [Fact]
    public void Open_AsAnotherFile_IsRefused()
    {
        // What is said of a file is bound to it.
        EvidenceRecord record = Record(_file);
        byte[] stored = SealedFile.Seal(record.Seal, _file, _salts);
        Should.Throw<InvalidDataException>(() => SealedFile.Open((record with { Id = EvidenceSamples.Id0("other") }).Seal, stored));
        Should.Throw<InvalidDataException>(() => SealedFile.Open((record with { MediaType = "image/png" }).Seal, stored));
        Should.Throw<InvalidDataException>(() => SealedFile.Open(Record(_file).Seal, stored));
    }

    [Fact]
    public void Open_WithAnotherSalt_IsRefused()
    {
        // Decrypted well, and yet not what the entry committed to.
        EvidenceRecord record = Record(_file);
        byte[] stored = SealedFile.Seal(record.Seal, _file, _salts);
        Should.Throw<InvalidDataException>(() => SealedFile.Open((record with { Salt = new byte[32] }).Seal, stored)).Message.ShouldContain("committed", Case.Sensitive);
    }

    [Fact]
    public void Open_AnyBitFlipped_IsRefused()
    {
        EvidenceRecord record = Record(_file);
        byte[] stored = SealedFile.Seal(record.Seal, _file, _salts);
        for (int bit = 0; bit < stored.Length * 8; bit++)
        {
            byte[] altered = [.. stored];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<InvalidDataException>(() => SealedFile.Open(record.Seal, altered), $"bit {bit}");
        }
    }

    [Fact]
    public void Open_CutOffOrLengthened_IsRefused()
    {
        EvidenceRecord record = Record(_file);
        byte[] stored = SealedFile.Seal(record.Seal, _file, _salts);
        for (int length = 0; length < stored.Length; length++)
        {
            Should.Throw<InvalidDataException>(() => SealedFile.Open(record.Seal, stored.AsSpan(0, length)), $"{length} bytes");
        }

        Should.Throw<InvalidDataException>(() => SealedFile.Open(record.Seal, [.. stored, 0]));
    }

    [Fact]
    public void Record_AsText_HasNoKey()
    {
        EvidenceRecord record = Record(_file);
        record.ToString().ShouldBe($"evidence file {record.Id}");
        EvidenceRecord again = EvidenceRecord.Read(record.Id, record.Write());
        (again with { Key = record.Key, Salt = record.Salt }).ShouldBe(record);
        again.Key.ToArray().ShouldBe(record.Key.ToArray());
        again.Salt.ToArray().ShouldBe(record.Salt.ToArray());
    }

    private EvidenceRecord Record(byte[] file)
    {
        byte[] salt = new byte[32];
        _salts.Fill(salt);
        byte[] key = new byte[32];
        _salts.Fill(key);
        return new EvidenceRecord(
            EvidenceSamples.Id0("one"), EvidenceSamples.Poster.Department, RegionCode.Country, "application/pdf", file.Length, DateTimeOffset.UnixEpoch, Commitment.Of(salt, file), salt, key);
    }
}
