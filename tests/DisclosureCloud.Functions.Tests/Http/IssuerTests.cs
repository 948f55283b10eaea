using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>A deployment whose tokens come from an OpenID Connect issuer believes that issuer, and nobody else.</summary>
public sealed class IssuerTests
{
    private const string Path = "/api/postings/none";

    [Fact]
    public async Task Token_OfTheIssuer_IsTakenAndOthersAreNot()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestIssuer other = await TestIssuer.StartAsync();
        await using var app = new RunningApp { Authority = issuer.Address };
        await app.InitializeAsync();

        (await app.GetAsync(Path, issuer.Token())).ShouldBeProblem(404); // It is known who asks, and there is no such posting.
        (await app.GetAsync(Path, issuer.Token(audience: "somebody-else"))).ShouldBeProblem(401);
        (await app.GetAsync(Path, other.Token())).ShouldBeProblem(401);
        (await app.GetAsync(Path, other.Token(address: issuer.Address))).ShouldBeProblem(401);
        (await app.GetAsync(Path, app.Token("finance", "someone", Role.Poster))).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Key_OfTheIssuerChanged_IsLearnt()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using var app = new RunningApp { Authority = issuer.Address };
        await app.InitializeAsync();
        (await app.GetAsync(Path, issuer.Token())).ShouldBeProblem(404);

        issuer.ChangeKey();
        string token = issuer.Token();

        await Eventually.TrueAsync("the new key is taken", async () => (await app.GetAsync(Path, token)).Status == 404);
    }

    [Theory]
    [InlineData("RS256", 404)]
    [InlineData("RS384", 401)]
    [InlineData("RS512", 401)]
    [InlineData("PS256", 401)]
    public async Task Algorithm_ThatIsNotPinned_IsNotTaken(string algorithm, int status)
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using var app = new RunningApp { Authority = issuer.Address };
        await app.InitializeAsync();
        (await app.GetAsync(Path, issuer.Token(algorithm: algorithm))).ShouldBeProblem(status);
    }

    [Fact]
    public async Task Issuer_ThatSaysThatItIsAnother_IsNotBelieved()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        issuer.Claimed = "https://elsewhere.example/";
        await using var app = new RunningApp { Authority = issuer.Address };
        await app.InitializeAsync();
        (await app.GetAsync(Path, issuer.Token(address: issuer.Claimed))).ShouldBeProblem(503);
        (await app.GetAsync(Path, issuer.Token())).ShouldBeProblem(503);
    }

    [Fact]
    public async Task Keys_ThatNobodyKnows_DoNotMakeTheIssuerBeAskedEachTime()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestIssuer other = await TestIssuer.StartAsync();
        await using var app = new RunningApp { Authority = issuer.Address };
        await app.InitializeAsync();
        (await app.GetAsync(Path, issuer.Token())).ShouldBeProblem(404);
        for (int i = 0; i < 30; i++)
        {
            (await app.GetAsync(Path, other.Token(address: issuer.Address, keyId: $"unknown-{i}"))).ShouldBeProblem(401);
        }

        issuer.Asked.ShouldBeInRange(2, 3, "once at first, and once for all that is unknown");
        (await app.GetAsync(Path, issuer.Token())).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Message_WithANewKey_ComesAgainUntilTheKeyIsLearnt()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using var app = new RunningApp { Authority = issuer.Address };
        await app.InitializeAsync();
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await Registration.RecordAsync(app.Stores, "finance", cancel);
        (await app.GetAsync(Path, issuer.Token())).ShouldBeProblem(404);

        issuer.ChangeKey();
        string message = MessageSigner.Message(issuer.Token(), "rotated", Office.Fund("f-rotated"), TimeProvider.System.GetUtcNow());
        await Should.ThrowAsync<StoreBusyException>(() => app.Intake.TakeAsync(message, cancel));
        await Eventually.TrueAsync("the message is taken", async () =>
        {
            try
            {
                return (await app.Intake.TakeAsync(message, cancel)).EndsWith(" accepted", StringComparison.Ordinal);
            }
            catch (StoreBusyException)
            {
                return false;
            }
        });
        app.Diagnostics.ShouldNotContain("ALARM");
    }

    [Fact]
    public async Task Issuer_ThatDoesNotAnswer_Is503AndHealthGoesOn()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        string token = issuer.Token();
        await using var app = new RunningApp { Authority = issuer.Address };
        await issuer.StopAsync();
        await app.InitializeAsync();

        (await app.GetAsync(Path, token)).ShouldBeProblem(503);
        (await app.GetAsync(Path)).ShouldBeProblem(401);
        (await app.GetAsync("/api/health")).Status.ShouldBe(200);
        app.Diagnostics.ShouldNotContain(token.Split('.')[1]);
    }
}
