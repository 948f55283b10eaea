using System.Text;

namespace DisclosureCloud.Emulators;

/// <summary>What the handler wrote to its two outputs, over all its lives.</summary>
internal sealed class HandlerOutput
{
    private readonly StringBuilder _lines = new();

    public void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.AppendLine(line);
            }
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return _lines.ToString();
        }
    }
}
