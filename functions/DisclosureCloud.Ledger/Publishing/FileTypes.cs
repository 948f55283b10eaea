using System.Collections.Frozen;

namespace DisclosureCloud.Ledger;

/// <summary>What a file is, told from its name: the media type that whoever serves it names.</summary>
/// <remarks>
/// One table for the embedded server and for blobs, so that a site does not change its types with where it lies. RFC 4180 (CSV),
/// RFC 4287 (Atom), RFC 6713 (gzip), RFC 8259 (JSON has no charset), c2sp.org/tlog-tiles (tiles and bundles are bytes, a checkpoint is text).
/// </remarks>
public static class FileTypes
{
    /// <summary>Of a name that the table does not know.</summary>
    public const string Bytes = "application/octet-stream";

    private const string Text = "text/plain; charset=utf-8";

    private static readonly FrozenDictionary<string, string> ByExtension = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".atom"] = "application/atom+xml; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".csv"] = "text/csv; charset=utf-8; header=present",
        [".db"] = "application/vnd.sqlite3",
        [".gz"] = "application/gzip",
        [".html"] = "text/html; charset=utf-8",
        [".ico"] = "image/x-icon",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".md"] = "text/markdown; charset=utf-8",
        [".ndjson"] = "application/x-ndjson; charset=utf-8",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".sqlite"] = "application/vnd.sqlite3",
        [".svg"] = "image/svg+xml",
        [".txt"] = Text,
        [".wasm"] = "application/wasm",
        [".webp"] = "image/webp",
        [".woff2"] = "font/woff2",
        [".xml"] = "application/xml; charset=utf-8",
        [".zip"] = "application/zip",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="path">A path with <c>/</c>, such as <c>data/funds.csv</c> or <c>log/checkpoint</c>.</param>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = path[(path.LastIndexOf('/') + 1)..];
        int dot = name.LastIndexOf('.');
        return dot < 0
            ? name is "checkpoint" or "vkey" ? Text : Bytes
            : ByExtension.GetValueOrDefault(name[dot..], Bytes);
    }
}
