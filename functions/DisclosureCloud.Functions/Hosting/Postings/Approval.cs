using System.Collections.Frozen;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Which kinds of postings need a second person: all, save those that the operator has named. Money always needs one.</summary>
internal sealed class Approval
{
    /// <summary>The setting that names the kinds which need no approval, separated by commas.</summary>
    public const string Setting = "Disclosure:Approval:NotNeeded";

    private readonly FrozenSet<string> _notNeeded;

    private Approval(IEnumerable<string> notNeeded) => _notNeeded = notNeeded.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What holds where the operator has named no kind.</summary>
    public static Approval Always { get; } = new([]);

    /// <exception cref="InvalidOperationException">
    /// It names a kind that nobody posts, or one that always needs approval. A mistake here would let something take effect that nobody
    /// has checked, or would be taken for a rule that does not hold: the app does not start.
    /// </exception>
    public static Approval Read(string? setting)
    {
        string[] names = setting?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (string name in names)
        {
            KindSchema? kind = KindSchema.Find(name);
            if (kind is { IsAlwaysApproved: true })
            {
                throw new InvalidOperationException($"{Setting}: '{name}' always needs the approval of a second person. {Choice()}");
            }

            if (kind is not { IsPosted: true })
            {
                throw new InvalidOperationException($"{Setting}: there is no kind of posting '{name}'. {Choice()}");
            }
        }

        return names.Length == 0 ? Always : new Approval(names);
    }

    public bool IsNeeded(string kind) => !_notNeeded.Contains(kind);

    private static string Choice() =>
        $"It may name {string.Join(", ", KindSchema.All.Where(kind => kind is { IsPosted: true, IsAlwaysApproved: false }).Select(kind => kind.Name))}.";
}
