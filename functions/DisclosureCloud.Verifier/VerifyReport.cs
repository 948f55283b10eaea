namespace DisclosureCloud.Verifier;

/// <summary>One thing that is wrong.</summary>
/// <param name="Subject">The file, or <c>leaf N</c>, that is wrong.</param>
/// <param name="Message">What was found and what was wanted.</param>
public sealed record Finding(string Subject, string Message)
{
    public override string ToString() => $"{Subject}: {Message}";
}

/// <summary>What checking a site came to.</summary>
/// <param name="Proven">What is known to be right, a sentence each.</param>
/// <param name="Unproven">What was not checked, or cannot be from outside, a sentence each.</param>
/// <param name="Findings">What is wrong: the first thing of each file, at most <see cref="FindingsMax"/>.</param>
/// <param name="FindingCount">How many files and leaves are wrong, those that are not listed among them.</param>
public sealed record VerifyReport(
    IReadOnlyList<string> Proven, IReadOnlyList<string> Unproven, IReadOnlyList<Finding> Findings, long FindingCount)
{
    /// <summary>The most findings that are listed: whoever replaced a whole site would fill a screen for each page.</summary>
    public const int FindingsMax = 100;

    /// <summary>True where nothing is wrong. It says nothing of what was not checked.</summary>
    public bool IsWell => FindingCount == 0;
}

/// <summary>Gathers what a check finds. For use by several threads.</summary>
internal sealed class VerifyNotes
{
    // Beyond so many wrong files there is no need to remember which.
    private const int SubjectsMax = 100_000;

    private readonly Lock _gate = new();
    private readonly List<string> _proven = [];
    private readonly List<string> _unproven = [];
    private readonly List<Finding> _findings = [];
    private readonly HashSet<string> _subjects = new(StringComparer.Ordinal);
    private long _count;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public void Prove(string sentence)
    {
        lock (_gate)
        {
            _proven.Add(sentence);
        }
    }

    public void LeaveOpen(string sentence)
    {
        lock (_gate)
        {
            _unproven.Add(sentence);
        }
    }

    /// <summary>Notes the first thing that is wrong with a file; what else is wrong with it follows from that as a rule.</summary>
    public void Find(string subject, string message)
    {
        lock (_gate)
        {
            if (_subjects.Contains(subject) || (_subjects.Count < SubjectsMax && !_subjects.Add(subject)))
            {
                return;
            }

            _count++;
            if (_findings.Count < VerifyReport.FindingsMax)
            {
                _findings.Add(new Finding(subject, message));
            }
        }
    }

    /// <summary>Takes over what another found.</summary>
    public void Add(VerifyNotes other)
    {
        VerifyReport found = other.ToReport();
        foreach (Finding finding in found.Findings)
        {
            Find(finding.Subject, finding.Message);
        }

        lock (_gate)
        {
            _count += found.FindingCount - found.Findings.Count;
        }
    }

    public bool Has(string subject)
    {
        lock (_gate)
        {
            return _subjects.Contains(subject);
        }
    }

    public VerifyReport ToReport()
    {
        lock (_gate)
        {
            return new VerifyReport([.. _proven], [.. _unproven], [.. _findings], _count);
        }
    }
}
