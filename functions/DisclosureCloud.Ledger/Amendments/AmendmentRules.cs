using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>The rules of changing the past: only by the department that spoke, with nothing left hanging and every identity kept.</summary>
/// <remarks>
/// They look at the whole stream, which is rare enough. The totals afterwards are those of the entries as they then stand; that an
/// identity was kept by the old figures at every moment before is not called into question. Design section 4, rule 7.
/// </remarks>
public static class AmendmentRules
{
    /// <param name="state">The stream's state before.</param>
    /// <param name="facts">The correction and what takes the entry's place, or the withdrawal alone.</param>
    /// <param name="about">Who amends, and the date of the amendment or of what takes the entry's place.</param>
    /// <param name="stream">All entries of the stream.</param>
    /// <param name="elsewhere">Entries of other streams that may depend on it.</param>
    /// <param name="registrar">For what is known of a project: the books of the fund that registers it, as for a new fact; null where there is none.</param>
    public static (StreamState? State, Rejection? Rejection) Decide(
        StreamState? state, ImmutableArray<Fact> facts, About about, IReadOnlyCollection<Entry> stream, IReadOnlyCollection<Entry> elsewhere, FundBooks? registrar = null)
    {
        ArgumentNullException.ThrowIfNull(about);
        EntryId wanted = ((IAmendment)facts[0]).Amended;
        History history = History.Of(stream);
        if (state is null || history.Find(wanted) is not { } entry)
        {
            return (null, new Rejection.NoSuchEntry(wanted));
        }

        Fact? replacement = facts.Length > 1 ? facts[1] : null;
        Entry[] others = [.. history.Live, .. History.Of(elsewhere).Live];
        if ((Check(entry, about, replacement, References.To(entry.Now, others)) ?? CheckReceipts(entry, replacement, others)) is { } rejection)
        {
            return (null, rejection);
        }

        ImmutableArray<Entry> live = [.. After(history.Live, entry.Id, replacement, about.Date)];
        (StreamState? next, Rejection? broken) = state is FundBooks books
            ? new FundAmendment(books, entry.Now, replacement, about, history.Live, live).Decide()
            : Replay(state, live, entry.Id, about, registrar);
        if (Unfounded(state, next, about, elsewhere) is { Length: > 0 } unfounded)
        {
            return (null, new Rejection.HasDependents([.. unfounded]));
        }

        if (RegisterRules.CheckAmended(state, next) is { } unnamed)
        {
            return (null, unnamed);
        }

        return (next is null ? null : Marked(next, state, entry.Id, replacement is null ? null : History.ReplacementOf(about.Id)), broken);
    }

    // Projects that were registered upon the tiers' approval, where an amendment takes that away. A tier that sends an item back or removes
    // it says something new, and that is no amendment.
    private static EntryId[] Unfounded(StreamState before, StreamState? next, About about, IReadOnlyCollection<Entry> elsewhere) =>
        before is PlanState was && next is PlanState now && IsApproved(was, about) && !IsApproved(now, about)
            ? [.. History.Of(elsewhere).Live.Where(one => one.Fact is Project project && project.PlanItem == was.Item).Select(one => one.Id)]
            : [];

    private static bool IsApproved(PlanState plan, About about)
    {
        PlaceRules rules = about.RulesOrDefault.For(plan.Place);
        return plan.HasApproved(rules.DecidingTier) && plan.HasApproved(rules.MoneyNeedsTier);
    }

    private static StreamState Marked(StreamState next, StreamState before, EntryId amended, EntryId? replacement) => next with
    {
        Amended = before.Amended.Contains(amended) ? before.Amended : before.Amended.Add(amended),
        Replacements = replacement is { } id ? before.Replacements.Add(id) : before.Replacements,
    };

    private static Rejection? Check(EntryHistory entry, About about, Fact? replacement, ImmutableArray<EntryId> dependents)
    {
        if (entry.IsWithdrawn)
        {
            return new Rejection.EntryWithdrawn(entry.Id);
        }

        if (entry.First.Department != about.Department)
        {
            return new Rejection.EntryOfOtherDepartment(entry.Id);
        }

        Fact now = entry.Now.Fact;
        if (!KindSchema.Of(now).IsPosted)
        {
            return new Rejection.NotAmendable(KindSchema.Of(now).Name);
        }

        if (replacement is null)
        {
            return dependents.IsEmpty ? null : new Rejection.HasDependents(dependents);
        }

        if (entry.Now.Date == about.Date && Restatement.Is(now, replacement))
        {
            return new Rejection.NothingChanged(entry.Id);
        }

        return CheckReplacement(now, replacement, dependents);
    }

