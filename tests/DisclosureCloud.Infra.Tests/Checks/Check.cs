using DisclosureCloud.Infra.Tests.Templates;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>Something that a template must keep to.</summary>
/// <param name="Name">What it is about, in a word.</param>
/// <param name="Find">Tells of everything that is not so, a line each.</param>
internal sealed record Check(string Name, Func<Template, IEnumerable<string>> Find)
{
    /// <summary>That each resource of a type says something, and that there is one.</summary>
    /// <param name="wanted">Paths, with the texts that stand there.</param>
    public static Check Each(string name, string type, params (string Path, string Value)[] wanted) => new(name, template =>
        template.Of(type).SelectMany(one => wanted.Where(want => one.At(want.Path) != want.Value).Select(want => $"{one}: {want.Path} is {one.At(want.Path) ?? "not said"}, and should be {want.Value}"))
            .Concat(template.Of(type).Any() ? [] : [$"there is no {type}"]));

    public override string ToString() => Name;
}
