using System.Globalization;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Which witnesses there are, and how many of whom make a quorum (C2SP tlog-policy).</summary>
internal sealed class WitnessPolicy
{
    public const string Setting = "Disclosure:Log:Witnesses";

    /// <summary>The longest policy, in bytes.</summary>
    public const int SizeMax = 64 * 1024;

    /// <summary>The most witnesses and the most groups: what tlog-policy recommends to support. A note has 64 signatures at most.</summary>
    private const int NamesMax = 32;

    private const string NoQuorum = "none";

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly List<PolicyWitness> _witnesses = [];
    private string? _quorum;

    private WitnessPolicy()
    {
    }

    /// <summary>No witnesses: no checkpoint is witnessed.</summary>
    public static WitnessPolicy None { get; } = new() { _quorum = NoQuorum };

    public IReadOnlyList<PolicyWitness> Witnesses => _witnesses;

    /// <summary>Reads the setting: the policy itself, with semicolons for line ends, or the name of a file that has it.</summary>
    /// <exception cref="InvalidOperationException">There is no such file, or it is no policy. The message begins with the setting's name.</exception>
    public static WitnessPolicy Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return None;
        }

        try
        {
            string first = setting.TrimStart().Split([' ', '\t'], 2)[0];
            if (first is "witness" or "group" or "quorum" or "log")
            {
                return Parse(setting.Replace(';', '\n'));
            }

            return new FileInfo(setting) is { Exists: true, Length: <= SizeMax }
                ? Parse(File.ReadAllText(setting))
                : throw new FormatException($"'{setting}' is no file of at most {SizeMax} bytes, and no policy that begins with 'witness'.");
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{Setting}: {fault.Message}", fault);
        }
    }

    /// <summary>Reads a policy. Lines that name logs are passed over: here the log is known.</summary>
    /// <exception cref="FormatException">The message has the line's number.</exception>
    public static WitnessPolicy Parse(string text)
    {
        if (text.Length > SizeMax)
        {
            throw new FormatException($"A policy is at most {SizeMax} characters.");
        }

        var policy = new WitnessPolicy();
        foreach ((int index, string line) in text.Split('\n').Index())
        {
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            try
            {
                policy.Add(words);
            }
            catch (FormatException fault)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {index + 1}: {fault.Message}"), fault);
            }
        }

        return policy._quorum is null ? throw new FormatException("A policy has a line 'quorum <name>', or 'quorum none'.") : policy;
    }

    /// <summary>Whether the witnesses that cosigned the note are a quorum. Without a quorum in the policy nothing is witnessed.</summary>
    public bool IsWitnessed(SignedNote note)
    {
        var cosigned = Witnesses.Where(witness => witness.FindOn(note) is not null).Select(witness => witness.Name).ToHashSet(StringComparer.Ordinal);
        return _quorum != NoQuorum && Holds(_quorum!, cosigned);
    }

    private bool Holds(string name, HashSet<string> cosigned) => _groups.TryGetValue(name, out Group? group)
        ? group.Members.Count(member => Holds(member, cosigned)) >= group.Threshold
        : cosigned.Contains(name);

    private void Add(string[] words)
    {
        switch (words)
        {
            case ["witness", var name, var key, .. var url] when url.Length <= 1:
                AddWitness(name, VerifierKey.Parse(key), url.Length == 1 ? ReadUrl(url[0]) : null);
                break;
            case ["group", var name, var threshold, .. { Length: > 0 } members]:
                AddGroup(name, threshold, members);
                break;
            case ["quorum", var name] when _quorum is null:
                _quorum = name == NoQuorum || IsKnown(name) ? name : throw new FormatException($"No witness or group before it has the name '{name}'.");
                break;
            case ["quorum", ..]:
                throw new FormatException("A policy has one quorum, of one name.");
            case ["log", ..]:
                break;
            default:
                throw new FormatException("A line is 'witness <name> <vkey> [<url>]', 'group <name> <all, any or a number> <name>…' or 'quorum <name>'.");
        }
    }

    private void AddWitness(string name, VerifierKey key, Uri? url)
    {
        CheckNew(name, _witnesses.Count);
        if (key.Type != SignatureType.Ed25519Cosignature)
        {
            throw new FormatException($"The key of '{name}' is of the type {key.Type}; a witness's is {SignatureType.Ed25519Cosignature}.");
        }

        // One key under two names would be two of a quorum.
        if (_witnesses.Exists(other => other.Key.PublicKey.SequenceEqual(key.PublicKey)))
        {
            throw new FormatException($"The key of '{name}' is another witness's too.");
        }

        _witnesses.Add(new PolicyWitness(name, key, url));
    }

    private void AddGroup(string name, string threshold, string[] members)
    {
        CheckNew(name, _groups.Count);
        int k = threshold switch
        {
            "any" => 1,
            "all" => members.Length,
            _ when int.TryParse(threshold, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= members.Length => number,
            _ => throw new FormatException($"A group of {members.Length} takes 'all', 'any' or a number from 1 to {members.Length}; found '{threshold}'."),
        };
        foreach (string member in members)
        {
            if (!IsKnown(member))
            {
                throw new FormatException($"No witness or group before it has the name '{member}'.");
            }

            if (!_members.Add(member))
            {
                throw new FormatException($"'{member}' is in a group already: it would count twice.");
            }
        }

        _groups.Add(name, new Group(k, members));
    }

    private void CheckNew(string name, int count)
    {
        if (name == NoQuorum || IsKnown(name))
        {
            throw new FormatException($"The name '{name}' is taken.");
        }

        if (count == NamesMax)
        {
            throw new FormatException($"A policy has at most {NamesMax} witnesses and {NamesMax} groups.");
        }
    }

    private bool IsKnown(string name) => _groups.ContainsKey(name) || _witnesses.Exists(witness => witness.Name == name);

    private static Uri ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url.Query.Length + url.Fragment.Length + url.UserInfo.Length == 0
            ? url
            : throw new FormatException($"A witness's address is over https, or of this machine; found '{text}'.");

    private sealed record Group(int Threshold, IReadOnlyList<string> Members);
}

/// <summary>A witness of a policy.</summary>
/// <param name="Name">In the policy alone; the key has a name of its own.</param>
/// <param name="Url">Where it takes checkpoints; null where the log does not ask it.</param>
internal sealed record PolicyWitness(string Name, VerifierKey Key, Uri? Url)
{
    private readonly INoteVerifier _verifier = NoteVerifier.Of(Key);

    /// <summary>Its cosignature on the note; null where it has none that is good, whatever else is there.</summary>
    public NoteSignature? FindOn(SignedNote note)
    {
        byte[] text = Encoding.UTF8.GetBytes(note.Text);
        return note.Signatures.FirstOrDefault(
            signature => signature.Name == Key.Name && signature.KeyId == Key.KeyId && _verifier.Accepts(text, signature.Bytes.Span));
    }
}
