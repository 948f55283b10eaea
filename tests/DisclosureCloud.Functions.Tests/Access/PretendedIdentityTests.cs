using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Functions.Tests.Access;

/// <summary>Headers that say who calls are gone before anything sees them, and change no answer.</summary>
public sealed class PretendedIdentityTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Pretended =
    [
        "x-ms-client-principal", "X-MS-CLIENT-PRINCIPAL-ID", "x-ms-client-principal-name", "x-ms-client-principal-idp", "x-ms-token-aad-access-token",
        "x-ms-token-aad-id-token", "x-ms-auth-token", "X-Forwarded-User", "X_Forwarded_User", "x-forwarded-email", "x-forwarded-access-token", "x-auth-request-user", "remote-user",
        "x-remote-user", "x-arr-clientcert", "x-forwarded-client-cert", "x-functions-key", "x-zumo-auth", "X_MS_Client_Principal",
    ];

    [Fact]
    public async Task Headers_ThatPretendAnIdentity_AreGone()
    {
        var context = new DefaultHttpContext();
        foreach (string name in Pretended)
        {
            context.Request.Headers[name] = "finance-poster";
        }

        context.Request.Headers.Authorization = "Bearer x";
        context.Request.Headers["x-forwarded-for"] = "192.0.2.1";
        string[] seen = [];
        await PretendedIdentity.RemoveAsync(context, next =>
        {
            seen = [.. next.Request.Headers.Keys.Order(StringComparer.Ordinal)];
            return Task.CompletedTask;
        });
        seen.ShouldBe(["Authorization", "x-forwarded-for"]);
    }

    [Fact]
    public async Task Headers_AndKeys_ChangeNoAnswerOfAnyRoute()
    {
        string weak = app.Token("finance", "someone", Role.Operator);
        int routes = 0;
        foreach (AccessRule rule in AccessTable.All.Where(rule => rule.Door == Door.Http))
        {
            foreach (string? token in new[] { null, weak })
            {
                Answer plain = await SendAsync(rule, token, pretend: false, "");
                (await SendAsync(rule, token, pretend: true, "")).Status.ShouldBe(plain.Status, rule.Call);
                Answer keyed = await SendAsync(rule, token, pretend: true, "?code=masterkey");
                keyed.Status.ShouldBe(plain.Status is 401 or 403 ? plain.Status : keyed.Status, rule.Call);
                keyed.Status.ShouldBeOneOf([plain.Status, 400], rule.Call); // 400 where a call refuses parameters that it does not have.
            }

            routes++;
        }

        routes.ShouldBeGreaterThanOrEqualTo(13);
    }

    private async Task<Answer> SendAsync(AccessRule rule, string? token, bool pretend, string query)
    {
        string[] call = rule.Call.Split(' ');
        using HttpRequestMessage request = RunningApp.Request(new HttpMethod(call[0]), call[1].Replace("{id}", "aaaaaaaaaaaaaaaaaaaaaaaaaa", StringComparison.Ordinal).Replace("{name}", "fund.json", StringComparison.Ordinal) + query, token);
        foreach (string name in pretend ? Pretended : [])
        {
            request.Headers.TryAddWithoutValidation(name, Convert.ToBase64String("""{"auth_typ":"aad","claims":[{"typ":"roles","val":"poster"},{"typ":"department","val":"finance"}]}"""u8));
        }

        if (call[0] == "POST")
        {
            request.Content = RunningApp.Json("{}"u8.ToArray());
        }

        using HttpResponseMessage response = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, null, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), null, "", null);
    }
}
