using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Postings;

/// <summary>A desk over stores that a test can break.</summary>
internal sealed class DeskWorld
{
    public static readonly DateOnly Today = new(2026, 3, 2);

    public static readonly Sender Poster = Person("poster");
    public static readonly Sender Approver = Person("approver");

    public DeskWorld()
        : this(Approval.Always)
    {
    }

    public DeskWorld(Approval approval)
    {
        Values = new MemoryValueStore(Clock);
        InFlight = new InFlight(Timers);
        EvidenceKeys = new MemoryValueStore(Clock);
        Vault = new EvidenceVault(EvidenceFiles, new EvidenceKeys(EvidenceKeys, new SeededSalts(2)), new SeededSalts(3), Clock);
        Complaints = new ComplaintVault(ComplaintFiles, new SealKeys(EvidenceKeys, new SeededSalts(4)), new SeededSalts(5));
        Forgetting = new Forgetting(Ledger, Values, Vault);
        Desk = new PostingDesk(
            Ledger, Values, new SeededSalts(1), new SurroundingsReader(Ledger, Values, RuleBook.BuiltIn), new Register(Ledger), Clock, InFlight, Forgetting, Naming, approval, NoSignal.Instance);
    }

    public ManualClock Clock { get; } = new();

    /// <summary>What the desk waits by.</summary>
    public TimerClock Timers { get; } = new();

    public InFlight InFlight { get; }

    public MemoryLedgerStore Ledger { get; } = new();

    public MemoryValueStore Values { get; }

    public MemoryValueStore EvidenceKeys { get; }

    public MemoryArchive EvidenceFiles { get; } = new();

    public EvidenceVault Vault { get; }

    public MemoryArchive ComplaintFiles { get; } = new();

    public ComplaintVault Complaints { get; }

    public ComplaintSweep ComplaintSweep => new(Complaints, Clock);

    public EvidenceNaming Naming => new(Vault, new EvidenceUses(Ledger), Clock);

    public EvidenceSweep EvidenceSweep => new(Vault, new EvidenceUses(Ledger), Clock);

    public Forgetting Forgetting { get; }

    public PostingDesk Desk { get; }

    /// <summary>Another desk at the same stores, with its own gate.</summary>
    public PostingDesk DeskWith(SeededSalts salts, TimeProvider clock, Approval approval) =>
        new(Ledger, Values, salts, new SurroundingsReader(Ledger, Values, RuleBook.BuiltIn), new Register(Ledger), clock, new InFlight(clock), Forgetting, Naming, approval, NoSignal.Instance);

    /// <summary>What the archiver has put, where a test has one.</summary>
    public MemoryArchive Archive { get; } = new();

    public ValueSweep Sweep => new(Ledger, Values, Archive, Clock);

    public static Draft DraftOf(JsonObject posting)
    {
        var findings = new Findings();
        ReadOnlyMemory<byte> body = Encoding.UTF8.GetBytes(posting.ToJsonString());
        Draft? draft = posting["id"] is null
            ? PostingReader.ReadPosting(body, Today, findings)
            : PostingReader.ReadNotice(body, Today, findings);
        return draft ?? throw new InvalidOperationException(string.Join("; ", findings.All));
    }

    public async Task<PostingRecord> RecordAsync(JsonObject posting, string key, string department = "finance")
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        var accepted = (Submission.Accepted)await Desk.SubmitAsync(DraftOf(posting), Person("poster", department), key, cancel);
        await Desk.DecideAsync(accepted.Record.Id, Person("approver", department), approve: true, FreeText.Of("checked"), cancel);
        return await Desk.FinishAsync(accepted.Record.Id, cancel);
    }

    /// <summary>Opens a fund with money and one project; gives the number of entries that this took.</summary>
    public async Task<int> OpenFundAsync(string fund, long yuan)
    {
        (string Department, JsonObject Posting)[] opening = Office.Opening(fund, yuan);
        for (int i = 0; i < opening.Length; i++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{fund}-{i}");
            (await RecordAsync(opening[i].Posting, key, opening[i].Department)).State.ShouldBe(PostingState.Effective);
        }

        return opening.Length;
    }

    /// <summary>The next forgetting of a store ends in a crash, before it is done or after it.</summary>
    public static void BreakNextForget(MemoryValueStore store, bool done)
    {
        Action die = () =>
        {
            (store.BeforeForget, store.AfterForget) = (null, null);
            throw new CrashException();
        };
        (store.BeforeForget, store.AfterForget) = (done ? null : die, done ? die : null);
    }

    public async Task<FundBooks> BooksAsync(string fund) =>
        Outcome.BooksOf(await Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>(fund)), TestContext.Current.CancellationToken))!;

    public async Task<List<Commit>> CommitsAsync()
    {
        var all = new List<Commit>();
        await foreach (CommitAt read in Ledger.ReadAllAsync(Cursor.Start, TestContext.Current.CancellationToken))
        {
            all.Add(read.Commit);
        }

        return all;
    }

    private static Sender Person(string name, string department = "finance") =>
        new(Id.Parse<DepartmentId>(department), Id.Parse<PersonId>($"{department}-{name}"), Channel.Http);
}

/// <summary>The crash that a test made.</summary>
internal sealed class CrashException() : Exception("The process dies here.");
