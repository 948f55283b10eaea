using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Where one of a deployment's logs lies. The first has the place <c>log</c>; each that follows another has a place of its own.</summary>
/// <remarks>Two logs in one place would each find the other's leaves and refuse them: what a log has made in its place stays there for ever.</remarks>
internal sealed record LogHome
{
    public const string Setting = "Disclosure:Log:Place";

    private const string FirstName = "log";

    /// <summary>A container's name in Azure has at most 63 characters; a place is read by people.</summary>
    private const int SuffixLengthMax = 20;

    private LogHome(string name) => Name = name;

    /// <summary>The place of a log that follows none.</summary>
    public static LogHome First { get; } = new(FirstName);

    /// <summary>The folder below the data folder, or the container of full tiles and bundles.</summary>
    public string Name { get; }

    /// <summary>The container of partial tiles and of what is staged. No place has this name.</summary>
    public string EdgeName => EdgeOf(Name);

    /// <summary>The key of the lock row.</summary>
    public CellKey Row => CellKey.Parse($"{Name}/checkpoint");

    /// <exception cref="InvalidOperationException">It is none: the message begins with the setting's name.</exception>
    public static LogHome Read(string? text) => text?.Trim() switch
    {
        null or "" or FirstName => First,
        { Length: <= 4 + SuffixLengthMax } name when name.StartsWith($"{FirstName}-", StringComparison.Ordinal)
            && name.Length > 4 && name[4..].All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) && name != EdgeOf(FirstName) => new LogHome(name),
        string other => throw new InvalidOperationException(
            $"{Setting} is 'log', or 'log-' and at most {SuffixLengthMax} small letters and digits that are not 'edge', such as log-2; found '{other}'."),
    };

    public override string ToString() => Name;

    private static string EdgeOf(string name) => $"{name}-edge";
}
