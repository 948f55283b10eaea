using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Complaints;

/// <summary>Complaints as somebody would send them, and what is done about them.</summary>
internal static class ComplaintSamples
{
    public const string Text = "公示说道路已经硬化,至今还是土路。";

    public const string InHand = """{"state":"in-hand"}""";

    public const string Answered = """{"state":"answered","answer":"已核实,月底前补修。"}""";

    /// <summary>About a place.</summary>
    public static JsonObject Of(string region, string text = Text) => About("region", region, text);

    public static JsonObject About(string what, string id, string text = Text) => new()
    {
        ["sort"] = "complaint",
        ["category"] = "not-built",
        ["about"] = new JsonObject { [what] = id },
        ["text"] = text,
    };

    /// <summary>The same for who is past the reader.</summary>
    public static Complaint Said(string text = Text, string region = "430511") => new(
        ComplaintSort.Complaint, ComplaintCategory.NotBuilt, new ComplaintSubject(Notice: null, Fund: null, Project: null, Id.Parse<RegionCode>(region), Department: null), FreeText.Of(text));
}
