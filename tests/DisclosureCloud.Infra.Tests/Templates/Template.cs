using System.Text.Json;

namespace DisclosureCloud.Infra.Tests.Templates;

/// <summary>A compiled template with all its modules, each resource with the file that it stands in.</summary>
internal sealed class Template
{
    private const string Deployments = "Microsoft.Resources/deployments";

    private readonly Dictionary<string, JsonElement> _modules = new(StringComparer.Ordinal);
    private readonly List<Resource> _resources = [];

    private Template(string text)
    {
        Text = text;
        Main = JsonDocument.Parse(text).RootElement;
        Add("main", Main);
    }

    /// <summary>What was compiled, as text.</summary>
    public string Text { get; }

    public JsonElement Main { get; }

    /// <summary>Every module with its template; <c>main</c> too.</summary>
    public IReadOnlyDictionary<string, JsonElement> Modules => _modules;

    /// <summary>Every resource but the modules.</summary>
    public IReadOnlyList<Resource> Resources => _resources;

    public static Template Read(string file) => new(File.ReadAllText(file));

    public IEnumerable<Resource> Of(string type) => Resources.Where(one => one.Type == type);

    /// <summary>What <c>main</c> gives a module for a parameter, as it stands there.</summary>
    public JsonElement Given(string module, string parameter) => Main.GetProperty("resources").EnumerateArray()
        .Single(one => IsModule(one) && one.GetProperty("name").GetString() == module)
        .GetProperty("properties").GetProperty("parameters").GetProperty(parameter).GetProperty("value");

    private static bool IsModule(JsonElement resource) => resource.GetProperty("type").GetString() == Deployments;

    private void Add(string name, JsonElement template)
    {
        _modules.Add(name, template);
        foreach (JsonElement resource in template.GetProperty("resources").EnumerateArray())
        {
            if (IsModule(resource))
            {
                Add(resource.GetProperty("name").GetString()!, resource.GetProperty("properties").GetProperty("template"));
            }
            else
            {
                _resources.Add(new Resource(name, resource));
            }
        }
    }
}
