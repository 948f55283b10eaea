using System.Security.Claims;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Puts the gate before every call of the interface. The site's files and the triggers of the Functions host go by it.</summary>
internal static class Shedding
{
    /// <summary>Counts who calls, between knowing who it is and refusing who may not: guessing at tokens is counted, too.</summary>
    /// <param name="proxies">How many proxies of ours a request has come through.</param>
    public static void UseCounting(WebApplication app, int proxies) => Use(app, (context, gate) =>
    {
        // Postings are counted by department and hour; a program may send an hour's postings at a stroke.
        bool known = context.User.Identity is { IsAuthenticated: true };
        return Task.FromResult(known && Weighing.Of(context.GetEndpoint()) == Weight.Writing
            ? null
            : gate.Count(known ? $"{context.User.FindFirstValue(TokenClaims.Department)}/{context.User.FindFirstValue(TokenClaims.Person)}" : SourceAddress.Of(context, proxies)));
    });

    /// <summary>Lets a call that may be made wait for its place.</summary>
    /// <param name="proxies">How many proxies of ours a request has come through.</param>
    public static void UsePlaces(WebApplication app, int proxies) => Use(app, async (context, gate) => Weighing.Of(context.GetEndpoint()) switch
    {
        Weight.Writing => gate.Count(Weighing.HourlyOf(context.GetEndpoint()!), Caller.Of(context.User, Channel.Http).Department), // Its place it takes with its body.
        Weight.Complaint => CountComplaint(context, gate, SourceAddress.Of(context, proxies)), // And so does this one.
        Weight weight => await gate.EnterAsync(context, weight),
    });

    private static Problem? CountComplaint(HttpContext context, LoadGate gate, string source)
    {
        context.Features.Set(new ComplaintSource(source)); // It is counted once more when it is kept.
        return gate.CountComplaint(source);
    }

    private static void Use(WebApplication app, Func<HttpContext, LoadGate, Task<Problem?>> ask)
    {
        LoadGate gate = app.Services.GetRequiredService<LoadGate>();
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            bool sheds = context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && Weighing.Of(context.GetEndpoint()) != Weight.None;
            if (sheds && await ask(context, gate) is { } problem)
            {
                await problem.ExecuteAsync(context);
                return;
            }

            await next(context);
        });
    }
}

/// <summary>Where a complaint on its way comes from; gone with the request.</summary>
internal sealed record ComplaintSource(string Address)
{
    /// <summary>Never says it: nothing may write it down.</summary>
    public override string ToString() => "(source)";
}
