using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>In which field of a kind stands a document number, a voucher, a contract's number, or whom the money went to.</summary>
/// <remarks>
/// Postings have one <c>reference</c>, and what it refers to follows from the kind. What is neither voucher nor contract is the document, or
/// what else in writing the entry rests on.
/// </remarks>
public static class NumberFields
{
    private static readonly ImmutableArray<string> References = ["reference", "documentNumber"];
    private static readonly ImmutableArray<string> PayeeNames = ["payee", "contractor"];

    private static readonly FrozenSet<string> OfVouchers = FrozenSet.Create(
        StringComparer.Ordinal, "claim", "disbursement", "income-distribution", "interest", "refund", "repayment");

    private static readonly FrozenSet<string> OfContracts = FrozenSet.Create(StringComparer.Ordinal, "commitment", "loan");

    /// <summary>Where an organisation's code stands that was paid or contracted.</summary>
    public static ImmutableArray<string> PayeeCodes { get; } = ["payeeCode", "contractorCode"];

    public static ImmutableArray<string> Document(string kind) => OfVouchers.Contains(kind) || OfContracts.Contains(kind) ? [] : References;

    public static ImmutableArray<string> Voucher(string kind) => OfVouchers.Contains(kind) ? References : [];

    public static ImmutableArray<string> Contract(string kind) => OfContracts.Contains(kind) ? References : [];

    /// <summary>The organisation or collective that is paid or contracted.</summary>
    public static ImmutableArray<string> Payee(string kind) => kind is "commitment" or "disbursement" or "claim" ? PayeeNames : [];
}
