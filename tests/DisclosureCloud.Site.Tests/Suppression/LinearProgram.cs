namespace DisclosureCloud.Site.Tests.Suppression;

/// <summary>The least and the most that each unknown can be, under equations and bounds: simplex, exact, by Bland's rule, so that it ends.</summary>
/// <remarks>Each unknown is from 0 to a most of its own; whoever has another least shifts it.</remarks>
internal sealed class LinearProgram
{
    private readonly Fraction[][] _rows; // Of each row the columns, and last what it comes to.
    private readonly int[] _basis;
    private readonly int _unknowns;
    private readonly int _columns;

    /// <param name="equations">Coefficients of the unknowns, and what they come to.</param>
    /// <param name="most">The most that each unknown can be.</param>
    public LinearProgram(IReadOnlyList<(Fraction[] Of, Fraction Sum)> equations, IReadOnlyList<long> most)
    {
        _unknowns = most.Count;
        int slack = _unknowns;
        _columns = _unknowns + slack + equations.Count;
        _rows = new Fraction[equations.Count + _unknowns][];
        _basis = new int[_rows.Length];
        for (int i = 0; i < _unknowns; i++)
        {
            _rows[i] = new Fraction[_columns + 1];
            (_rows[i][i], _rows[i][_unknowns + i], _rows[i][_columns]) = (1, 1, most[i]);
            _basis[i] = _unknowns + i;
        }

        for (int i = 0; i < equations.Count; i++)
        {
            var row = new Fraction[_columns + 1];
            Fraction sign = equations[i].Sum.Sign < 0 ? -1 : 1;
            for (int j = 0; j < _unknowns; j++)
            {
                row[j] = equations[i].Of[j] * sign;
            }

            (row[_unknowns + slack + i], row[_columns]) = (1, equations[i].Sum * sign);
            (_rows[_unknowns + i], _basis[_unknowns + i]) = (row, _unknowns + slack + i);
        }

        // First what was put in to have a start must go.
        var artificial = new Fraction[_columns];
        for (int j = _unknowns + slack; j < _columns; j++)
        {
            artificial[j] = -1;
        }

        IsFeasible = Maximise(artificial, _columns).IsZero;
        for (int row = 0; row < _rows.Length; row++)
        {
            // One that stayed, at nought, could grow again later: another takes its place, unless the equation says nothing new.
            int column = _basis[row] < _unknowns * 2 ? -1 : Array.FindIndex(_rows[row], 0, _unknowns * 2, one => !one.IsZero);
            if (column >= 0)
            {
                Pivot(row, column);
            }
        }
    }

    /// <summary>False where the equations contradict each other or the bounds.</summary>
    public bool IsFeasible { get; }

    public (Fraction Least, Fraction Most) RangeOf(int unknown)
    {
        var goal = new Fraction[_columns];
        goal[unknown] = 1;
        Fraction most = Maximise(goal, _unknowns * 2);
        goal[unknown] = -1;
        return (0 - Maximise(goal, _unknowns * 2), most);
    }

    /// <param name="allowed">Columns from here on stay out.</param>
    private Fraction Maximise(Fraction[] goal, int allowed)
    {
        while (true)
        {
            int enter = Enumerable.Range(0, allowed).FirstOrDefault(column => Gain(goal, column).Sign > 0, -1);
            if (enter < 0)
            {
                return Enumerable.Range(0, _rows.Length).Aggregate((Fraction)0, (sum, row) => sum + (goal[_basis[row]] * _rows[row][_columns]));
            }

            int leave = -1;
            for (int row = 0; row < _rows.Length; row++)
            {
                if (_rows[row][enter].Sign > 0 && (leave < 0 || Compare(row, leave, enter) < 0))
                {
                    leave = row;
                }
            }

            Pivot(leave, enter); // Each unknown has a most: there is always one to leave.
        }
    }

    private Fraction Gain(Fraction[] goal, int column) =>
        Enumerable.Range(0, _rows.Length).Aggregate(goal[column], (gain, row) => _rows[row][column].IsZero ? gain : gain - (goal[_basis[row]] * _rows[row][column]));

    private int Compare(int row, int other, int enter)
    {
        int by = ((_rows[row][_columns] / _rows[row][enter]) - (_rows[other][_columns] / _rows[other][enter])).Sign;
        return by != 0 ? by : _basis[row].CompareTo(_basis[other]);
    }

    private void Pivot(int row, int column)
    {
        Fraction by = _rows[row][column];
        _rows[row] = [.. _rows[row].Select(one => one / by)];
        for (int other = 0; other < _rows.Length; other++)
        {
            Fraction factor = _rows[other][column];
            if (other != row && !factor.IsZero)
            {
                _rows[other] = [.. _rows[other].Zip(_rows[row], (one, pivot) => pivot.IsZero ? one : one - (factor * pivot))];
            }
        }

        _basis[row] = column;
    }
}
