using System.Text.Json;

namespace DisclosureCloud.Infra.Tests.Templates;

/// <summary>A resource of a compiled template.</summary>
/// <param name="Module">The file that it stands in, without its ending.</param>
/// <param name="Json">The resource as Azure Resource Manager gets it: values, and expressions in brackets.</param>
internal sealed record Resource(string Module, JsonElement Json)
{
    public string Type => Json.GetProperty("type").GetString()!;

    public string Name => Json.GetProperty("name").GetString()!;

    /// <summary>The text at a path such as <c>properties.consistencyPolicy.defaultConsistencyLevel</c>; null where nothing is.</summary>
    public string? At(string path)
    {
        JsonElement at = Json;
        foreach (string name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : at.GetRawText();
    }

    public override string ToString() => $"{Module}: {Type} {Name}";
}
