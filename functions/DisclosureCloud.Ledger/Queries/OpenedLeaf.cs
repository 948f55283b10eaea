using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A leaf with what was committed to in clear, as far as it is published.</summary>
public sealed class OpenedLeaf
{
    /// <summary>What every leaf has and is no part of its fact; kind, date and currency belong to it.</summary>
    private static readonly FrozenSet<string> Header = FrozenSet.Create(StringComparer.Ordinal, "channel", "department", "format", "id", "recordedAt");

    private static readonly FrozenDictionary<string, FrozenSet<string>> Silent = KindSchema.All.ToFrozenDictionary(
        kind => kind.Name,
        kind => kind.Fields.Where(field => field.ValueType == typeof(Fingerprint)).Select(field => field.LeafName).ToFrozenSet(StringComparer.Ordinal),
        StringComparer.Ordinal);

    private readonly JsonElement _leaf;
    private readonly Func<Commitment, string?> _open;
    private readonly List<(string Field, string Value)> _values = [];
    private readonly List<string> _withheld = [];
    private JsonObject? _says;

    private OpenedLeaf(JsonElement leaf, Func<Commitment, string?> open)
    {
        (_leaf, _open) = (leaf, open);
        foreach (JsonProperty member in Members())
        {
            Collect(member.Value, member.Name);
        }
    }

    /// <summary>The fact, as <see cref="OpenedFactSchema"/> has it: what is withheld is null.</summary>
    /// <remarks>Made when it is first asked for: of the leaves that a query looks through, few are shown.</remarks>
    public JsonObject Says => _says ??= Make();

    /// <summary>Where in <see cref="Says"/> a value is withheld: RFC 6901 pointers. What is not stated is in neither.</summary>
    public IReadOnlyList<string> Withheld => Says is null ? [] : _withheld;

    /// <summary>Every value that was committed to and is published.</summary>
    public IEnumerable<string> Values => _values.Select(pair => pair.Value);

    /// <param name="leaf">An entry of a kind that there is. It is read for as long as this is used.</param>
    /// <param name="open">Gives the value of a commitment; null where it is withheld.</param>
    public static OpenedLeaf Of(JsonElement leaf, Func<Commitment, string?> open) => new(leaf, open);

    /// <summary>Those of the values that stand in a field of the entry itself.</summary>
    public IEnumerable<string> ValuesOf(string field) => _values.Where(pair => pair.Field == field).Select(pair => pair.Value);

    // A fingerprint says nothing to a reader, and is never opened.
    private IEnumerable<JsonProperty> Members()
    {
        FrozenSet<string> silent = Silent[_leaf.GetProperty("kind").GetString()!];
        return _leaf.EnumerateObject().Where(member => !Header.Contains(member.Name) && !silent.Contains(member.Name));
    }

    private void Collect(JsonElement element, string field)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, field);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (CommitmentIn(element) is not { } commitment)
            {
                foreach (JsonProperty part in element.EnumerateObject())
                {
                    Collect(part.Value, field);
                }
            }
            else if (_open(commitment) is { } value)
            {
                _values.Add((field, value));
            }
        }
    }

    private JsonObject Make()
    {
        var says = new JsonObject();
        foreach (JsonProperty member in Members())
        {
            says[member.Name] = Opened(member.Value, $"/{member.Name}");
        }

        return says;
    }

    private JsonNode? Opened(JsonElement element, string pointer) => element.ValueKind switch
    {
        JsonValueKind.Object when CommitmentIn(element) is { } commitment => Opened(commitment, pointer),
        JsonValueKind.Object => new JsonObject(element.EnumerateObject()
            .Select(part => KeyValuePair.Create(part.Name, Opened(part.Value, $"{pointer}/{part.Name}"))).ToArray()),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray()
            .Select((item, index) => Opened(item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}")))]),
        JsonValueKind.String => element.GetString(),
        _ => JsonNode.Parse(element.GetRawText()),
    };

    private JsonValue? Opened(Commitment commitment, string pointer)
    {
        if (_open(commitment) is { } value)
        {
            return JsonValue.Create(value);
        }

        _withheld.Add(pointer);
        return null;
    }

    // One member of that name, as SealedFact.IsCommitment has it.
    private static Commitment? CommitmentIn(JsonElement value) =>
        value.TryGetProperty("commitment", out JsonElement hex) && value.GetPropertyCount() == 1 ? Commitment.Parse(hex.GetString()!) : null;
}
