using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Evidence;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Messages;

/// <summary>A message that nothing of ours made: OpenSSL has the key, Python writes the canonical form, as a department's program might.</summary>
public sealed class StrangersMessageTests
{
    private const string KeyMade = """
        set -e
        openssl ecparam -name prime256v1 -genkey -noout -out sender.pem
        openssl pkey -in sender.pem -pubout -outform DER | base64 -w0 > public.txt
        """;

    // Names are sorted, no space stands between, and no letter is escaped: for numbers such as these that is all that RFC 8785 asks.
    private const string Signed = """
        set -e
        python3 - <<'END'
        import json
        message = json.load(open("message.json"))
        open("signed.txt", "w").write(json.dumps(message, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
        END
        openssl dgst -sha256 -sign sender.pem signed.txt | base64 -w0 > signature.txt
        """;

    [Fact]
    public async Task Message_MadeWithOpenSslAndPython_IsTaken()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(await Packs.RunAsync("/", "command -v openssl && command -v python3") is (0, _), "openssl and python3 are not both here");
        (int code, string said) = await Packs.RunAsync(folder.Path, KeyMade);
        code.ShouldBe(0, said);

        using var world = new IntakeWorld();
        JsonObject register = Registration.OfTwo("finance");
        register["people"]![0]!["signingKey"] = await TextAsync(folder, "public.txt");
        await world.RegisterAsync(register, "strangers");

        var message = new JsonObject
        {
            ["token"] = world.Token(),
            ["sentAt"] = Instant.Text(world.Desks.Clock.GetUtcNow()),
            ["key"] = "2026-001",
            ["posting"] = Office.Fund("f-stranger"),
        };
        await File.WriteAllTextAsync(folder.File("message.json"), message.ToJsonString(), TestContext.Current.CancellationToken);
        (code, said) = await Packs.RunAsync(folder.Path, Signed);
        code.ShouldBe(0, said);
        message["signature"] = await TextAsync(folder, "signature.txt");
        (await world.TakeAsync(message.ToJsonString())).ShouldEndWith(" accepted");
    }

    private static async Task<string> TextAsync(TemporaryFolder folder, string name) =>
        (await File.ReadAllTextAsync(folder.File(name), TestContext.Current.CancellationToken)).Trim();
}
