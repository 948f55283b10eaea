namespace DisclosureCloud.Verifier.Tests;

/// <summary>One number for each name, whoever asks for it.</summary>
public sealed class NameTableTests
{
    // As long as are kept themselves, one byte less and one more; and such that one is how the other begins.
    private static readonly string[] Texts =
    [
        "", "a", "ab", "b", "a\0", "\0", "扶贫", "扶贫a", "f-2020", "𠮷", new('x', 23), new('x', 24), new('x', 25), new string('x', 24) + "y", new('扶', 8), new('扶', 9),
    ];

    [Fact]
    public void Name_OfTheSameBytes_IsOneNumber()
    {
        var names = new NameTable(["first", "second"]);
        names.Of("first"u8).ShouldBe(1);
        names.Of("second"u8).ShouldBe(2);
        names[0].ShouldBeEmpty();
        int[] numbers = [.. Texts.Select(text => names.Of(SmallWorld.Utf8(text)))];
        numbers.ShouldBe(Enumerable.Range(3, Texts.Length), "each has a number of its own");
        Texts.Select(text => names.Of(SmallWorld.Utf8(text))).ShouldBe(numbers, "what came later put none of them aside");
        numbers.Select(number => names[number]).ShouldBe(Texts, StringComparer.Ordinal);
    }

    [Fact]
    public void Name_AskedForByManyThreads_IsOneNumber()
    {
        var names = new NameTable([]);
        int[][] found =
        [
            .. Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => Enumerable.Range(0, 2_000).Select(i =>
            {
                int number = names.Of(SmallWorld.Utf8($"p{i}"));
                names[number].Equals($"p{i}", StringComparison.Ordinal).ShouldBeTrue();
                return number;
            }).ToArray()),
        ];
        found.ShouldAllBe(other => other.SequenceEqual(found[0]));
        found[0].Order().ShouldBe(Enumerable.Range(1, 2_000));
    }
}
