namespace DisclosureCloud.Site;

/// <summary>A QR code as a picture: dark on white whatever the page's colours, with the margin that readers need.</summary>
internal static class QrPicture
{
    private const int Margin = 4; // Modules, as the standard has it.

    /// <param name="label">What it leads to, in words.</param>
    public static Fragment Of(string text, string label) => Fragment.Of(page =>
    {
        QrCode code = QrCode.Of(text);
        int side = code.Size + (2 * Margin);
        page.Write($"""<svg class="qr" role="img" aria-label="{label}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{Fragment.Of(path => Runs(path, code))}"/></svg>""");
    });

    private static void Runs(PageWriter path, QrCode code)
    {
        for (int y = 0; y < code.Size; y++)
        {
            for (int x = 0; x < code.Size; x++)
            {
                int length = 0;
                while (x + length < code.Size && code[x + length, y])
                {
                    length++;
                }

                if (length > 0)
                {
                    path.Write($"M{x + Margin} {y + Margin}h{length}v1h-{length}z");
                    x += length;
                }
            }
        }
    }
}
