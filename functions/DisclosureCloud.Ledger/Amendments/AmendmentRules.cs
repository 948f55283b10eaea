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
    /// <param name="around">All entries of the stream, and what may depend on the entry elsewhere.</param>
    public static (StreamState? State, Rejection? Rejection) Decide(
        StreamState? state, ImmutableArray<Fact> facts, About about, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(about);
        EntryId wanted = facts[0] is Correction correction ? correction.Corrected : ((Withdrawal)facts[0]).Withdrawn;
        ArgumentNullException.ThrowIfNull(around);
        History history = History.Of(around.Stream ?? []);
        if (state is null || history.Find(wanted) is not { } entry)
        {
            return (null, new Rejection.NoSuchEntry(wanted));
        }

        Fact? replacement = facts.Length > 1 ? facts[1] : null;
        Entry[] others = [.. history.Live, .. History.Of(around.Elsewhere ?? []).Live];
        if ((Check(entry, about, replacement, References.To(entry.Now, others)) ?? CheckReceipts(entry, replacement, others)) is { } rejection)
        {
            return (null, rejection);
        }

        Entry[] live = [.. After(history.Live, entry.Id, replacement, about.Date)];
        (StreamState? next, Rejection? broken) = Refold(state, live, replacement, about, around.Registrar);
        if (broken is not null && replacement is not null)
        {
            // What is wrong with the posting that takes the place is found within it.
            broken = broken with { Pointer = $"/{Correction.ReplacementName}{broken.Pointer}" };
        }

        return (next is null ? null : next with { Amended = state.Amended.Contains(entry.Id) ? state.Amended : state.Amended.Add(entry.Id) }, broken);
    }

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

        return CheckReplacement(now, replacement, dependents);
    }

    private static Rejection? CheckReplacement(Fact now, Fact replacement, ImmutableArray<EntryId> dependents)
    {
        if (now.GetType() != replacement.GetType())
        {
            return new Rejection.ReplacementOfOtherKind(KindSchema.Of(replacement).Name, KindSchema.Of(now).Name);
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
        return after.Amount < received ? new Rejection.BelowReceived(received, after.Amount) : null;
    }

    private static IEnumerable<Entry> After(IEnumerable<Entry> live, EntryId id, Fact? replacement, DateOnly? date) => live
        .Where(one => replacement is not null || one.Id != id)
        .Select(one => one.Id == id ? one with { Fact = replacement!, Date = date } : one);

    private static (StreamState? State, Rejection? Rejection) Refold(
        StreamState state, Entry[] live, Fact? replacement, About about, FundBooks? registrar)
    {
        if (state is not FundBooks books)
        {
            return Replay(state, live, about, registrar);
        }

        if (!live.Any(one => one.Fact is Fund))
        {
            return (books with { IsWithdrawn = true }, null); // Nothing depended on it: there is nothing in its books.
        }

        if (FundCitations.Check(live) is { } hanging)
        {
            return (null, hanging);
        }

        FundBooks next = FundMovements.Fold(live, live.ToDictionary(one => one.Id, one => one.Fact)) with { Notice = books.Notice };
        Rejection? broken = FundIdentities.Check(next) ?? FundRules.CheckPurposes(next, about)
            ?? (replacement is null ? null : FundRules.Recheck(next, replacement, about));
        return broken is null ? (next, null) : (null, broken);
    }

    // A small stream is decided anew from its first entry: what the rules would not have allowed is refused now.
    private static (StreamState? State, Rejection? Rejection) Replay(StreamState state, Entry[] live, About amendment, FundBooks? registrar)
    {
        StreamState? now = null;
        foreach (Entry entry in live)
        {
            var about = new About(entry.Id, entry.Date, entry.Department, Rules: amendment.Rules);
            FundBooks? asked = entry.Fact is IOfFund one && registrar is not null && one.FundId == registrar.Fund ? registrar : null;
            if (StreamRules.Check(now, entry.Fact, about, asked) is { } rejection)
            {
                return (null, rejection);
            }

            now = now is null ? StreamState.Open(entry.Fact, about) : now.With(entry.Fact, about);
        }

        return (now ?? state.Emptied(), null);
    }
}
