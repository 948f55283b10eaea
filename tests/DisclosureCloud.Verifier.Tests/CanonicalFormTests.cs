using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Verifier.Tests;

public sealed class CanonicalFormTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"a\":1,\"b\":[true,false,null,\"x\"],\"c\":{\"d\":-5}}")]
    [InlineData("\"\\b\\f\\n\\r\\t\\\"\\\\\\u0000\\u001f/é甲𠮷\"")]
    [InlineData("9007199254740991")]
    [InlineData("-9007199254740991")]
    [InlineData("0")]
    [InlineData("{\"\":1,\"A\":1,\"a\":1,\"aa\":1,\"é\":1,\"甲\":1}")]
    [InlineData("{\"a\":1,\"a \":1,\"a!\":1,\"a\\\"\":1,\"a-\":1}")] // What begins another stands before it, and an escape counts as what it means.
    [InlineData("{\"𠮷\":1,\"\uFF01\":1}")] // A pair of surrogates stands before U+FF01, by code units.
    public void Form_OfCanonicalJson_HasNoFault(string json) => CanonicalForm.FirstFault(Encoding.UTF8.GetBytes(json)).ShouldBe(-1);

    [Theory]
    [InlineData("", 0)]
    [InlineData(" {}", 0)]
    [InlineData("{} ", 2)]
    [InlineData("{}\n", 2)]
    [InlineData("{\"a\": 1}", 5)]
    [InlineData("{\"a\":1 }", 6)]
    [InlineData("{\"b\":1,\"a\":1}", 7)]
    [InlineData("{\"a\":1,\"a\":1}", 7)]
    [InlineData("{\"a!\":1,\"a\":1}", 8)]
    [InlineData("{\"a-\":1,\"a\\\"\":1}", 8)]
    [InlineData("{\"\\t\":1,\"\\b\":1}", 8)]
    [InlineData("{\"\uFF01\":1,\"𠮷\":1}", 9)]
    [InlineData("{\"a\":1,}", 7)]
    [InlineData("[1,]", 3)]
    [InlineData("[1 ,2]", 2)]
    [InlineData("01", 0)]
    [InlineData("-0", 0)]
    [InlineData("1.0", 1)]
    [InlineData("1e3", 1)]
    [InlineData("9007199254740992", 0)]
    [InlineData("99999999999999999999999999", 0)]
    [InlineData("\"\\/\"", 2)]
    [InlineData("\"\\u0041\"", 2)]
    [InlineData("\"\\u000a\"", 6)]
    [InlineData("\"\\u001F\"", 6)]
    [InlineData("\"\t\"", 1)]
    [InlineData("\"a", 2)]
    [InlineData("tru", 0)]
    [InlineData("{\"a\"}", 4)]
    [InlineData("{1:1}", 1)]
    public void Form_OfOtherJson_NamesTheFirstByteThatIsWrong(string json, int fault) => CanonicalForm.FirstFault(Encoding.UTF8.GetBytes(json)).ShouldBe(fault);

    [Fact]
    public void Form_OfWhatIsNotUtf8_IsAFault()
    {
        CanonicalForm.FirstFault([(byte)'"', 0xC3, (byte)'"']).ShouldBe(0);
        CanonicalForm.FirstFault(Encoding.UTF8.GetBytes(new string('[', 10_000))).ShouldBeGreaterThan(0, "depth has a limit");
    }

    [Fact]
    public void Form_OfAnythingTheLedgerWrites_HasNoFault()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            byte[] json = CanonicalJson.Write(Any(new Random(seed), depth: 4));
            CanonicalForm.FirstFault(json).ShouldBe(-1, $"seed {seed}: {Encoding.UTF8.GetString(json)}");
        }
    }

    private static JsonNode? Any(Random random, int depth) => random.Next(depth == 0 ? 4 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(-(1L << 53) + 1, 1L << 53),
        3 => Text(random),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(5)).Select(_ => Text(random)).Distinct(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, Any(random, depth - 1)))),
    };

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(4) switch
    {
        0 => ((char)random.Next(0x80)).ToString(),
        1 => char.ConvertFromUtf32(random.Next(0xE000, 0x10FFFF)),
        2 => "甲",
        _ => "a",
    }));
}
