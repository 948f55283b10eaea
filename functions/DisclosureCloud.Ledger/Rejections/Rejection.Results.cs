using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <content>What is known of a project besides its money.</content>
public abstract partial record Rejection
{
    public sealed record NoSuchMilestone : Rejection
    {
        public NoSuchMilestone(int found, int count)
            : base("no-such-milestone", "/milestone", "The project has no such milestone.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"at most {count}"));
    }

    public sealed record NoSuchTarget : Rejection
    {
        public NoSuchTarget(int index, int found, int count)
            : base("no-such-target", string.Create(CultureInfo.InvariantCulture, $"/actuals/{index}/target"), "The project has no such target.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"at most {count}"));
    }

    public sealed record NoSuchAsset(AssetId Asset)
        : Rejection("no-such-asset", "/asset", $"The project has no asset '{Asset}'.");

    public sealed record AssetDisposed(AssetId Asset)
        : Rejection("asset-disposed", "/asset", $"The asset '{Asset}' was disposed of.");

    public sealed record DisposalNotStated(AssetId Asset)
        : Rejection("disposal-not-stated", "/disposal", $"Say how the asset '{Asset}' was disposed of.");

    /// <summary>More distributed than came in.</summary>
    public sealed record ExceedsIncome : Rejection
    {
        public ExceedsIncome(Money left, Money wanted)
            : base("exceeds-income", "/distributed", $"{left} of the income is left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }
}
