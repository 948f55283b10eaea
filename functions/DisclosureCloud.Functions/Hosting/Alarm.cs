namespace DisclosureCloud.Functions.Hosting;

/// <summary>What a person must look at. Each has its row in the runbook's index and its alert in the template, which tests hold to this list.</summary>
internal enum Alarm
{
    /// <summary>Somebody did something else to the archive than create a file.</summary>
    ArchiveChanged,

    /// <summary>An event of the archive could not be read.</summary>
    ArchiveEvent,

    /// <summary>The archive holds a file that is none of ours, or was altered.</summary>
    ForeignBlob,

    /// <summary>The ledger is older than the site; nothing is taken.</summary>
    LedgerBehind,

    /// <summary>The log is not what it must be; nothing is appended.</summary>
    LogRefused,

    /// <summary>Files of the archive were gone, and were put again.</summary>
    MissingFromArchive,

    /// <summary>The site would show data of a person; nothing is published.</summary>
    PersonalData,

    /// <summary>Messages failed too often and were set aside.</summary>
    PoisonMessage,

    /// <summary>The site's checkpoint is none that the log signed.</summary>
    PublicCheckpoint,

    /// <summary>A message carried no token that is taken, and was dropped.</summary>
    UnattributedMessage,

    /// <summary>The value store lacks what the site still shows; nothing is published.</summary>
    ValuesLost,
}
