using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Tests.Witnessing;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>Who has to cosign for a checkpoint to be called witnessed.</summary>
public sealed class WitnessPolicyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestLog _log;
    private readonly Ed25519Cosigner[] _witnesses = [.. Enumerable.Range(1, 5).Select(i => new Ed25519Cosigner($"w{i}.example", [.. Enumerable.Repeat((byte)(i + 10), 32)]))];

    public WitnessPolicyTests() => _log = new TestLog(_folder.Path).Publish(5);

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
        Array.ForEach(_witnesses, witness => witness.Dispose());
    }

    [Theory] // Who cosigned, of five: 2 of 3 of the first, and one of the others.
    [InlineData("", "quorum none", false)]
    [InlineData("1 2 3 4 5", "quorum none", false)]
    [InlineData("1", "quorum w1", true)]
    [InlineData("2", "quorum w1", false)]
    [InlineData("", "group g any w1 w2 w3\nquorum g", false)]
    [InlineData("3", "group g any w1 w2 w3\nquorum g", true)]
    [InlineData("4 5", "group g any w1 w2 w3\nquorum g", false)]
    [InlineData("1 2", "group g all w1 w2 w3\nquorum g", false)]
    [InlineData("1 2 3", "group g all w1 w2 w3\nquorum g", true)]
    [InlineData("1", "group g 2 w1 w2 w3\nquorum g", false)]
    [InlineData("1 4 5", "group g 2 w1 w2 w3\nquorum g", false)]
    [InlineData("1 3", "group g 2 w1 w2 w3\nquorum g", true)]
    [InlineData("1 2 3", "group g 2 w1 w2 w3\nquorum g", true)]
    [InlineData("1 2", "group a 2 w1 w2 w3\ngroup b any w4 w5\ngroup both all a b\nquorum both", false)]
    [InlineData("1 4 5", "group a 2 w1 w2 w3\ngroup b any w4 w5\ngroup both all a b\nquorum both", false)]
    [InlineData("1 2 5", "group a 2 w1 w2 w3\ngroup b any w4 w5\ngroup both all a b\nquorum both", true)]
    public void IsWitnessed_ByThese_IsAsTheQuorumHasIt(string by, string quorum, bool isWitnessed)
    {
        var policy = WitnessPolicy.Parse(Witnesses(5) + quorum + "\n");
        policy.IsWitnessed(CosignedBy(by)).ShouldBe(isWitnessed);
    }

    [Fact]
    public void IsWitnessed_CountsGoodCosignaturesAlone()
    {
        var policy = WitnessPolicy.Parse(Witnesses(2) + "group g all w1 w2\nquorum g\n");
        SignedNote one = CosignedBy("1");
        NoteSignature good = _witnesses[1].Cosign(7, Checkpoint.Parse(_log.Note.Text));
        policy.IsWitnessed(one.With(good)).ShouldBeTrue();

        byte[] bytes = good.Bytes.ToArray();
        bytes[^1] ^= 1;
        var bad = new NoteSignature(good.Name, good.KeyId, bytes);
        policy.IsWitnessed(one.With(bad)).ShouldBeFalse();
        policy.IsWitnessed(new SignedNote(one.Text, [bad, .. one.Signatures, good])).ShouldBeTrue("a bad line beside the good one takes nothing away");
        NoteSignature ofAnother = _witnesses[1].Cosign(7, new Checkpoint(TestLog.Origin, TreeHead.Empty));
        policy.IsWitnessed(one.With(ofAnother)).ShouldBeFalse();
        NoteSignature first = _witnesses[0].Cosign(7, Checkpoint.Parse(_log.Note.Text));
        policy.IsWitnessed(one.With(new NoteSignature(good.Name, good.KeyId, first.Bytes))).ShouldBeFalse("one witness under two names");
        policy.IsWitnessed(_log.Note).ShouldBeFalse();
    }

    [Fact]
    public void Parse_OfCommentsTabsAndLogs_PassesThemOver()
    {
        var policy = WitnessPolicy.Parse($"# who\n\n  # indented\nlog {_log.Vkey} https://example.com/\n\t witness\tw1  {_witnesses[0].VerifierKey}\thttps://w1.example/sub/ \n quorum w1");
        policy.Witnesses.Single().Url.ShouldBe(new Uri("https://w1.example/sub/"));
        policy.IsWitnessed(CosignedBy("1")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "quorum <name>")]
    [InlineData("W1", "quorum <name>")]
    [InlineData("quorum w1", "line 1: No witness")]
    [InlineData("W1\nquorum w1\nquorum none", "line 3")]
    [InlineData("W1\nquorum w1 w2", "line 2")]
    [InlineData("W1\nW1\nquorum w1", "line 2: The name 'w1' is taken")]
    [InlineData("W1\nwitness other KEY1\nquorum w1", "another witness's too")]
    [InlineData("witness none KEY1\nquorum none", "'none' is taken")]
    [InlineData("witness w1 LOG\nquorum w1", "is of the type Ed25519;")]
    [InlineData("witness w1 rubbish\nquorum w1", "line 1")]
    [InlineData("witness w1 KEY1 http://w1.example/\nquorum w1", "over https")]
    [InlineData("witness w1 KEY1 https://w1.example/?x=1\nquorum w1", "over https")]
    [InlineData("witness w1 KEY1 https://user:word@w1.example/\nquorum w1", "over https")]
    [InlineData("witness w1 KEY1 ftp://w1.example/\nquorum w1", "over https")]
    [InlineData("witness w1 KEY1 https://w1.example/ more\nquorum w1", "A line is")]
    [InlineData("W1\ngroup g any\nquorum g", "A line is")]
    [InlineData("W1\ngroup g 0 w1\nquorum g", "from 1 to 1")]
    [InlineData("W1\ngroup g 2 w1\nquorum g", "from 1 to 1")]
    [InlineData("W1\ngroup g +1 w1\nquorum g", "from 1 to 1")]
    [InlineData("W1\ngroup g any g\nquorum g", "No witness or group before it")]
    [InlineData("W1\ngroup g any w2\nW2\nquorum g", "No witness or group before it")]
    [InlineData("W1\ngroup g any w1 w1\nquorum g", "would count twice")]
    [InlineData("W1\nW2\ngroup g any w1\ngroup h all g w1\nquorum h", "would count twice")]
    [InlineData("W1\ngroup w1 any w1\nquorum w1", "is taken")]
    [InlineData("W1\nwitnesses 1\nquorum w1", "A line is")]
    public void Parse_OfNoPolicy_SaysWhere(string text, string message)
    {
        string full = text.Replace("W1", "witness w1 KEY1", StringComparison.Ordinal).Replace("W2", "witness w2 KEY2", StringComparison.Ordinal)
            .Replace("KEY1", _witnesses[0].VerifierKey.ToString(), StringComparison.Ordinal).Replace("KEY2", _witnesses[1].VerifierKey.ToString(), StringComparison.Ordinal)
            .Replace("LOG", _log.Vkey, StringComparison.Ordinal);
        Should.Throw<FormatException>(() => WitnessPolicy.Parse(full)).Message.ShouldContain(message);
    }

    [Fact]
    public void Parse_OfMoreThanItsLimits_IsRefused()
    {
        Should.Throw<FormatException>(() => WitnessPolicy.Parse(new string('#', WitnessPolicy.SizeMax + 1))).Message.ShouldContain("at most");
        string Many(int count) => string.Concat(Enumerable.Range(0, count).Select(i =>
        {
            using var witness = new Ed25519Cosigner("w", [(byte)i, .. new byte[31]]);
            return $"witness n{i} {witness.VerifierKey}\n";
        }));
        WitnessPolicy.Parse(Many(32) + "quorum n31").Witnesses.Count.ShouldBe(32);
        Should.Throw<FormatException>(() => WitnessPolicy.Parse(Many(33) + "quorum n31")).Message.ShouldContain("at most 32");
    }

    [Fact]
    public void Setting_IsAFileOrThePolicyItself()
    {
        string text = Witnesses(3) + "group g 2 w1 w2 w3\nquorum g\n";
        string file = _folder.File("witnesses.txt");
        File.WriteAllText(file, text);
        foreach (string setting in (string[])[file, text, text.Replace('\n', ';')])
        {
            WitnessPolicy policy = Settings(setting).Log.Witnesses;
            policy.Witnesses.Count.ShouldBe(3);
            policy.IsWitnessed(CosignedBy("1 3")).ShouldBeTrue();
            policy.IsWitnessed(CosignedBy("3")).ShouldBeFalse();
        }

        Settings(null).Log.Witnesses.Witnesses.ShouldBeEmpty();
        Settings(" ").Log.Witnesses.IsWitnessed(CosignedBy("1")).ShouldBeFalse();
        foreach (string mistake in (string[])[_folder.File("none.txt"), _folder.Path, "quorum w1", "witness w1"])
        {
            Should.Throw<InvalidOperationException>(() => Settings(mistake)).Message.ShouldStartWith("Disclosure:Log:Witnesses: ");
        }
    }

    private Deployment Settings(string? witnesses) => Deployment.Read(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Disclosure:Log:Witnesses", witnesses)]).Build(), _folder.Path);

    private string Witnesses(int count) => string.Concat(_witnesses.Take(count).Select((witness, i) => $"witness w{i + 1} {witness.VerifierKey}\n"));

    private SignedNote CosignedBy(string by) => by.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(_log.Note, (note, i) => note.With(_witnesses[i[0] - '1'].Cosign(1_700_000_000, Checkpoint.Parse(note.Text))));
}
