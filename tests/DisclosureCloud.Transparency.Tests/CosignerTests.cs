using System.Text;

namespace DisclosureCloud.Transparency.Tests;

public sealed class CosignerTests
{
    // A checkpoint of a certificate log's mirror of 2026, with the keys that its log and four witnesses publish.
    private const string CosignedNote =
        """
        arche2025h1.staging.ct.transparency.dev
        1432088532
        U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

        — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
        — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
        — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
        — witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
        — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
        — witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==

        """;

    private const string LogKey = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";

    private const long At = 1_679_315_147;

    private static readonly string[] WitnessKeys =
    [
        "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
        "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
    ];

    [Fact]
    public void Verify_OfAPublishedCosignedCheckpoint_FindsItsLogAndItsWitnesses()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(CosignedNote));
        INoteVerifier[] known = [.. WitnessKeys.Prepend(LogKey).Select(key => NoteVerifier.Of(VerifierKey.Parse(key)))];
        note.Verify(known).Count.ShouldBe(5);
        foreach (INoteVerifier verifier in known)
        {
            Should.Throw<NotVerifiedException>(() => new SignedNote(note.Text.Replace("1432088532", "1432088533", StringComparison.Ordinal), note.Signatures).Verify([verifier]));
        }
    }

    [Fact]
    public void Cosign_OfACheckpoint_IsAcceptedAtItsTimeAlone()
    {
        using var cosigner = new Ed25519Cosigner("witness.example.com/w1", new byte[32]);
        var checkpoint = new Checkpoint("example.com/log", TreeHead.Empty, "an extension");
        NoteSignature signature = cosigner.Cosign(At, checkpoint);
        var verifier = new Ed25519CosignatureVerifier(VerifierKey.Parse(cosigner.VerifierKey.ToString()));
        byte[] text = Encoding.UTF8.GetBytes(checkpoint.Text);
        verifier.Accepts(text, signature.Bytes.Span).ShouldBeTrue();
        TimestampedSignature.Parse(signature.Bytes).TimestampSeconds.ShouldBe(At);
        NoteSignature.Parse(signature.Line).KeyId.ShouldBe(cosigner.VerifierKey.KeyId);

        byte[] later = new TimestampedSignature(At + 1, TimestampedSignature.Parse(signature.Bytes).Signature).ToBytes();
        verifier.Accepts(text, later).ShouldBeFalse("the time is signed too");
        verifier.Accepts(Encoding.UTF8.GetBytes(new Checkpoint("example.com/log", TreeHead.Empty).Text), signature.Bytes.Span).ShouldBeFalse();
    }

    [Fact]
    public void Cosign_OfATimeBelowZero_IsRefused()
    {
        using var cosigner = new Ed25519Cosigner("witness.example.com/w1", new byte[32]);
        Should.Throw<ArgumentOutOfRangeException>(() => cosigner.Cosign(-1, new Checkpoint("log", TreeHead.Empty)));
    }

    [Fact]
    public void Accepts_ATextThatIsNoCheckpoint_SaysNo()
    {
        using var cosigner = new Ed25519Cosigner("witness.example.com/w1", new byte[32]);
        using var plain = new Ed25519Signer("witness.example.com/w1", new byte[32]);
        var verifier = new Ed25519CosignatureVerifier(cosigner.VerifierKey);
        foreach (byte[] text in (byte[][])[[], "text\n"u8.ToArray(), [0xff, 0xfe, (byte)'\n'], "log\n0\n"u8.ToArray()])
        {
            byte[] message = [.. Encoding.UTF8.GetBytes("cosignature/v1\ntime 1\n"), .. text];
            verifier.Accepts(text, new TimestampedSignature(1, plain.Sign(message)).ToBytes()).ShouldBeFalse();
        }
    }

    [Fact]
    public void Accepts_ALogsSignatureByTheSameKey_SaysNo()
    {
        // The two types differ in what is signed, so that neither passes for the other, whatever the lengths.
        using var signer = new Ed25519Signer("a", new byte[32]);
        using var cosigner = new Ed25519Cosigner("a", new byte[32]);
        var checkpoint = new Checkpoint("log", TreeHead.Empty);
        byte[] text = Encoding.UTF8.GetBytes(checkpoint.Text);
        signer.KeyId.ShouldNotBe(cosigner.VerifierKey.KeyId);
        new Ed25519CosignatureVerifier(cosigner.VerifierKey).Accepts(text, new TimestampedSignature(0, signer.Sign(text)).ToBytes()).ShouldBeFalse();
        new Ed25519Verifier(signer.VerifierKey).Accepts(text, TimestampedSignature.Parse(cosigner.Cosign(0, checkpoint).Bytes).Signature.Span).ShouldBeFalse();
    }
}
