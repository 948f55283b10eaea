using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DisclosureCloud.Functions.Tests.Messages;

/// <summary>A desk, and the intake of messages before it, with an issuer of tokens.</summary>
internal sealed class IntakeWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalIssuer _issuer;
    private readonly Lazy<Task> _register;

    public IntakeWorld()
    {
        Deployment deployment = RunningApp.DeploymentOf(_folder.Path);
        _register = new Lazy<Task>(RegisterAsync);
        Gate = new LoadGate(Limits, new BodyAllowance(Limits, Desks.Clock), Desks.Clock);
        _issuer = LocalIssuer.Open(deployment);
        var tokens = new BearerTokens(BearerTrust.Of(deployment, _issuer), Desks.Clock, NullLogger<BearerTokens>.Instance);
        Intake = new MessageIntake(Desks.Desk, tokens, new Credentials(new Register(Registered.Ledger), Desks.Clock), deployment, Desks.Clock, new Alarms(Raised), Gate);
    }

    public DeskWorld Desks { get; } = new();

    /// <summary>The ledger that says who sends for whom. It is another one, so that a test sees what its own messages brought about.</summary>
    public DeskWorld Registered { get; } = new();

    /// <summary>An hour that one message fills.</summary>
    public LoadLimits Limits { get; } = new() { PostingsAnHour = 1 };

    public LoadGate Gate { get; }

    public AlarmLog Raised { get; } = new();

    public MessageIntake Intake { get; }

    public string Token(string department = "finance", string role = Role.Poster, string? person = null) =>
        _issuer.Issue(Id.Parse<DepartmentId>(department), Id.Parse<PersonId>(person ?? $"{department}-{role}"), [role], region: null, Desks.Clock);

    public string Token(string[] roles) =>
        _issuer.Issue(Id.Parse<DepartmentId>("finance"), Id.Parse<PersonId>("finance-several"), roles, region: null, Desks.Clock);

    /// <summary>A message that its sender has just signed.</summary>
    public string Message(JsonNode? posting, string? key = "2026-001", string? token = null, string name = "posting") =>
        MessageSigner.Message(token ?? Token(), key, posting, Desks.Clock.GetUtcNow(), name);

    /// <summary>The same message with something else in it, signed anew.</summary>
    public string Altered(string message, Action<JsonObject> alter)
    {
        JsonObject altered = JsonNode.Parse(message)!.AsObject();
        alter(altered);
        return MessageSigner.Sign(altered, "finance-poster", Desks.Clock.GetUtcNow()).ToJsonString();
    }

    /// <summary>A department names others than those it named at first.</summary>
    public async Task RegisterAsync(JsonObject department, string key)
    {
        await _register.Value;
        (await Registered.RecordAsync(department, key)).State.ShouldBe(PostingState.Effective);
    }

    public async Task<string> TakeAsync(string message)
    {
        await _register.Value;
        return await Intake.TakeAsync(message, TestContext.Current.CancellationToken);
    }

    public Task<PostingFate?> FindAsync(string key = "2026-001", string department = "finance") =>
        Desks.Desk.FindAsync(PostingId.Of(Id.Parse<DepartmentId>(department), key), TestContext.Current.CancellationToken);

    public async Task<TurnedAway> RefusedAsync(string key = "2026-001") => (await FindAsync(key)).ShouldBeOfType<TurnedAway>();

    public async Task<IReadOnlyList<Finding>> FindingsAsync(TurnedAway refused) =>
        refused.FindingsIn(await Desks.Values.GetAsync([refused.Id], TestContext.Current.CancellationToken));

    /// <summary>All that was stored, as text: commits and values.</summary>
    public async Task<string> StoredAsync()
    {
        var text = new System.Text.StringBuilder();
        foreach (Commit commit in await Desks.CommitsAsync())
        {
            text.AppendLine(System.Text.Encoding.UTF8.GetString(commit.ToBytes()));
        }

        await foreach (Opening opening in Desks.Values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken))
        {
            text.AppendLine(opening.Value);
        }

        return text.ToString();
    }

    private async Task RegisterAsync()
    {
        foreach (string department in new[] { "finance", "transport" })
        {
            (string, string[])[] people = [($"{department}-poster", ["poster"]), ($"{department}-approver", ["approver"]), ($"{department}-several", ["poster", "approver"])];
            (await Registered.RecordAsync(Registration.Of(department, people), department, department)).State.ShouldBe(PostingState.Effective);
        }
    }

    public void Dispose()
    {
        Gate.Dispose();
        _issuer.Dispose();
        _folder.Dispose();
    }
}
