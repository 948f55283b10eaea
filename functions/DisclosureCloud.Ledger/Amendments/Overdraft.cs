namespace DisclosureCloud.Ledger;

/// <summary>Says at which field of a correction it lies that a balance would fall below zero, and the last value of it that fits.</summary>
/// <remarks>
/// A fen more or less in an amount is a fen more or less in each balance that it enters. So the amount that fits is as far away as the
/// balance furthest below zero is short; what a contract retains is a share of its amount, and is reckoned from that. A value is named
/// only where the whole correction with it would be allowed. Of a withdrawal there is nothing but the entry to point at.
/// </remarks>
internal static class Overdraft
{
    public static Rejection Explain(FundAmendment amendment, Rejection.AmendmentOverdraws broken)
    {
        if (amendment.Replacement is not { } fact)
        {
            return broken;
        }

        FieldSchema[] fields = [.. KindSchema.Of(fact).Fields.Where(field => field.IsPosted)];
        FundBooks after = amendment.Fold();
        foreach (FieldSchema field in fields.Where(field => IsFigure(field) && field.Value(fact) is not null).OrderBy(field => HasChanged(field) ? 0 : 1))
        {
            object stated = field.Value(fact)!;
            foreach ((object value, bool isMost) in Candidates(amendment, after, field, stated))
            {
                if (amendment.With(Put(fact, field, value)).IsAllowed())
                {
                    return broken.At(field.Name, stated, value, isMost);
                }
            }
        }

        // No figure alone puts it right: it lies at what else was changed.
        return fields.FirstOrDefault(field => !field.IsForgettable && HasChanged(field)) is { } changed ? broken.At(changed.Name) : broken with { Pointer = $"/{Correction.ReplacementName}" };

        bool HasChanged(FieldSchema field) => !field.Values(amendment.Old.Fact).SequenceEqual(field.Values(fact));
    }

    private static bool IsFigure(FieldSchema field) =>
        !field.IsArray && (field.ValueType == typeof(Money) || field.ValueType == typeof(Quantity) || field.ValueType == typeof(Percent));

    private static IEnumerable<(object Value, bool IsMost)> Candidates(FundAmendment amendment, FundBooks after, FieldSchema field, object stated) => stated switch
    {
        Money money => Amounts(money, FundIdentities.MoneyShort(after), field.ZeroAllowed ? 0 : 1).Concat(Retained(amendment, after)),
        Quantity many => Quantities(many, FundIdentities.GoodsShort(after)),
        _ => Rates(amendment, after),
    };

    private static IEnumerable<(object Value, bool IsMost)> Amounts(Money stated, long missing, long least)
    {
        if (missing > 0 && stated.Fen - missing >= least)
        {
            yield return (new Money(stated.Fen - missing, stated.Currency), true);
        }

        if (missing > 0 && stated.Fen + missing <= Money.FenMax)
        {
            yield return (new Money(stated.Fen + missing, stated.Currency), false);
        }
    }

    private static IEnumerable<(object Value, bool IsMost)> Quantities(Quantity stated, long missing)
    {
        if (missing > 0 && stated.Thousandths >= missing)
        {
            yield return (Quantity.OfThousandths(stated.Thousandths - missing), true);
        }

        if (missing > 0 && stated.Thousandths + missing <= Money.FenMax)
        {
            yield return (Quantity.OfThousandths(stated.Thousandths + missing), false);
        }
    }

    // What was released of a contract must have been retained: the smallest amount, and the smallest rate, by which it was.
    private static IEnumerable<(object Value, bool IsMost)> Retained(FundAmendment amendment, FundBooks after)
    {
        if (after.Commitments.TryGetValue(amendment.Old.Id, out CommitmentAccount? one) && one is { RetentionRate.Value: > 0 and var rate } && CeilingOf(one.Released.Fen, rate) is <= Money.FenMax and var least)
        {
            yield return (new Money(least, one.Amount.Currency), false);
        }
    }

    private static IEnumerable<(object Value, bool IsMost)> Rates(FundAmendment amendment, FundBooks after)
    {
        if (after.Commitments.TryGetValue(amendment.Old.Id, out CommitmentAccount? one) && !one.Amount.IsZero && CeilingOf(one.Released.Fen, one.Amount.Fen) is <= 100 and var least)
        {
            yield return (new Percent((int)least), false);
        }
    }

    // Of two numbers under 2^53 a hundredfold and a sum stay within a long.
    private static long CeilingOf(long part, long of) => ((part * 100) + of - 1) / of;

    private static Fact Put(Fact fact, FieldSchema field, object value)
    {
        KindSchema kind = KindSchema.Of(fact);
        return kind.Make([.. kind.Fields.Select(one => one == field ? value : one.Value(fact))]);
    }
}
