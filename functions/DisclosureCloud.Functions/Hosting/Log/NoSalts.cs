using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>For what the program records about itself: it states no free text, so that there is nothing to seal and no salt is drawn.</summary>
internal sealed class NoSalts : ISaltSource
{
    public static NoSalts Instance { get; } = new();

    public void Fill(Span<byte> salt) => throw new InvalidOperationException("What the program records of itself has nothing to seal.");
}
