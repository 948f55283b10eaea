namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>What a call costs, and so in which room it is worked on.</summary>
internal enum Weight
{
    /// <summary>One or a few reads.</summary>
    Light,

    /// <summary>Never shed: whoever watches must be answered when all else is refused.</summary>
    None,

    /// <summary>Takes a body and may write; each department has its own share.</summary>
    Writing,

    /// <summary>A query of the archive.</summary>
    Search,

    /// <summary>A proof from the log.</summary>
    Proof,

    /// <summary>A pack of evidence.</summary>
    Pack,

    /// <summary>An evidence file.</summary>
    File,

    /// <summary>A file of many postings, while it is screened.</summary>
    Bulk,

    /// <summary>A complaint: takes a body, of anybody, and writes.</summary>
    Complaint,
}

/// <summary>Which of its department's counts a call that writes goes to.</summary>
internal enum HourlyOf
{
    Postings,
    Decisions,
    Files,
    Bulk,
}

/// <summary>How a function says what its call costs.</summary>
internal static class Weighing
{
    public static RouteHandlerBuilder Weighs(this RouteHandlerBuilder route, Weight weight) => route.WithMetadata(new Weighed(weight));

    /// <summary>Says that the call writes, and which count of its department it goes to.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder route, HourlyOf hourly) => route.WithMetadata(new Weighed(Weight.Writing, hourly));

    public static Weight Of(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<Weighed>()?.Weight ?? Weight.Light;

    public static HourlyOf HourlyOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Weighed>()!.Hourly;

    private sealed record Weighed(Weight Weight, HourlyOf Hourly = default);
}
