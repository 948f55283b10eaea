namespace DisclosureCloud.Ledger;

/// <summary>One thing that is wrong with what was sent.</summary>
/// <param name="Pointer">Where: an RFC 6901 pointer into the body, empty for the whole.</param>
/// <param name="Code">What, for programs: kebab-case, stable.</param>
/// <param name="Detail">What, for people, and the fix where there is one.</param>
/// <param name="Found">The figure or code that was found; never set for what the guard refused.</param>
/// <param name="Wanted">What was wanted instead.</param>
public sealed record Finding(string Pointer, string Code, string Detail, string? Found = null, string? Wanted = null)
{
    /// <summary>The query parameter that it is about; null where it is about a body.</summary>
    public string? Parameter { get; init; }

    /// <summary>In a file of many postings, the line or row that the pointer leads into, from 1; null elsewhere.</summary>
    public int? Row { get; init; }

    /// <summary>In a spreadsheet, the cell, such as <c>allocation!E7</c>; null elsewhere.</summary>
    public string? Cell { get; init; }
}

/// <summary>Gathers findings, so that a sender sees all that is wrong at once.</summary>
public sealed class Findings
{
    /// <summary>More do not help the sender and would make the answer larger than the body.</summary>
    public const int CountMax = 200;

    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> All => _findings;

    public bool Any => _findings.Count > 0;

    public void Add(string pointer, string code, string detail, string? found = null, string? wanted = null) =>
        Add(new Finding(pointer, code, detail, found, wanted));

    public void Add(Finding finding)
    {
        if (_findings.Count < CountMax)
        {
            _findings.Add(finding);
        }
    }
}
