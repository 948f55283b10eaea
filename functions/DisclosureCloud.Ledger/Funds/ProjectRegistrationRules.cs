namespace DisclosureCloud.Ledger;

/// <summary>How a fund takes up a project, and how a project changes.</summary>
internal static class ProjectRegistrationRules
{
    public static Rejection? Check(FundBooks books, Project project, About about)
    {
        if (books.Projects.ContainsKey(project.ProjectId))
        {
            return new Rejection.ProjectExists(project.ProjectId);
        }

        if (NoticeFacts.FundOf(project.ProjectId) is { } owner && owner != books.Fund)
        {
            return new Rejection.ProjectIdOfOtherFund(project.ProjectId, books.Fund);
        }

        return FundRules.Room(books) ?? CheckForm(books, project, about, planned: true);
    }

    /// <param name="planned">True where its item of the project library is looked at: once, when the project cites it.</param>
    public static Rejection? CheckForm(FundBooks books, Project project, About about, bool planned) =>
        (planned ? CheckPlan(books, project, about) : null) ?? CheckCodes(books, project) ?? CheckInvestment(project.TotalInvestment, amount: default, project.SelfRaised);

    public static Rejection? CheckInvestment(Money? investment, Money amount, Money? own)
    {
        // Two amounts may come to more than any amount can be; that is more than the whole in any case.
        Money parts = amount.TryAdd(own ?? default, out Money sum) ? sum : new Money(Money.FenMax);
        return investment is { } whole && parts > whole ? new Rejection.InvestmentTooSmall(whole, parts) : null;
    }

    public static Rejection? CheckChange(FundBooks books, ProjectChange change, About about)
    {
        if (!books.Projects.TryGetValue(change.ProjectId, out ProjectAccount? project))
        {
            return new Rejection.NoSuchProject(change.ProjectId);
        }

        if (project.Closed)
        {
            return new Rejection.ProjectClosed(change.ProjectId);
        }

        return CheckStated(change) ?? CheckSuccessors(books, change) ?? CheckOpenEnded(books, change) ?? CheckCost(books, change, project, about) ?? CheckEnd(books, change, about);
    }

    /// <summary>The same of a change that takes another's place, in books that hold it already.</summary>
    /// <param name="before">The project's whole cost before the change.</param>
    public static Rejection? CheckChangeAgain(FundBooks books, ProjectChange change, Money? before, About about) =>
        CheckStated(change) ?? CheckSuccessors(books, change)
        ?? (LeadsBack(books, change) ? new Rejection.BadSuccessors("A successor goes on as this one: the reader would be sent in a circle.") : null)
        ?? (change.TotalInvestment is { } whole && before is { } old ? AllocationRules.CheckTier(books, old, whole, change.Tier, about) : null)
        ?? CheckEnd(books, change, about);

    // A published notice is its own evidence (rule 2), and what was begun before the log is in no library here.
    private static Rejection? CheckPlan(FundBooks books, Project project, About about)
    {
        if (project.PlanItem is not { } item)
        {
            return project.Notice is null && !books.HasOpening ? new Rejection.NoPlanItem(project.ProjectId) : null;
        }

        if (about.Plan is not { IsWithdrawn: false } plan)
        {
            return new Rejection.NoSuchPlanItem(item);
        }

        if (plan.IsRemoved)
        {
            return new Rejection.PlanItemRemoved(item);
        }

        PlaceRules rules = about.RulesOrDefault.For(plan.Place);
        return plan.HasApproved(rules.DecidingTier) && plan.HasApproved(rules.MoneyNeedsTier)
            ? null
            : new Rejection.PlanItemNotApproved(item, [.. plan.Acts.Select(act => act.Tier)], rules.DecidingTier > rules.MoneyNeedsTier ? rules.DecidingTier : rules.MoneyNeedsTier);
    }

