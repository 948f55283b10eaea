using System.Text;
using DisclosureCloud.Ledger;
using Microsoft.Extensions.Primitives;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>The header <c>Idempotency-Key</c>: an RFC 8941 string, or its characters without the quotes.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The key, or null with the problem to answer with. <c>"abc"</c> and <c>abc</c> are the same key.</summary>
    public static string? Read(HttpRequest request, out Problem? problem)
    {
        StringValues values = request.Headers[Header];
        string? key = values.Count == 1 ? Unquote(values[0]!.Trim(' ', '\t')) : null;
        bool good = PostingId.IsKey(key);
        problem = good ? null : new Problem(
            StatusCodes.Status400BadRequest,
            values.Count == 0
                ? $"Send {Header}: your own name for this posting, so that sending it twice records it once."
                : $"{Header} is {PostingId.KeyForm}, given once.",
            new Finding("", "bad-key", $"The header {Header} is missing or not of its form.", null, PostingId.KeyForm));
        return good ? key : null;
    }

    // RFC 8941, section 3.3.3: within quotes a backslash stands before a quote or a backslash, and nowhere else.
    private static string? Unquote(string text)
    {
        if (!text.StartsWith('"'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (int i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    return i == text.Length - 1 ? plain.ToString() : null;
                case '\\' when i + 1 < text.Length && text[i + 1] is '"' or '\\':
                    plain.Append(text[++i]);
                    break;
                case '\\':
                    return null;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }

        return null;
    }
}
