namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>The answer to what is stored now, with the address where it is read.</summary>
internal sealed class Created(string location, object receipt) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = location;
        return httpContext.Response.WriteAsJsonAsync(receipt, receipt.GetType(), AnswerJson.Options, httpContext.RequestAborted);
    }
}
