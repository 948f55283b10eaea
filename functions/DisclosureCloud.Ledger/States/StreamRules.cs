namespace DisclosureCloud.Ledger;

/// <summary>The rules of every stream of facts but the funds': one fact upon the stream's state.</summary>
public static class StreamRules
{
    /// <param name="registrar">For what is known of a project: the books of the fund that registers it, unless that was asked before.</param>
    public static Rejection? Check(StreamState? state, Fact fact, About about, FundBooks? registrar = null) => StreamName.For(fact).Type switch
    {
        StreamType.Plan => PlanRules.Check((PlanState?)state, fact, about),
        StreamType.Project => ProjectRules.Check((ProjectState?)state, fact, registrar),
        StreamType.Place or StreamType.Unit => SuccessionRules.Check((SuccessionState?)state, fact, about),
        StreamType other => throw new ArgumentOutOfRangeException(nameof(fact), other, "A fund's facts have rules of their own."),
    };
}
