namespace DisclosureCloud.Verifier.Tests;

/// <summary>One text for each name, whoever asks for it.</summary>
public sealed class NameTableTests
{
    private static readonly string[] Texts = ["", "a", "ab", "b", "扶贫", "扶贫a", "f-2020", "𠮷"];

    [Fact]
    public void Name_OfTheSameBytes_IsOneText()
    {
        var names = new NameTable();
        foreach (string text in Texts)
        {
            string first = names.Of(SmallWorld.Utf8(text));
            first.Equals(text, StringComparison.Ordinal).ShouldBeTrue(text);
            names.Of(SmallWorld.Utf8(text)).ShouldBeSameAs(first);
        }

        Texts.Select(text => names.Of(SmallWorld.Utf8(text))).ShouldBe(Texts, "what came later put none of them aside");
    }

    [Fact]
    public void Name_AskedForByManyThreads_IsOneText()
    {
        var names = new NameTable();
        string[][] found = [.. Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => Enumerable.Range(0, 2_000).Select(i => names.Of(SmallWorld.Utf8($"p{i}"))).ToArray())];
        foreach (string[] other in found)
        {
            other.Zip(found[0]).ShouldAllBe(pair => ReferenceEquals(pair.First, pair.Second));
        }
    }
}
