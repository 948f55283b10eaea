using System.Text.Json;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>An answer of the app, read to its end.</summary>
internal sealed record Answer(int Status, string? MediaType, string Text, string? Location, string WwwAuthenticate, string? RetryAfter)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string Id => Json.GetProperty("id").GetString()!;

    public string State => Json.GetProperty("state").GetString()!;

    /// <summary>The codes of its errors or findings, in order, each as <c>[code]</c>.</summary>
    public string Codes => string.Concat(Findings.Select(finding => $"[{finding.GetProperty("code").GetString()}]"));

    /// <summary>Their pointers likewise.</summary>
    public string Pointers => string.Concat(Findings.Select(finding => $"[{finding.GetProperty("pointer").GetString()}]"));

    public string[] Entries => [.. Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetString()!)];

    private JsonElement.ArrayEnumerator Findings =>
        Json.GetProperty(Json.TryGetProperty("errors", out _) ? "errors" : "findings").EnumerateArray();

    /// <summary>Every error is a problem document in the one form of design section 5.</summary>
    public Answer ShouldBeProblem(int status, params string[] codes)
    {
        Status.ShouldBe(status, Text);
        MediaType.ShouldBe("application/problem+json");
        Json.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        Json.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        foreach (JsonElement error in Json.GetProperty("errors").EnumerateArray())
        {
            string pointer = error.GetProperty("pointer").GetString()!;
            (pointer.Length == 0 || pointer[0] == '/').ShouldBeTrue($"'{pointer}' is no JSON pointer");
            error.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        }

        foreach (string code in codes)
        {
            Codes.ShouldContain($"[{code}]", Case.Sensitive, Text);
        }

        return this;
    }

    public Answer ShouldBe(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }
}