    private static Rejection? CheckReplacement(Fact now, Fact replacement, ImmutableArray<EntryId> dependents)
    {
        if (now.GetType() != replacement.GetType())
        {
            return new Rejection.ReplacementOfOtherKind(KindSchema.Of(replacement).Name, KindSchema.Of(now).Name);
        }

        // What names another fund, project or place belongs in another stream: there it is another entry.
        if (StreamName.For(now) != StreamName.For(replacement) && KindSchema.Of(now).Fields.First(one => !Equals(one.Value(now), one.Value(replacement))) is { } moved)
        {
            return new Rejection.KeyChanged(moved.Name, $"{moved.Value(replacement)}", $"{moved.Value(now)}");
        }

        if (KindSchema.Of(now).Key is { } key && !Equals(key.Value(now), key.Value(replacement)))
        {
            return new Rejection.KeyChanged(key.Name, $"{key.Value(replacement)}", $"{key.Value(now)}");
        }

        if (now is Fund old && ((Fund)replacement).BudgetYear != old.BudgetYear)
        {
            return new Rejection.BudgetYearFixed(((Fund)replacement).BudgetYear, old.BudgetYear);
        }

        return !dependents.IsEmpty && References.Differ(now, replacement) ? new Rejection.HasDependents(dependents) : null;
    }

    // What others have acknowledged of a pass-down stays sent, and sent there.
    private static Rejection? CheckReceipts(EntryHistory entry, Fact? replacement, IEnumerable<Entry> others)
    {
        if (entry.Now.Fact is not PassDown before || replacement is not PassDown after)
        {
            return null;
        }

        Entry[] receipts = [.. others.Where(other => other.Fact is Appropriation money && money.PassDown == entry.Id)];
        if (receipts.Length > 0 && after.Place != before.Place)
        {
            return new Rejection.HasDependents([.. receipts.Select(one => one.Id)]);
        }

        Money received = receipts.Aggregate(Money.Zero(after.Amount.Currency), (sum, one) => sum + ((Appropriation)one.Fact).Amount);
        Money held = received < before.Amount ? received : before.Amount; // Funds of one place may have acknowledged more than was sent.
        return after.Amount < held ? new Rejection.BelowReceived(held, after.Amount).Within() : null;
    }

    private static IEnumerable<Entry> After(IEnumerable<Entry> live, EntryId id, Fact? replacement, DateOnly? date) => live
        .Where(one => replacement is not null || one.Id != id)
        .Select(one => one.Id == id ? one with { Fact = replacement!, Date = date } : one);

    // A small stream is decided anew from its first entry: what the rules would not have allowed is refused now, whoever says it.
    private static (StreamState? State, Rejection? Rejection) Replay(
        StreamState state, ImmutableArray<Entry> live, EntryId amended, About about, FundBooks? registrar)
    {
        StreamState? now = null;
        foreach (Entry entry in live)
        {
            bool isOwn = entry.Id == amended;
            About then = about with { Id = entry.Id, Date = entry.Date, Department = entry.Department };
            Rejection? rejection = (isOwn ? CheckRegistrar(entry.Fact, registrar) : null) ?? StreamRules.Check(now, entry.Fact, then, isOwn ? registrar : null);
            if (rejection is not null)
            {
                return (null, isOwn ? rejection.Within() : new Rejection.HasDependents([entry.Id]));
            }

            now = now is null ? StreamState.Open(entry.Fact, then) : now.With(entry.Fact, then);
        }

        return (now ?? state.Emptied(), null);
    }

    private static Rejection? CheckRegistrar(Fact fact, FundBooks? registrar) =>
        fact is IOfFund ofFund && registrar is null or { IsWithdrawn: true } ? new Rejection.NoSuchFund(ofFund.FundId) : null;
}
