namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>The answer to what is stored now, with the address where it is read.</summary>
internal sealed class Created(string location, object receipt) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Located.WriteAsync(httpContext, StatusCodes.Status201Created, location, receipt);
}

/// <summary>The answer to what is kept now and done later, with the address where it is looked up.</summary>
internal sealed class Accepted(string location, object status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Located.WriteAsync(httpContext, StatusCodes.Status202Accepted, location, status);
}

file static class Located
{
    public static Task WriteAsync(HttpContext context, int status, string location, object body)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return context.Response.WriteAsJsonAsync(body, body.GetType(), AnswerJson.Options, context.RequestAborted);
    }
}
