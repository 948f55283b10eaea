using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.Contract;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Fuzzing;

/// <summary>Requests of every call of the interface, each spoilt in one or more of its parts: method, path, query, headers, token, body.</summary>
/// <param name="postings">Ids of postings, evidence files and complaints, and codes of these.</param>
/// <param name="tokens">Of several persons; most requests bear the first.</param>
/// <remarks>The part below HTTP is left whole, and so is NUL in a path: those the server refuses before there is a request. What leads out of /api is a page.</remarks>
internal sealed class MutatedRequest(ServedDocument document, string[] tokens, string[] postings, string[] entries)
{
    private static readonly KindSchema[] Kinds = [.. KindSchema.All.Where(kind => kind.IsPosted)];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"];

    private static readonly string[] Segments =
        ["", ".", "%2f", "%5c", "a", "none.json", "%ff%fe", "%e4%bd", "%25%32%66", "%7b%7d", "~", "*", "$", "fund.json", "-1", "99999999999999999999", "%E8%B5%84", "\"", "'--"];

    private static readonly string[] Values =
    [
        "", "0", "-1", "1", "true", "1e9", "99999999999999999999", "9223372036854775807", "0x10", "%00", "%ff", "%", "%zz", "%u0041", "2020-02-30", "9999-12-31", "0001-01-01", "csv", "xml",
        "%E6%9D%91", "'%20or%201=1", "%3Cscript%3E", "..%2f..", "*", "%25", "%F0%9F%98%80", "%ED%A0%80", "a%0d%0ab:c", "430511", "roads", "%09", "NaN", "+1", "1.0", "2026-03-02T00:00:00Z",
    ];

