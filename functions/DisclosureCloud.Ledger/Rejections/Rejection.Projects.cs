using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <content>How a project is registered and changed.</content>
public abstract partial record Rejection
{
    public sealed record ProjectExists(ProjectId Project)
        : Rejection("project-exists", "/project", $"The fund has a project '{Project}' already.");

    /// <summary>An id of the form that a notice gives its projects belongs to the fund of that notice, also before there is one.</summary>
    public sealed record ProjectIdOfOtherFund(ProjectId Project, FundId Fund)
        : Rejection("project-id-of-other-fund", "/project", $"'{Project}' has the form of a project of another fund's notice; this fund is '{Fund}'.");

    public sealed record NoSuchProject(ProjectId Project)
        : Rejection("no-such-project", "/project", $"The fund has no project '{Project}'. Register it first.");

    /// <summary>A project is in the project library, or a published notice is its evidence.</summary>
    public sealed record NoPlanItem(ProjectId Project)
        : Rejection("no-plan-item", "/planItem", $"The project '{Project}' cites no item of the project library.");

    /// <summary>A whole cost below what the fund gives, or parts that exceed it.</summary>
    public sealed record InvestmentTooSmall : Rejection
    {
        public InvestmentTooSmall(Money investment, Money parts)
            : base("investment-below-amount", "/totalInvestment", $"The whole cost of {investment} is below its parts of {parts}.") =>
            (Found, Wanted) = (Fen(investment), $"at least {Fen(parts)}");
    }

    /// <summary>More than the project costs as a whole, where that is stated.</summary>
    public sealed record ExceedsInvestment : Rejection
    {
        public ExceedsInvestment(Money left, Money wanted, string field = "amount")
            : base("exceeds-investment", $"/{field}", $"The project's whole cost leaves {left} to be given; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>No target, no money.</summary>
    public sealed record NoTarget(ProjectId Project)
        : Rejection("no-target", "/project", $"'{Project}' states no target: indicator, unit, baseline, target and due date come before money.");

    public sealed record ProjectClosed(ProjectId Project)
        : Rejection("project-closed", "/project", $"'{Project}' was cancelled or goes on as another: it takes nothing more.");

    public sealed record BadSuccessors(string Why) : Rejection("bad-successors", "/successors", Why);

    public sealed record NoSuchSuccessor(int Index, ProjectId Project)
        : Rejection("no-such-successor", string.Create(CultureInfo.InvariantCulture, $"/successors/{Index}"), $"The fund has no project '{Project}'. Register it first.");
}
