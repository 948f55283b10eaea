using System.Text;

namespace DisclosureCloud.Transparency;

/// <summary>What a note may be written with (C2SP signed-note, "Format").</summary>
internal static class NoteText
{
    /// <summary>UTF-8 that refuses what is none, where the usual one writes a replacement character instead.</summary>
    public static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the text is Unicode, and has no ASCII control character other than the newline.</summary>
    public static bool IsWritable(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    return false;
                }

                i++;
            }
            else if (text[i] < ' ' && text[i] != '\n')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the text is a line that is not empty.</summary>
    public static bool IsLine(string text) => text.Length > 0 && !text.Contains('\n') && IsWritable(text);

    /// <summary>Whether the text is a key name: not empty, without Unicode spaces and plus signs.</summary>
    public static bool IsKeyName(string text) => IsLine(text) && !text.Any(c => c == '+' || char.IsWhiteSpace(c));
}
