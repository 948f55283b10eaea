namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>The form of a log's name: a URL without its scheme (c2sp.org/tlog-checkpoint), and so a source that CloudEvents takes.</summary>
internal static class LogOrigin
{
    private const int LengthMax = 200;

    /// <exception cref="InvalidOperationException">It is of another form; the message begins with the setting's name.</exception>
    public static string Read(string text, string setting) =>
        text.Length is >= 1 and <= LengthMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/') && text[^1] != '/' && text[0] is not ('/' or '.')
            ? text
            : throw new InvalidOperationException($"{setting} is a host and a path, such as sun.county.gov.cn/funds; found '{text}'.");
}
