using System.Globalization;
using DisclosureCloud.Functions.Hosting.Evidence;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>Every error answer: problem details (RFC 9457) with <c>errors: [{pointer, code, detail, found?, wanted?}]</c>.</summary>
internal sealed class Problem(int status, string detail, params IReadOnlyList<Finding> findings) : IResult
{
    public const string ContentType = "application/problem+json";

    /// <summary>When it is worth trying again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <param name="detail">What to say in the whole, where it is not that each error says where and what.</param>
    public static Problem Of(Findings findings, string detail = "Nothing was stored. Each entry of 'errors' says where and what.") => Of(findings.All, detail);

    public static Problem Of(IReadOnlyList<Finding> findings, string detail = "Nothing was stored. Each entry of 'errors' says where and what.")
    {
        // What could not be read at all is 400; what was read and is wrong is 422.
        bool unreadable = findings.Any(finding => finding.Code is "not-utf8" or "byte-order-mark" or "not-json" or "too-deep" or "duplicate-key" or "lone-surrogate");
        return new Problem(
            unreadable ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity,
                detail,
                findings);
    }

    public static Problem Of(Rejection rejection) => new(
        rejection is Rejection.NoticeExists ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity,
        "Nothing was stored: a rule refuses it.",
        rejection.ToFinding());

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A program goes by codes; where there is no finding the status itself is one: not-found, method-not-allowed.
        string title = ReasonPhrases.GetReasonPhrase(status);
        IReadOnlyList<Finding> errors = findings.Count > 0
            ? [.. findings.Select(Screened)]
            : [new Finding("", title.ToLowerInvariant().Replace(' ', '-'), detail)];
        var document = new ProblemDocument("about:blank", title, status, detail, [.. errors]);
        if (RetryAfter is { } later)
        {
            httpContext.Response.Headers.RetryAfter = ((long)Math.Ceiling(later.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Response.StatusCode = status;
        await httpContext.Response.WriteAsJsonAsync(document, AnswerJson.Options, ContentType, httpContext.RequestAborted);
    }

    // What was found is told again, and so is the name of a parameter: save where it is data of a person. A body was screened before; an address is here.
    private static Finding Screened(Finding finding) => finding.Parameter is null ? finding : finding with
    {
        Found = finding.Found is { } found && PersonalDataGuard.Rule(found) is null ? found : null,
        Parameter = finding.Parameter is { } parameter && PersonalDataGuard.Rule(parameter) is null ? parameter : null,
    };

    /// <summary>True for what is told as what it is, and is no mistake of ours.</summary>
    public static bool IsTold(Exception fault) => ForNow(fault) is not null;

    /// <summary>Answers for an exception: a mistake of ours, or a request that broke off or was malformed below the level of HTTP bodies.</summary>
    public static Task WriteForFaultAsync(HttpContext context)
    {
        Exception? fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (ForNow(fault) is { } problem)
        {
            context.RequestServices.GetRequiredService<ILogger<Problem>>().LogWarning("{Fault}", fault!.Message);
            return problem.ExecuteAsync(context);
        }

        context.Response.StatusCode = fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        return WriteForStatusAsync(context);
    }

    // What is over by itself, or once the operator has done something.
    private static Problem? ForNow(Exception? fault) => fault switch
    {
        StoreBusyException busy => Busy(busy),
        LedgerBehindException => Behind(),
        MidPublishException => MidPublish(),
        _ => null,
    };

    /// <summary>The ledger was set back: what is taken now would not fit what it gets back.</summary>
    private static Problem Behind() => new(
        StatusCodes.Status503ServiceUnavailable,
        "The ledger was restored from an old copy and is being brought up again. Nothing of the request was done: send it again later with the same key.",
        new Finding("", "ledger-behind", "Wait until the operator has brought the ledger up."))
    {
        RetryAfter = TimeSpan.FromMinutes(5),
    };

    /// <summary>The store is there and does not keep up: nobody's mistake, and worth trying again.</summary>
    private static Problem Busy(StoreBusyException busy) => new(
        StatusCodes.Status503ServiceUnavailable,
        "The store is busy. Whether the request was done is not known: send it again with the same key, and it is done once.",
        new Finding("", "store-busy", "Wait as long as Retry-After says."))
    {
        RetryAfter = busy.RetryAfter,
    };

    /// <summary>The site's files are of two publications for a moment: what would be given would not fit together.</summary>
    private static Problem MidPublish() => new(
        StatusCodes.Status503ServiceUnavailable,
        "The site is being published just now, or its last publish was cut off. Nothing was given that would not fit together.",
        new Finding("", "being-published", "Wait as long as Retry-After says."))
    {
        RetryAfter = MidPublishException.RetryAfter,
    };

    /// <summary>Gives errors that the framework answers without a body the same form.</summary>
    public static Task WriteForStatusAsync(HttpContext context) => new Problem(context.Response.StatusCode, context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
        StatusCodes.Status413PayloadTooLarge => string.Create(CultureInfo.InvariantCulture, $"A body has at most {JsonBody.LengthMax} bytes."),
        StatusCodes.Status500InternalServerError => "The mistake is ours. Nothing of the request was kept in diagnostics; try again with the same key.",
        _ => "The request was not taken.",
    }).ExecuteAsync(context);
}