    private static Rejection? CheckCodes(FundBooks books, Project project)
    {
        if (project.Programme is { } programme && !CodeYears.PovertyAlleviation.Cover(books.Year))
        {
            return new Rejection.CodeNotInForce("programme", Code.Text(programme), books.Year, CodeYears.PovertyAlleviation);
        }

        return project.Category is { } category && !CodeYears.PovertyAlleviation.Cover(books.Year)
            ? new Rejection.CodeNotInForce("category", Code.Text(category), books.Year, CodeYears.PovertyAlleviation)
            : null;
    }

    // What is said to change must be stated anew.
    private static Rejection? CheckStated(ProjectChange change)
    {
        (bool stated, string field) = change.Change switch
        {
            ProjectChangeType.Content => (change.Content is not null, "content"),
            ProjectChangeType.Cost => (change.TotalInvestment is not null, "totalInvestment"),
            ProjectChangeType.Due => (change.Due is not null, "due"),
            ProjectChangeType.Place => (change.Place is not null, "place"),
            ProjectChangeType.Units => (change.ResponsibleUnit is not null || change.ImplementingUnit is not null, "responsibleUnit"),
            ProjectChangeType.Targets => (!change.Targets.IsEmpty || !change.Milestones.IsEmpty, "targets"),
            ProjectChangeType.Name => (change.Name is not null, "name"),
            ProjectChangeType.Merged or ProjectChangeType.Split => (!change.Successors.IsEmpty, "successors"),
            _ => (true, "change"),
        };
        return stated ? null : new Rejection.NothingStated(field, field);
    }

    private static Rejection? CheckSuccessors(FundBooks books, ProjectChange change)
    {
        bool goesOn = change.Change is ProjectChangeType.Merged or ProjectChangeType.Split;
        if (!goesOn)
        {
            return change.Successors.IsEmpty ? null : new Rejection.BadSuccessors("Only a merged or split project goes on as others.");
        }

        string[] successors = [.. change.Successors.Select(id => id.Value)];
        if (SuccessionRules.CheckSuccessors(change.ProjectId.Value, change.Change == ProjectChangeType.Split, successors) is { } rejection)
        {
            return rejection;
        }

        int index = change.Successors.ToList().FindIndex(id => !books.Projects.ContainsKey(id));
        return index < 0 ? null : new Rejection.NoSuchSuccessor(index, change.Successors[index]);
    }

    // One that has itself gone on would send the reader on, or in a circle. It may go on later.
    private static Rejection? CheckOpenEnded(FundBooks books, ProjectChange change) =>
        change.Successors.Any(id => !books.Projects[id].Successors.IsEmpty) ? new Rejection.BadSuccessors("A successor goes on as another itself.") : null;

    private static bool LeadsBack(FundBooks books, ProjectChange change)
    {
        var seen = new HashSet<ProjectId>();
        var next = new Queue<ProjectId>(change.Successors);
        while (next.TryDequeue(out ProjectId id))
        {
            if (id == change.ProjectId)
            {
                return true;
            }

            foreach (ProjectId further in seen.Add(id) ? books.Projects[id].Successors : [])
            {
                next.Enqueue(further);
            }
        }

        return false;
    }

    private static Rejection? CheckCost(FundBooks books, ProjectChange change, ProjectAccount project, About about)
    {
        if (change.TotalInvestment is not { } whole)
        {
            return null;
        }

        if (whole < project.NetAllocated)
        {
            return new Rejection.InvestmentTooSmall(whole, project.NetAllocated);
        }

        return project.TotalInvestment is { } old ? AllocationRules.CheckTier(books, old, whole, change.Tier, about) : null;
    }

    // That a project ends, or goes on as another, is decided where it was approved.
    private static Rejection? CheckEnd(FundBooks books, ProjectChange change, About about)
    {
        Tier deciding = about.RulesOrDefault.For(books.Region).DecidingTier;
        return change.Change is ProjectChangeType.Cancelled or ProjectChangeType.Merged or ProjectChangeType.Split && change.Tier < deciding
            ? new Rejection.TierTooLow(change.Tier, deciding)
            : null;
    }
}
