using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>A department names the accounts that act for it.</summary>
internal static class Registration
{
    /// <summary>One who posts and one who approves, as <see cref="Office"/> has them.</summary>
    public static JsonObject OfTwo(string department) => Of(department, ($"{department}-poster", ["poster"]), ($"{department}-approver", ["approver"]));

    /// <summary>What it posts: each account with its roles, and with the key that <see cref="MessageSigner"/> signs with.</summary>
    public static JsonObject Of(string department, params (string Person, string[] Roles)[] people) => new()
    {
        ["kind"] = "department",
        ["date"] = "2020-03-02",
        ["departmentId"] = department,
        ["name"] = "某县某局",
        ["people"] = new JsonArray([.. people.Select(one => new JsonObject
        {
            ["person"] = one.Person,
            ["roles"] = new JsonArray([.. one.Roles.Select(role => (JsonNode)role)]),
            ["signingKey"] = MessageSigner.PublicKey(one.Person),
        })]),
    };

    /// <summary>Records it in stores of which no app has hold yet.</summary>
    public static async Task RecordAsync(Stores stores, string department, CancellationToken cancellationToken)
    {
        PostingDesk desk = LoneDesk.Over(stores, RuleBook.BuiltIn, Approval.Always, TimeProvider.System);
        var accepted = (Submission.Accepted)await desk.SubmitAsync(DeskWorld.DraftOf(OfTwo(department)), DeskWorld.Poster, "registration", cancellationToken);
        await desk.DecideAsync(accepted.Record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), cancellationToken);
    }
}
