using System.Globalization;
using System.Net;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Witnessing;

/// <summary>Serves a witness by C2SP tlog-witness on this machine: what the outside sees is a proxy's, with TLS.</summary>
internal static class WitnessServer
{
    private const string SizeType = "text/x.tlog.size";
    private const string TextType = "text/plain; charset=utf-8";

    /// <summary>A log and a few monitors ask; each request is small and quickly answered.</summary>
    private const int ConnectionsMax = 64;

    /// <param name="port">0 takes a free one.</param>
    public static WebApplication Build(Witness witness, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpointRequest.SizeMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        WebApplication app = builder.Build();
        IEndpointRouteBuilder routes = AccessTable.Guard(app, Door.Witness);
        routes.MapPost("/add-checkpoint", (HttpRequest request) => AddAsync(witness, request));
        routes.MapGet("/checkpoint", () => witness.Newest is { } newest ? Results.Bytes(newest.ToBytes(), TextType) : Results.NotFound());
        routes.MapGet("/vkey", () => Results.Text($"{witness.VerifierKey}\n", TextType));
        return app;
    }

    private static async Task<IResult> AddAsync(Witness witness, HttpRequest sent)
    {
        using var body = new MemoryStream();
        AddCheckpointRequest request;
        try
        {
            await sent.Body.CopyToAsync(body, sent.HttpContext.RequestAborted);
            request = AddCheckpointRequest.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (FormatException fault)
        {
            return Results.Text($"{fault.Message}\n", TextType, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException fault)
        {
            return Results.StatusCode(fault.StatusCode); // Longer than Kestrel's limit, or too slow.
        }

        // Not to be called off when the asker goes: what is remembered is remembered.
        WitnessReply reply = await witness.AddAsync(request, CancellationToken.None);
        string size = string.Create(CultureInfo.InvariantCulture, $"{reply.Size}\n");
        return reply.Decision switch
        {
            WitnessDecision.Cosign => Results.Text($"{reply.Cosignature!.Line}\n", TextType),
            WitnessDecision.UnknownOrigin => Results.StatusCode(StatusCodes.Status404NotFound),
            WitnessDecision.NotSigned => Results.StatusCode(StatusCodes.Status403Forbidden),
            WitnessDecision.OldSizeAboveNew => Results.StatusCode(StatusCodes.Status400BadRequest),
            WitnessDecision.OtherOldSize or WitnessDecision.OtherRoot => Results.Text(size, SizeType, statusCode: StatusCodes.Status409Conflict),
            WitnessDecision.ProofFails => Results.StatusCode(StatusCodes.Status422UnprocessableEntity),
            _ => throw new InvalidOperationException($"No answer for {reply.Decision}."),
        };
    }
}
