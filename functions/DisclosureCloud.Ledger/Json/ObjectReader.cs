using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>Takes an object's members by name and knows, in the end, which were never asked for.</summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public ObjectReader(JsonElement json, string pointer, Findings findings)
    {
        (Pointer, Findings) = (pointer, findings);
        if (json.ValueKind != JsonValueKind.Object)
        {
            findings.Add(pointer, "wrong-type", "An object is wanted here.", JsonValues.Name(json), "object");
            IsObject = false;
            return;
        }

        IsObject = true;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            _members.Add(member.Name, member.Value);
        }
    }

    public bool IsObject { get; }

    public string Pointer { get; }

    public Findings Findings { get; }

    public string At(string name) => JsonPointer.Down(Pointer, name);

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The member, or null with a finding where it is missing and required. A member that is null counts as missing.</summary>
    public JsonElement? Take(string name, bool required, bool nullable = true)
    {
        _known.Add(name);
        bool there = _members.TryGetValue(name, out JsonElement member);
        if (there && (member.ValueKind != JsonValueKind.Null || (!nullable && !required)))
        {
            return member;
        }

        if (required && IsObject)
        {
            Findings.Add(At(name), "missing", there ? $"'{name}' may not be null." : $"'{name}' is required.");
        }

        return null;
    }

    /// <summary>Refuses every member that was not asked for: a misspelt name must not pass as silence.</summary>
    public void RefuseOthers()
    {
        string wanted = string.Join(", ", _known.Order(StringComparer.Ordinal));
        foreach (string name in _members.Keys.Where(name => !_known.Contains(name)))
        {
            Findings.Add(At(name), "unknown-field", "There is no such field here.", wanted: wanted);
        }
    }
}
