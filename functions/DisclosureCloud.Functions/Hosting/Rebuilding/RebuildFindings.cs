using System.Globalization;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>What does not fit, a line each. All of it is looked for before anything is refused.</summary>
internal sealed class RebuildFindings
{
    /// <summary>Whoever has read so many lines knows what has happened.</summary>
    private const int LinesMax = 50;

    private readonly List<string> _lines = [];
    private long _count;

    public void Add(string line)
    {
        _count++;
        if (_lines.Count < LinesMax)
        {
            _lines.Add(line);
        }
    }

    /// <exception cref="RebuildRefusedException">Something was found.</exception>
    public void Refuse()
    {
        if (_count > _lines.Count)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"And {_count - _lines.Count} more."));
        }

        if (_lines.Count > 0)
        {
            throw new RebuildRefusedException(_lines);
        }
    }
}

/// <summary>Archive, log and ledger do not fit together.</summary>
internal sealed class RebuildRefusedException(IReadOnlyList<string> lines, Exception? cause = null) : Exception(string.Join('\n', lines), cause)
{
    /// <summary>What was found, a line each.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
