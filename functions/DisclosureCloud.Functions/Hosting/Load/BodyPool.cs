namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Which bodies share the room that there is for those in memory.</summary>
internal enum BodyPool
{
    /// <summary>Postings, decisions, and all else that is JSON.</summary>
    Json,

    /// <summary>Evidence files.</summary>
    Files,

    /// <summary>Files of many postings.</summary>
    Bulk,

    /// <summary>What anybody may send.</summary>
    Complaints,
}
