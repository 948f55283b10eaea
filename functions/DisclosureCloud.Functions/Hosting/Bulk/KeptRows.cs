using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Sheets;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>The rows of a file as they are kept until they are done: a line each, with the place where the sender finds it; packed.</summary>
/// <remarks>
/// Not the file as it was sent: a workbook holds notes, names of authors and deleted texts that nobody reads and nobody has searched for data of
/// persons. What is kept is what was read.
/// </remarks>
internal sealed class KeptRows : IDisposable
{
    private const string SheetName = "sheet";
    private const string RowName = "row";
    private const string CellsName = "cells";
    private const string BodyName = "body";

    private readonly MemoryStream _packed = new();
    private readonly GZipStream _rows;

    public KeptRows() => _rows = new GZipStream(_packed, CompressionLevel.Fastest);

    public void Dispose()
    {
        _rows.Dispose();
        _packed.Dispose();
    }

    /// <summary>All that was written, and nothing more is.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        _rows.Dispose();
        return _packed.TryGetBuffer(out ArraySegment<byte> bytes) ? bytes : _packed.ToArray();
    }

    /// <summary>Writes a row behind those before it.</summary>
    public void Write(SheetRow row)
    {
        using (var writer = new Utf8JsonWriter(_rows))
        {
            using var body = JsonDocument.Parse(row.Body);
            writer.WriteStartObject();
            if (row.Sheet is { } sheet)
            {
                writer.WriteString(SheetName, sheet);
            }

            writer.WriteNumber(RowName, row.Row);
            writer.WriteStartObject(CellsName);
            foreach (string pointer in Pointers("", body.RootElement))
            {
                if (row.CellOf(pointer) is { } cell)
                {
                    writer.WriteString(pointer, cell);
                }
            }

            writer.WriteEndObject();
            writer.WritePropertyName(BodyName);
            body.RootElement.WriteTo(writer); // Numbers stand as they were sent: what is written is the text that was read.
            writer.WriteEndObject();
        }

        _rows.Write("\n"u8);
    }

    /// <summary>The rows again.</summary>
    public static IEnumerable<SheetRow> Read(byte[] packed)
    {
        using var lines = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            yield return ReadOne(line);
        }
    }

    private static SheetRow ReadOne(string line)
    {
        using var json = JsonDocument.Parse(line);
        var cells = json.RootElement.GetProperty(CellsName).EnumerateObject().ToDictionary(cell => cell.Name, cell => cell.Value.GetString()!, StringComparer.Ordinal);
        return new SheetRow(
            json.RootElement.TryGetProperty(SheetName, out JsonElement sheet) ? sheet.GetString() : null,
            json.RootElement.GetProperty(RowName).GetInt32(),
            Encoding.UTF8.GetBytes(json.RootElement.GetProperty(BodyName).GetRawText()),
            pointer => cells.GetValueOrDefault(pointer));
    }

    private static IEnumerable<string> Pointers(string at, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Below(Ledger.JsonPointer.Down(at, member.Name), member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, index) => Below(Ledger.JsonPointer.Down(at, index), item)),
        _ => [],
    };

    private static IEnumerable<string> Below(string pointer, JsonElement json) => Pointers(pointer, json).Prepend(pointer);
}
