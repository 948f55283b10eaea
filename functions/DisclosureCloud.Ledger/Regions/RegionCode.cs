using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>A place: a code of GB/T 2260, or such a code followed by one hash for every deeper or uncoded place.</summary>
/// <remarks>
/// <c>410503</c> is a county, <c>410500</c> its city, <c>410000</c> its province. A place below them, or one without a code, is
/// <c>{parent}-{8 hex}</c>, the hex being the start of the SHA-256 of its name in NFKC; <c>000000</c> stands for the country where
/// not even the province is known: a notice names six regions at most, and a row one place below them, so that seven hashes do. A prefix
/// covers what lies below (<see cref="Covers"/>).
/// </remarks>
public readonly partial record struct RegionCode : IId<RegionCode>
{
    private const string Form = "[0-9]{6}(-[0-9a-f]{8}){0,7}";

    private RegionCode(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    /// <summary>The form of codes for which <see cref="IsInAKnownProvince"/> is true: what a posting may say.</summary>
    public static string PatternInAKnownProvince =>
        $"^(000000|({string.Join('|', GbRegions.Provinces.Select(code => code.Value[..2]))})[0-9]{{4}})(-[0-9a-f]{{8}}){{0,7}}$";

    /// <summary>The whole country: above every other place.</summary>
    public static RegionCode Country => new("000000");

    public string Value { get; }

    /// <summary>0 the country, 1 a province, 2 a prefecture or city, 3 a county, and one more for each place below.</summary>
    public int Level => GbLevel + ((Value.Length - 6) / 9);

    private int GbLevel => Value.AsSpan(0, 6) switch
    {
        "000000" => 0,
        var code when code[2..].SequenceEqual("0000") => 1,
        var code when code[4..].SequenceEqual("00") => 2,
        _ => 3,
    };

    /// <summary>True where the place has no code of its own.</summary>
    public bool IsHashed => Value.Length > 6;

    /// <summary>True for codes that begin like a province's, and for the country.</summary>
    public bool IsInAKnownProvince => this == Country || Value.StartsWith(Country.Value, StringComparison.Ordinal) || GbRegions.Name(new RegionCode(Value[..2] + "0000")) is not null;

    /// <summary>The place above, or null for the country.</summary>
    public RegionCode? Parent => Value.Length > 6
        ? new RegionCode(Value[..^9])
        : GbLevel switch
        {
            0 => null,
            1 => Country,
            2 => new RegionCode(Value[..2] + "0000"),

            // The codes xx90yy are counties that stand directly under their province, and those of the four municipalities
            // (11, 12, 31, 50) have no city between.
            _ when Value[2..4] == "90" || Value[..2] is "11" or "12" or "31" or "50" => new RegionCode(Value[..2] + "0000"),
            _ => new RegionCode(Value[..4] + "00"),
        };

    /// <summary>This place and all above it, from the top down, without the country.</summary>
    public IEnumerable<RegionCode> Path
    {
        get
        {
            var path = new List<RegionCode>();
            for (RegionCode? at = this; at is { } code && code != Country; at = code.Parent)
            {
                path.Add(code);
            }

            path.Reverse();
            return path;
        }
    }

    /// <summary>A place below this one that has no code of its own.</summary>
    public RegionCode Below(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(name.Normalize(NormalizationForm.FormKC)));
        return new RegionCode($"{Value}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }

    /// <summary>True for this place and every place below it.</summary>
    public bool Covers(RegionCode other)
    {
        for (RegionCode? at = other; at is { } code; at = code.Parent)
        {
            if (code == this)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The lowest place that covers both.</summary>
    public RegionCode CommonWith(RegionCode other)
    {
        RegionCode at = this;
        while (!at.Covers(other))
        {
            at = at.Parent!.Value; // The country covers every place, and is above all.
        }

        return at;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out RegionCode id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new RegionCode(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}
