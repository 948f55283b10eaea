using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Functions.Tests.Fuzzing;

/// <summary>Makes a text that a pattern of an id matches: literals, classes, groups with alternatives, and counts.</summary>
internal sealed class PatternSample
{
    private const int RepeatMax = 12;

    private readonly string _pattern;
    private readonly Random _random;
    private int _at;

    private PatternSample(string pattern, Random random) => (_pattern, _random) = (pattern, random);

    public static string Of(string pattern, Random random)
    {
        string text = new PatternSample(pattern.TrimStart('^').TrimEnd('$'), random).Alternatives();
        return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            ? text
            : throw new InvalidOperationException($"'{text}' is no sample of {pattern}: teach {nameof(PatternSample)} what the pattern has.");
    }

    private string Alternatives()
    {
        var all = new List<string> { Sequence() };
        while (_at < _pattern.Length && _pattern[_at] == '|')
        {
            _at++;
            all.Add(Sequence());
        }

        return all[_random.Next(all.Count)];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            // Read once to find where it ends, and then anew each time, so that each repetition is a choice of its own.
            int start = _at;
            _ = Piece();
            int times = Times();
            int end = _at;
            for (int i = 0; i < times; i++)
            {
                _at = start;
                text.Append(Piece());
            }

            _at = end;
        }

        return text.ToString();
    }

    private string Piece()
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case '(':
                string inner = Alternatives();
                _at++;
                return inner;
            case '[':
                string of = Class();
                return of[_random.Next(of.Length)].ToString();
            case '\\':
                char escaped = _pattern[_at++];
                return escaped == 'd' ? _random.Next(10).ToString(CultureInfo.InvariantCulture) : escaped.ToString();
            default:
                return c.ToString();
        }
    }

    private string Class()
    {
        var of = new StringBuilder();
        for (; _pattern[_at] != ']'; _at++)
        {
            if (_pattern[_at + 1] == '-' && _pattern[_at + 2] != ']')
            {
                for (char c = _pattern[_at]; c <= _pattern[_at + 2]; c++)
                {
                    of.Append(c);
                }

                _at += 2;
            }
            else
            {
                of.Append(_pattern[_at]);
            }
        }

        _at++;
        return of.ToString();
    }

    private int Times()
    {
        switch (_at < _pattern.Length ? _pattern[_at] : ' ')
        {
            case '?':
                _at++;
                return _random.Next(2);
            case '*':
                _at++;
                return _random.Next(RepeatMax);
            case '+':
                _at++;
                return _random.Next(1, RepeatMax);
            case '{':
                int end = _pattern.IndexOf('}', _at);
                string[] bounds = _pattern[(_at + 1)..end].Split(',');
                _at = end + 1;
                int min = int.Parse(bounds[0], CultureInfo.InvariantCulture);
                int max = bounds.Length == 1 ? min : int.Parse(bounds[1], CultureInfo.InvariantCulture);
                return _random.Next(min, Math.Max(min, Math.Min(max, RepeatMax)) + 1);
            default:
                return 1;
        }
    }
}
