using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>What a file is known by: its hash and length.</summary>
internal sealed record FileDigest(Sha256Hex Hash, long Bytes)
{
    public static FileDigest Of(ReadOnlySpan<byte> bytes) => new(Sha256Hex.Of(bytes), bytes.Length);
}

/// <summary><c>datapackage.json</c>: a Tabular Data Package (Frictionless Data, version 1) over the CSV files.</summary>
/// <remarks>
/// That profile knows CSV alone, so that each table is one resource, and its NDJSON file stands in the resource as a property of our
/// own, which the specification allows. Licences are left out: no operator has stated one, and we do not invent it.
/// </remarks>
internal static class DataPackage
{
    public const string Path = "data/datapackage.json";

    public static byte[] Write(IEnumerable<(DataTable Table, FileDigest Csv, FileDigest Ndjson)> files) =>
        CanonicalJson.Write(new JsonObject
        {
            ["profile"] = "tabular-data-package",
            ["name"] = "disclosurecloud",
            ["title"] = "扶贫资金台账公开数据 / Public ledger of poverty-alleviation funds",
            ["description"] = "金额一律为整数分(列名以 Fen 结尾);空单元格表示未载明,不是零。"
                + " Amounts are whole fen (names of columns end in Fen); an empty cell means not stated, never zero. " + FormulaGuard.Rule,
            ["resources"] = new JsonArray([.. files.Select(file => Resource(file.Table, file.Csv, file.Ndjson))]),
        });

    private static JsonObject Resource(DataTable table, FileDigest csv, FileDigest ndjson) => new()
    {
        ["profile"] = "tabular-data-resource",
        ["name"] = table.Name,
        ["title"] = $"{table.Chinese} / {table.English}",
        ["path"] = FileName(table.CsvPath),
        ["format"] = "csv",
        ["mediatype"] = "text/csv",
        ["encoding"] = "utf-8",
        ["bytes"] = csv.Bytes,
        ["hash"] = $"sha256:{csv.Hash.Value}",
        ["dialect"] = new JsonObject
        {
            ["csvddfVersion"] = "1.2",
            ["delimiter"] = ",",
            ["doubleQuote"] = true,
            ["header"] = true,
            ["lineTerminator"] = CsvFile.LineEnd,
            ["quoteChar"] = "\"",
            ["skipInitialSpace"] = false,
        },
        ["schema"] = new JsonObject
        {
            ["fields"] = new JsonArray([.. table.Columns.Select(Field)]),
            ["missingValues"] = new JsonArray(""),
            ["primaryKey"] = table.Key,
        },
        ["ndjson"] = new JsonObject
        {
            ["path"] = FileName(table.NdjsonPath),
            ["mediatype"] = "application/x-ndjson",
            ["encoding"] = "utf-8",
            ["bytes"] = ndjson.Bytes,
            ["hash"] = $"sha256:{ndjson.Hash.Value}",
        },
    };

    private static JsonObject Field(Column column)
    {
        var field = new JsonObject
        {
            ["name"] = column.Name,
            ["type"] = Code.Text(column.Type),
            ["title"] = column.Chinese,
            ["description"] = column.English,
        };
        if (column.Type == ColumnType.Datetime)
        {
            field["format"] = "%Y-%m-%dT%H:%M:%S.%fZ"; // The default of the specification has no fractions of a second.
        }

        var constraints = new JsonObject();
        if (column.Required)
        {
            constraints["required"] = true;
        }

        if (!column.Codes.IsEmpty)
        {
            constraints["enum"] = new JsonArray([.. column.Codes.Select(code => JsonValue.Create(code))]);
        }

        if (constraints.Count > 0)
        {
            field["constraints"] = constraints;
        }

        return field;
    }

    // Paths in a package are relative to the package itself, which lies beside its tables.
    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
