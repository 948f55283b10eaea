using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Verifier;

/// <summary>Checks the table of entries against the leaves: every entry that is shown has its row, and every row its leaf.</summary>
internal sealed class RowsCheck(ISiteSource source, LeafCheck leaves, PublicationLeaf publication, VerifyNotes notes)
{
    public const string Ndjson = "data/entries.ndjson";
    public const string Csv = "data/entries.csv";

    // A row repeats the leaf's fields and its opened texts.
    private const int LineLengthMax = 4 * 1024 * 1024;

    /// <summary>How many tables were found right. Each is held against those before it: so many rows has every entry that is shown.</summary>
    public int Passes { get; private set; }

    /// <param name="file"><see cref="Ndjson"/>, and then <see cref="Csv"/>.</param>
    public async Task<bool> CheckAsync(ListedFile file, CancellationToken cancellationToken)
    {
        string path = file.Path;
        await using Stream? stream = await source.OpenAsync(path, cancellationToken);
        if (stream is null)
        {
            notes.Find(path, "is missing.");
            return false;
        }

        // What is read is what is hashed: a server could give another file the second time.
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Read);
        using var text = new StreamReader(hashed, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
        long number = 0;
        long shown = 0;
        try
        {
            foreach (EntryRow row in path == Csv ? CsvRows(text) : JsonRows(text))
            {
                cancellationToken.ThrowIfCancellationRequested();
                number++;
                CheckRow(row);
                shown++;
            }
        }
        catch (Exception fault) when (fault is FormatException or DecoderFallbackException)
        {
            notes.Find(path, $"row {number} {fault.Message}");
            return false;
        }

        if (Convert.ToHexStringLower(hash.Hash!) != file.Sha256)
        {
            notes.Find(path, "is another file than a moment ago: the site changes while it is checked.");
            return false;
        }

        Passes++;
        return IsComplete(path, shown);
    }

    private void CheckRow(EntryRow row)
    {
        int place = leaves.Facts.Find(row.Key) ?? throw new FormatException($"is of the entry '{row.Id}', of which there is no leaf.");
        ref LoggedFact fact = ref leaves.Facts[place];
        if (fact.LeafIndex >= publication.TreeSize)
        {
            throw new FormatException($"is of leaf {fact.LeafIndex}; what is published lies in the tree of {publication.TreeSize} leaves.");
        }

        if (fact.Rows != Passes)
        {
            throw new FormatException($"is of the entry '{row.Id}', {(fact.Rows > Passes ? "which has a row before" : $"which {Ndjson} does not have")}.");
        }

        if (fact.Row != row.Digest)
        {
            throw new FormatException($"says another kind, date, amount or recorder than leaf {fact.LeafIndex}.");
        }

        fact.Rows++;
    }

    private bool IsComplete(string path, long shown)
    {
        if (shown == publication.Position)
        {
            return true;
        }

        long? lacking = leaves.Facts.All().Where(fact => fact.LeafIndex < publication.TreeSize && fact.Rows < Passes).Select(fact => (long?)fact.LeafIndex).FirstOrDefault();
        notes.Find(path, $"has {shown} rows; the position is {publication.Position}{(lacking is null ? "" : $". Leaf {lacking} has none")}.");
        return false;
    }

    private static IEnumerable<EntryRow> CsvRows(TextReader text)
    {
        int[]? places = null;
        foreach (IReadOnlyList<string> cells in CsvReader.Rows(text))
        {
            if (places is null)
            {
                places = EntryRow.Places(cells);
            }
            else
            {
                yield return EntryRow.OfCells(cells, places);
            }
        }
    }

    private static IEnumerable<EntryRow> JsonRows(TextReader text)
    {
        while (text.ReadLine() is { } line)
        {
            yield return line.Length <= LineLengthMax ? EntryRow.OfJson(Encoding.UTF8.GetBytes(line)) : throw new FormatException("is too long.");
        }
    }
}
