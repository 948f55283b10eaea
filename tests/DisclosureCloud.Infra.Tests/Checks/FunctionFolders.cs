using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>The functions of the package, by the role that serves each.</summary>
internal static class FunctionFolders
{
    /// <summary>The functions that one role alone has.</summary>
    public static IEnumerable<string> Of(AppRole role) =>
        from file in Directory.EnumerateFiles(RepositoryRoot.Of("functions/DisclosureCloud.Functions"), "function.json", SearchOption.AllDirectories)
        where !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
        let name = Path.GetFileName(Path.GetDirectoryName(file)!)
        where RuleOf(name, file).App == role
        select name;

    private static AccessRule RuleOf(string name, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement trigger = json.RootElement.GetProperty("bindings")[0];
        string call = trigger.GetProperty("type").GetString() == "httpTrigger"
            ? $"{trigger.GetProperty("methods")[0].GetString()!.ToUpperInvariant()} /api/{trigger.GetProperty("route").GetString()}"
            : $"POST /{name}";
        return AccessTable.All.Single(rule => rule.Call == call);
    }
}
