namespace DisclosureCloud.Site.Tests.Suppression;

/// <summary>Who keeps all that was ever published, and works out what was not: by equations between numbers and what each can be at most.</summary>
internal sealed class Attacker
{
    private const int Least = 1;
    private const int Most = 9;

    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _small = new(StringComparer.Ordinal);
    private readonly List<(HashSet<string> Of, long Sum)> _equations = [];

    public IReadOnlyCollection<string> Small => _small;

    /// <summary>A number that was published by itself.</summary>
    public void Saw(string cell, long value) => _known[cell] = value;

    /// <summary>A number of which nothing is published but that it is from 1 to 9.</summary>
    public void SawSmall(string cell) => _small.Add(cell);

    /// <summary>That some numbers come to a sum.</summary>
    public void SawSum(IEnumerable<string> cells, long sum) => _equations.Add((new HashSet<string>(cells, StringComparer.Ordinal), sum));

    /// <summary>The small numbers that it can tell to be less than all of 1 to 9, with what they can be.</summary>
    /// <exception cref="InvalidOperationException">What was published contradicts itself.</exception>
    public IReadOnlyDictionary<string, (long Least, long Most)> Find()
    {
        var found = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        foreach ((string[] cells, List<(Fraction[] Of, Fraction Sum)> equations) in Parts())
        {
            var program = new LinearProgram(equations, [.. cells.Select(_ => (long)(Most - Least))]);
            if (!program.IsFeasible)
            {
                throw new InvalidOperationException("What was published contradicts itself.");
            }

            for (int i = 0; i < cells.Length; i++)
            {
                (Fraction least, Fraction most) = program.RangeOf(i);
                (long from, long to) = (Least - (0 - least).Floor(), Least + most.Floor());
                if (from > Least || to < Most)
                {
                    found[cells[i]] = (from, to);
                }
            }
        }

        return found;
    }

    // What no equation connects is worked out apart. Of each part the equations that say nothing new are left out.
    private IEnumerable<(string[] Cells, List<(Fraction[] Of, Fraction Sum)> Equations)> Parts()
    {
        List<(string[] Of, long Sum)> open = [.. _equations.Select(one => (
            one.Of.Where(cell => !_known.ContainsKey(cell)).ToArray(),
            one.Sum - one.Of.Sum(cell => _known.GetValueOrDefault(cell))))];
        if (open.Any(one => one.Of.Length == 0 && one.Sum != 0) || open.Any(one => one.Of.Any(cell => !_small.Contains(cell))))
        {
            throw new InvalidOperationException("What was published contradicts itself, or sums what nobody ever saw.");
        }

        var left = new HashSet<string>(_small.Where(cell => !_known.ContainsKey(cell)), StringComparer.Ordinal);
        while (left.Count > 0)
        {
            var part = new HashSet<string>(StringComparer.Ordinal) { left.Min(StringComparer.Ordinal)! };
            while (open.Where(one => one.Of.Any(part.Contains) && !one.Of.All(part.Contains)).ToArray() is [_, ..] next)
            {
                part.UnionWith(next.SelectMany(one => one.Of));
            }

            left.ExceptWith(part);
            string[] cells = [.. part.Order(StringComparer.Ordinal)];
            yield return (cells, Reduced([.. open.Where(one => one.Of.Length > 0 && part.Contains(one.Of[0])).Select(one =>
                (cells.Select(cell => (Fraction)(one.Of.Contains(cell, StringComparer.Ordinal) ? 1 : 0)).ToArray(), (Fraction)(one.Sum - (Least * one.Of.Length))))]));
        }
    }

    private static List<(Fraction[] Of, Fraction Sum)> Reduced(List<(Fraction[] Of, Fraction Sum)> equations)
    {
        List<(Fraction[] Of, Fraction Sum)> reduced = [];
        foreach ((Fraction[] of, Fraction sum) in equations)
        {
            (Fraction[] Of, Fraction Sum) one = (of, sum);
            foreach ((Fraction[] Of, Fraction Sum) before in reduced)
            {
                int pivot = Array.FindIndex(before.Of, value => !value.IsZero);
                Fraction factor = one.Of[pivot] / before.Of[pivot];
                if (!factor.IsZero)
                {
                    one = ([.. one.Of.Zip(before.Of, (a, b) => a - (factor * b))], one.Sum - (factor * before.Sum));
                }
            }

            if (!one.Of.All(value => value.IsZero))
            {
                reduced.Add(one);
            }
            else if (!one.Sum.IsZero)
            {
                throw new InvalidOperationException("What was published contradicts itself.");
            }
        }

        return reduced;
    }
}
