using DisclosureCloud.Transparency;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>The settings <c>Disclosure:Log:*</c> that concern its keys and witnesses. Not a record: what it holds is printed nowhere.</summary>
internal sealed class LogSettings
{
    public const string SeedSetting = "Disclosure:Log:Seed";
    public const string OldSeedSetting = "Disclosure:Log:OldSeed";
    private const string RetiredKeysSetting = "Disclosure:Log:RetiredKeys";

    /// <summary>A key lasts for years; each more is a line in /log/vkey, which everyone reads.</summary>
    private const int RetiredKeysMax = 32;

    private readonly string? _seed;
    private readonly string? _oldSeed;

    private LogSettings(string? seed, string? oldSeed, IReadOnlyList<VerifierKey> retiredKeys, WitnessPolicy witnesses) =>
        (_seed, _oldSeed, RetiredKeys, Witnesses) = (seed, oldSeed, retiredKeys, witnesses);

    /// <summary>Nothing is set: the seed lies in a file.</summary>
    public static LogSettings None { get; } = new(null, null, [], WitnessPolicy.None);

    /// <summary>Keys that signed once and no longer do, for readers of old checkpoints.</summary>
    public IReadOnlyList<VerifierKey> RetiredKeys { get; }

    /// <summary>Who cosigns its checkpoints, and how many of whom are a quorum.</summary>
    public WitnessPolicy Witnesses { get; }

    /// <exception cref="InvalidOperationException">A setting is not of its form; the message begins with its name, and never shows a seed.</exception>
    public static LogSettings Read(IConfiguration configuration, AppRole role)
    {
        // The API takes what strangers send. What it has, they might get.
        if (role == AppRole.Api && (configuration[SeedSetting] ?? configuration[OldSeedSetting]) is not null)
        {
            throw new InvalidOperationException($"{SeedSetting} and {OldSeedSetting} are the publisher's alone: take them away from the role 'api', which signs nothing.");
        }

        string? seed = ReadSeed(configuration, SeedSetting);
        string? oldSeed = ReadSeed(configuration, OldSeedSetting);
        return oldSeed is not null && seed is null
            ? throw new InvalidOperationException($"{OldSeedSetting} is set and {SeedSetting} is not: with the old seed alone, nothing is rotated.")
            : new LogSettings(seed, oldSeed, ReadRetiredKeys(configuration[RetiredKeysSetting]), WitnessPolicy.Read(configuration[WitnessPolicy.Setting]));
    }

    /// <summary>The seed that is set, for its caller to dispose of; null where none is.</summary>
    public LogSeed? Seed() => _seed is null ? null : LogSeed.Parse(_seed, SeedSetting);

    /// <summary>The seed before it, while both sign; null where none is set.</summary>
    public LogSeed? OldSeed() => _oldSeed is null ? null : LogSeed.Parse(_oldSeed, OldSeedSetting);

    // What is wrong is said when the app starts, and not when it first signs. White space: a setting that is there and empty is none.
    private static string? ReadSeed(IConfiguration configuration, string setting)
    {
        if (configuration[setting]?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        using LogSeed _ = LogSeed.Parse(text, setting);
        return text;
    }

    private static VerifierKey[] ReadRetiredKeys(string? text)
    {
        string[] keys = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (keys.Length > RetiredKeysMax)
        {
            throw new InvalidOperationException($"{RetiredKeysSetting} has at most {RetiredKeysMax} keys; found {keys.Length}.");
        }

        try
        {
            return [.. keys.Select(VerifierKey.Parse)];
        }
        catch (FormatException fault)
        {
            throw new InvalidOperationException($"{RetiredKeysSetting} is verifier keys (<name>+<key id>+<key>) with commas between: {fault.Message}", fault);
        }
    }
}
