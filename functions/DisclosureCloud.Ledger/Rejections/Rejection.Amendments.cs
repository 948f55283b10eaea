using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <content>Corrections and withdrawals.</content>
public abstract partial record Rejection
{
    private static string PointerTo(int value) => JsonPointer.Down("/values", value);

    public sealed record NoSuchEntry(EntryId Entry)
        : Rejection("no-such-entry", "/cites", $"There is no entry '{Entry}' where the posting belongs.");

    public sealed record EntryWithdrawn(EntryId Entry)
        : Rejection("entry-withdrawn", "/cites", $"The entry '{Entry}' was withdrawn already.");

    /// <summary>Who spoke puts it right.</summary>
    public sealed record EntryOfOtherDepartment(EntryId Entry)
        : Rejection("entry-of-other-department", "/cites", $"The entry '{Entry}' was posted by another department: it alone can amend it.");

    public sealed record NotAmendable(string Kind)
        : Rejection("not-amendable", "/cites", $"A {Kind} is not amended as a whole; amend the entries of its table.");

    public sealed record ReplacementOfOtherKind : Rejection
    {
        public ReplacementOfOtherKind(string found, string wanted)
            : base("replacement-of-other-kind", "/replacement/kind", "What takes an entry's place is of the same kind. Withdraw the entry and post the other.") =>
            (Found, Wanted) = (found, wanted);
    }

    /// <summary>A correction that says what the entry says already. The past is not amended without a change.</summary>
    public sealed record NothingChanged(EntryId Entry)
        : Rejection("nothing-changed", "/replacement", $"The entry '{Entry}' says exactly this already: there is nothing to correct.");

    /// <summary>The id under which others know it never changes.</summary>
    public sealed record KeyChanged : Rejection
    {
        public KeyChanged(string field, string found, string wanted)
            : base("key-changed", $"/replacement/{field}", "The id under which others know it never changes. Withdraw the entry and post the other.") =>
            (Found, Wanted) = (found, wanted);
    }

    public sealed record BudgetYearFixed : Rejection
    {
        public BudgetYearFixed(BudgetYear found, BudgetYear wanted)
            : base("budget-year-fixed", "/replacement/budgetYear", "A fund keeps its budget year for ever.") => (Found, Wanted) = ($"{found}", $"{wanted}");
    }

    /// <summary>What others depend on is not withdrawn before them.</summary>
    public sealed record HasDependents : Rejection
    {
        public HasDependents(IReadOnlyCollection<EntryId> dependents)
            : base("has-dependents", "/cites", dependents.Count == 1
                ? "1 entry depends on it: amend that one first."
                : string.Create(CultureInfo.InvariantCulture, $"{dependents.Count} entries depend on it: amend them first.")) =>
            Found = string.Join(", ", dependents.Take(References.ListedMax).Select(one => one.Value)) + (dependents.Count > References.ListedMax ? ", …" : "");
    }

    /// <summary>What is in the log in clear cannot be forgotten, and what is not there neither.</summary>
    public sealed record NoSuchValue : Rejection
    {
        public NoSuchValue(int index, ValuePointer pointer, IReadOnlyCollection<ValuePointer> values)
            : base("no-such-value", PointerTo(index), "The entry has no such text or count: amounts, dates, codes and ids are never forgotten.") =>
            (Found, Wanted) = (pointer.Value, string.Join(", ", values.Take(References.ListedMax).Select(one => one.Value)) + (values.Count > References.ListedMax ? ", …" : ""));
    }

    /// <summary>A value is forgotten once.</summary>
    public sealed record AlreadyRedacted(int Index, ValuePointer Value)
        : Rejection("already-redacted", PointerTo(Index), $"The value at {Value} is forgotten already, or named twice.");

    /// <summary>A correction or withdrawal after which a balance would be below zero.</summary>
    public sealed record AmendmentOverdraws : Rejection
    {
        public AmendmentOverdraws(string what, Money missing)
            : this(what, $"{missing}", Fen(missing), "0 fen or more")
        {
        }

        public AmendmentOverdraws(string what, Quantity missing)
            : this(what, $"{missing}", $"{missing}", "0 or more")
        {
        }

        private AmendmentOverdraws(string what, string missing, string found, string wanted)
            : base("amendment-overdraws", "/cites", $"The balance '{what}' would fall {missing} below zero.") => (Found, Wanted) = ($"-{found}", wanted);

        /// <summary>The same, of the field of the replacement at which it lies, where no value of it alone would put it right.</summary>
        public AmendmentOverdraws At(string field) => this with { Pointer = $"/{Correction.ReplacementName}/{field}" };

        /// <summary>The same, of the field of the replacement at which it lies, with the last value of it that fits.</summary>
        /// <param name="stated">An amount, a quantity or a rate.</param>
        /// <param name="isMost">True where more does not fit; false where less does not.</param>
        public AmendmentOverdraws At(string field, object stated, object fits, bool isMost) => At(field) with
        {
            Detail = $"{Detail} {char.ToUpperInvariant(field[0])}{field[1..]} is {Text(stated)}; {(isMost ? "at most" : "at least")} {Text(fits)} fits.",
            Found = Data(stated),
            Wanted = $"{(isMost ? "at most" : "at least")} {Data(fits)}",
        };

        private static string Text(object value) => value is Percent rate ? string.Create(CultureInfo.InvariantCulture, $"{rate.Value}%") : $"{value}";

        private static string Data(object value) => value switch
        {
            Money money => Fen(money),
            Percent rate => rate.Value.ToString(CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
    }
}
