using System.Text;

namespace DisclosureCloud.Transparency.Tests;

public sealed class SignedNoteTests
{
    // The examples of c2sp.org/signed-note and of golang.org/x/mod/sumdb/note.
    private const string Quasimodo =
        """
        Ognuno sta solo sul cuor della terra
        trafitto da un raggio di sole:

        ed è subito sera.

        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=

        """;

    private const string TwoSigners =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
        — EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=

        """;

    private const string Line = "— name AAAAAQI="; // The key id 1, and one byte of signature.

    [Fact]
    public void Parse_OfTheSpecificationsExample_FindsItsParts()
    {
        SignedNote note = Parse(Quasimodo);
        note.Text.ShouldEndWith("sole:\n\ned è subito sera.\n");
        note.Signatures.Single().Name.ShouldBe("quasimodo.example/salvatore");
        note.Signatures.Single().KeyId.ToString().ShouldBe("367ba04b");
        note.Signatures.Single().Bytes.Length.ShouldBe(64);
        note.ToBytes().ShouldBe(Encoding.UTF8.GetBytes(Quasimodo));
    }

    [Fact]
    public void Parse_OfGosExample_FindsTheKeyOfItsVerifier()
    {
        SignedNote note = Parse(TwoSigners);
        note.Signatures.Select(signature => signature.Name).ShouldBe(["PeterNeumann", "EnochRoot"]);
        note.Signatures[0].KeyId.ShouldBe(VerifierKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").KeyId);
        note.ToBytes().ShouldBe(Encoding.UTF8.GetBytes(TwoSigners));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n" + Line + "\n")]
    [InlineData("text\n\n" + Line)]
    [InlineData("\n" + Line + "\n")]
    [InlineData("text\n\n" + Line + "\n\n")]
    [InlineData("text\n\n" + Line + "\n\n" + Line)]
    [InlineData("text\n\n" + Line + "\nmore\n")]
    [InlineData("text\r\n\r\n" + Line + "\r\n")]
    [InlineData("text\n\n" + Line + "\r\n")]
    [InlineData("te\txt\n\n" + Line + "\n")]
    [InlineData("te\0xt\n\n" + Line + "\n")]
    [InlineData("text\n\n- name AAAAAQI=\n")] // A hyphen.
    [InlineData("text\n\n–\u0020name AAAAAQI=\n")] // An en dash.
    [InlineData("text\n\n—  name AAAAAQI=\n")]
    [InlineData("text\n\n— name  AAAAAQI=\n")]
    [InlineData("text\n\n— name AAAAAQI= \n")]
    [InlineData("text\n\n— name AAAAAQI= AAAAAQI=\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name \n")]
    [InlineData("text\n\n—  AAAAAQI=\n")]
    [InlineData("text\n\n— na+me AAAAAQI=\n")]
    [InlineData("text\n\n— na\u00a0me AAAAAQI=\n")]
    [InlineData("text\n\n— na\u0085me AAAAAQI=\n")]
    [InlineData("text\n\n— na\u3000me AAAAAQI=\n")]
    [InlineData("text\n\n— na\u2028me AAAAAQI=\n")]
    [InlineData("text\n\n— name AAAAAQ==\n")] // The key id alone.
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name AAAAAQI\n")]
    [InlineData("text\n\n— name AAAAAQJ=\n")] // Spare bits.
    [InlineData("text\n\n— name AAAA_QI=\n")]
    public void Parse_OfAnotherText_IsRefused(string text) => Should.Throw<FormatException>(() => Parse(text));

    [Fact]
    public void Parse_OfTheseTexts_IsTaken()
    {
        Parse("\n\n" + Line + "\n").Text.ShouldBe("\n");
        Parse("a\n\n\n\n" + Line + "\n").Text.ShouldBe("a\n\n\n");
        Parse("a\n\n— name AAAAAQI=\n\n" + Line + "\n").Text.ShouldBe("a\n\n— name AAAAAQI=\n", "a note may itself be a note's text");
        Parse("text\n\n— 财政局/log AAAAAQI=\n").Signatures[0].Name.ShouldBe("财政局/log");
    }

    [Fact]
    public void Parse_OfWhatIsNotUtf8_IsRefused()
    {
        byte[] good = Encoding.UTF8.GetBytes("text\n\n" + Line + "\n");
        SignedNote.Parse(good).ToBytes().ShouldBe(good);
        Should.Throw<FormatException>(() => SignedNote.Parse([0xff, .. good]));
        Should.Throw<FormatException>(() => SignedNote.Parse([0xc0, 0x80, .. good])); // An overlong zero.
        Should.Throw<FormatException>(() => SignedNote.Parse([0xed, 0xa0, 0x80, .. good])); // A surrogate.
    }

    [Fact]
    public void Parse_OfAsManySignaturesAsCanBe_IsTakenAndOneMoreIsNot()
    {
        Parse("text\n\n" + string.Concat(Enumerable.Repeat(Line + "\n", 64))).Signatures.Count.ShouldBe(64);
        Should.Throw<FormatException>(() => Parse("text\n\n" + string.Concat(Enumerable.Repeat(Line + "\n", 65))));
    }

    [Fact]
    public void Parse_OfTheLongestNote_IsTakenAndOneMoreIsNot()
    {
        string end = "\n\n" + Line + "\n";
        int room = SignedNote.SizeMax - Encoding.UTF8.GetByteCount(end);
        Parse(new string('x', room) + end).ToBytes().Length.ShouldBe(SignedNote.SizeMax);
        Should.Throw<FormatException>(() => Parse(new string('x', room + 1) + end));
        Should.Throw<ArgumentException>(() => SignedNote.Sign(new string('x', SignedNote.SizeMax) + "\n", [new FakeKey("a", 1)]));
    }

    [Fact]
    public void Verify_OfASignedNote_GivesTheKnownKeysThatSigned()
    {
        var (log, witness, stranger) = (new FakeKey("log", 1), new FakeKey("witness", 2), new FakeKey("stranger", 3));
        SignedNote note = Parse(SignedNote.Sign("text\n", [log, stranger, witness]).ToString());
        note.Verify([witness, log]).Select(signature => signature.Name).ShouldBe(["log", "witness"]);
        note.Verify([log, new FakeKey("another", 9)]).Select(signature => signature.Name).ShouldBe(["log"]);
    }

    [Fact]
    public void Verify_WithoutAKnownKey_IsRefused()
    {
        SignedNote note = SignedNote.Sign("text\n", [new FakeKey("log", 1)]);
        Should.Throw<NotVerifiedException>(() => note.Verify([]));
        Should.Throw<NotVerifiedException>(() => note.Verify([new FakeKey("log", 2)]), "the name alone is not the key");
        Should.Throw<NotVerifiedException>(() => note.Verify([new FakeKey("another", 1)]), "nor is the key id");
    }

    [Fact]
    public void Verify_WithABadSignatureOfAKnownKey_RefusesTheNote()
    {
        var (log, witness) = (new FakeKey("log", 1), new FakeKey("witness", 2));
        SignedNote forged = SignedNote.Sign("text\n", [log, new FakeKey("witness", 2, "another secret")]);
        Should.Throw<NotVerifiedException>(() => forged.Verify([log, witness]));
        forged.Verify([log]).Count.ShouldBe(1);

        SignedNote moved = new("another text\n", SignedNote.Sign("text\n", [log]).Signatures);
        Should.Throw<NotVerifiedException>(() => moved.Verify([log]));
    }

    [Fact]
    public void Verify_OfAKeyThatSignedTwice_CountsItOnceAndChecksBoth()
    {
        var log = new FakeKey("log", 1);
        NoteSignature good = SignedNote.Sign("text\n", [log]).Signatures[0];
        NoteSignature bad = SignedNote.Sign("another text\n", [log]).Signatures[0];
        new SignedNote("text\n", [good, good]).Verify([log]).Count.ShouldBe(1);
        Should.Throw<NotVerifiedException>(() => new SignedNote("text\n", [good, bad]).Verify([log]));
    }

    [Fact]
    public void Verify_WithTwoKnownKeysOfOneNameAndId_IsRefused() =>
        Should.Throw<ArgumentException>(() => SignedNote.Sign("text\n", [new FakeKey("log", 1)]).Verify([new FakeKey("log", 1), new FakeKey("log", 1, "other")]));

    [Fact]
    public void With_ASignatureOfAKeyThatSigned_ReplacesIt()
    {
        SignedNote note = SignedNote.Sign("text\n", [new FakeKey("log", 1), new FakeKey("witness", 2)]);
        NoteSignature again = SignedNote.Sign("text\n", [new FakeKey("log", 1, "other")]).Signatures[0];
        note.With(again).Signatures.Select(signature => signature.Name).ShouldBe(["witness", "log"]);
        note.With(new NoteSignature("log", new KeyId(3), new byte[1])).Signatures.Count.ShouldBe(3);
        note.Signatures.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no newline")]
    [InlineData("tab\t\n")]
    public void Sign_OfATextThatIsNone_IsRefused(string text) => Should.Throw<ArgumentException>(() => SignedNote.Sign(text, [new FakeKey("log", 1)]));

    [Fact]
    public void Sign_OfALoneSurrogate_IsRefused() =>
        Should.Throw<ArgumentException>(() => SignedNote.Sign("te\ud800xt\n", [new FakeKey("log", 1)]));

    [Fact]
    public void Sign_WithNoKeyOrTooManyOrABadName_IsRefused()
    {
        Should.Throw<ArgumentException>(() => SignedNote.Sign("text\n", []));
        Should.Throw<ArgumentException>(() => SignedNote.Sign("text\n", [.. Enumerable.Range(0, 65).Select(i => new FakeKey("log", (uint)i))]));
        Should.Throw<ArgumentException>(() => SignedNote.Sign("text\n", [new FakeKey("a log", 1)]));
        Should.Throw<ArgumentException>(() => new NoteSignature("log", default, default));
    }

    private static SignedNote Parse(string text) => SignedNote.Parse(Encoding.UTF8.GetBytes(text));
}
