namespace DisclosureCloud.Ledger;

/// <summary>Another publisher has gone past this one, which was frozen or cut off: it changes nothing more of the site.</summary>
/// <remarks>What was to be published was finished by the other, or not begun. The next publish finds out.</remarks>
public sealed class PublisherOvertakenException(string message) : Exception(message);