    private static readonly string?[] Keys = [null, "", "a", "\"a\"", "\"a", "\"a\\\"", "a b", new string('k', 255), new string('k', 256), "\"\"", ":::"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "text/csv", "application/x-ndjson", "nonsense", "text/csv;q=x", ";;;", "application/json;q=0"]),
        ("Content-Encoding", ["gzip", "identity", "br, gzip", "", "x"]),
        ("Range", ["bytes=0-1", "bytes=5-1", "x"]),
        ("If-None-Match", ["*", "\"a\"", "x"]),
        ("If-Modified-Since", ["Sun, 06 Nov 1994 08:49:37 GMT", "x"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("X-Forwarded-For", ["1.1.1.1", "[", ",,,", "x"]),
        ("X-Original-URL", ["/api/health"]),
        ("x-ms-client-principal", ["eyJ9"]),
        ("Cookie", ["a=b", ";;=="]),
        ("Traceparent", ["00-0-0-0", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]),
        ("Origin", ["null", "https://example.org"]),
        ("Accept-Encoding", ["gzip", "*;q=0"]),
        ("Accept-Charset", ["gbk"]),
    ];

    private static readonly string?[] Types =
        ["APPLICATION/JSON; charset=utf-8", "application/json; charset=gbk", "text/plain", "multipart/form-data; boundary=x", "application/json;;", "", null];

    private static readonly string[] BulkTypes =
    [
        "application/x-ndjson", "application/x-ndjson", "text/csv", "text/csv; charset=gb18030", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];

    /// <summary>The request of that number; the same for the same seed.</summary>
    public (HttpRequestMessage Request, string How) Make(int seed, int number)
    {
        var random = new Random((seed * 31) ^ (number * 7_919));
        bool writes = random.Next(3) > 0; // There are few such calls, and most that can go wrong is in them.
        (string call, JsonElement operation) = Pick(random, [.. document.Operations.Where(one => writes == one.Call.StartsWith("POST", StringComparison.Ordinal))]);
        string method = random.Next(12) == 0 ? Pick(random, Methods) : call.Split(' ')[0];
        string target = PathOf(call.Split(' ')[1], random) + (writes && random.Next(4) > 0 ? "" : QueryOf(operation, random));
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(target, UriKind.Relative));
        Authorize(request, random);
        if ((random.Next(10) == 0 ? Pick(random, Keys) : string.Create(CultureInfo.InvariantCulture, $"fuzz-{number}")) is { } key)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        bool isFile = call == "POST /api/evidence-files";
        string own = isFile ? "application/pdf" : call == "POST /api/bulk" ? Pick(random, BulkTypes) : "application/json";
        (byte[] bytes, string how) = isFile ? FileOf(random) : BodyOf(call, random);
        if (method != "GET" || random.Next(20) == 0)
        {
            request.Content = new ByteArrayContent(bytes);
            if ((random.Next(10) == 0 ? Pick(random, Types) : own) is { } type)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            request.Headers.TransferEncodingChunked = random.Next(6) == 0;
        }

        for (int more = random.Next(12) - 9; more > 0; more--)
        {
            (string name, string[] values) = Pick(random, Headers);
            HttpHeaders of = name.StartsWith("Content", StringComparison.Ordinal) && request.Content is { } content ? content.Headers : request.Headers;
            of.TryAddWithoutValidation(name, Pick(random, values));
        }

        return (request, $"{method} {target} ({how})");
    }

    private static (byte[] Bytes, string How) FileOf(Random random)
    {
        byte[] bytes = EvidenceSamples.File(new string('x', random.Next(20_000)));
        if (random.Next(2) == 0)
        {
            return (bytes, "a file");
        }

        random.NextBytes(bytes.AsSpan(0, random.Next(bytes.Length)));
        return (bytes, "noise");
    }

    private string PathOf(string template, Random random)
    {
        string[] parts = template.Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].StartsWith('{'))
            {
                parts[i] = random.Next(8) == 0 ? Pick(random, Segments) : parts[i - 1] == "schemas" ? $"{Pick(random, Kinds).Name}.json" : parts[i - 1] == "templates" ? $"{Pick(random, Kinds).Name}.{(random.Next(2) == 0 ? "xlsx" : "csv")}" : Pick(random, parts[i - 1] == "entries" ? entries : postings);
            }
            else if (i > 1 && random.Next(100) == 0)
            {
                parts[i] = Pick(random, Segments);
            }
        }

        return string.Join('/', parts);
    }

    private static string QueryOf(JsonElement operation, Random random)
    {
        List<string> names = [.. operation.TryGetProperty("parameters", out JsonElement parameters)
            ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query").Select(one => one.GetProperty("name").GetString()!)
            : []];
        names.AddRange(["unknown", "dryRun", "__proto__", "a[b]", "%00", ""]);
        var query = new StringBuilder();
        for (int count = random.Next(4); count > 0; count--)
        {
            string name = names[random.Next(random.Next(3) == 0 ? names.Count : Math.Max(1, names.Count - 6))];
            query.Append(query.Length == 0 ? '?' : '&').Append(name);
            if (random.Next(10) > 0)
            {
                query.Append('=').Append(random.Next(100) == 0 ? new string('x', random.Next(9_000)) : Pick(random, Values));
            }
        }

        return query.ToString();
    }

    private void Authorize(HttpRequestMessage request, Random random)
    {
        string token = random.Next(3) == 0 ? Pick(random, tokens) : tokens[0];
        string? header = random.Next(60) switch
        {
            0 => null,
            1 => "Bearer",
            2 => "Basic YTpi",
            3 => $"Bearer {token[..random.Next(token.Length)]}",
            4 => $"Bearer {Flipped(token, random)}",
            5 => $"Bearer {Convert.ToBase64String("{\"alg\":\"none\"}"u8)}.{token.Split('.')[1]}.",
            6 => $"bearer  {token} ",
            _ => $"Bearer {token}",
        };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }
    }

    private static (byte[] Bytes, string How) BodyOf(string call, Random random)
    {
        (JsonObject good, string[] required) = Good(call, random);
        byte[] bytes = Encoding.UTF8.GetBytes(good.ToJsonString());
        switch (random.Next(60))
        {
            case 0:
                return (bytes, "good");
            case 1:
                return ([.. bytes, .. Encoding.UTF8.GetBytes(new string(' ', (1 << 20) + random.Next(2) - bytes.Length))], "about a mebibyte");
            case 2:
                random.NextBytes(bytes);
                return (bytes, "noise");
            case 3:
                return (Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "[" : "{\"a\":", random.Next(200_000)))), "open brackets");
            case 4:
                return (Encoding.UTF8.GetBytes($"{{\"kind\":[{string.Join(',', Enumerable.Repeat("1", random.Next(300_000)))}]}}"), "a long array");
            case 5:
                return (Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, random.Next(20_000)).Select(i => $"\"f{i}\":\"{i}\""))}}}"), "many fields");
            case 6:
                using (var zipped = new MemoryStream())
                {
                    using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
                    {
                        zip.Write(bytes);
                    }

                    return (zipped.ToArray(), "compressed");
                }

            case 7:
                return (Encoding.UTF8.GetBytes($"{{\"kind\":\"fund\",\"name\":\"{new string((char)random.Next(0x4e00, 0x9fa5), random.Next(100_000))}\"}}"), "a long text");
            default:
                BadBody body = random.Next(2) == 0 ? BadBody.Of(good, required, random) : BadBody.Mutated(good, random);
                return (body.Bytes, body.How);
        }
    }

    private static (JsonObject Good, string[] Required) Good(string call, Random random)
    {
        if (call.EndsWith("notices", StringComparison.Ordinal))
        {
            return (Office.Notice("fuzz-notice"), [.. SchemaSample.Required(KindJsonSchema.OfNotice())]);
        }

        if (call.EndsWith("complaints", StringComparison.Ordinal))
        {
            return (ComplaintSamples.Of("430511"), [.. SchemaSample.Required(ComplaintReader.Schema())]);
        }

        JsonObject schema = call.EndsWith("answer", StringComparison.Ordinal) ? ComplaintReplyReader.Schema() : call.EndsWith("al", StringComparison.Ordinal) || call.EndsWith("ion", StringComparison.Ordinal) ? DecisionReader.Schema() : KindJsonSchema.Of(Pick(random, Kinds));
        return (SchemaSample.Object(schema, random), [.. SchemaSample.Required(schema)]);
    }

    private static string Flipped(string token, Random random)
    {
        char[] letters = token.ToCharArray();
        letters[random.Next(letters.Length)] = (char)random.Next('!', '~');
        return new string(letters);
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
