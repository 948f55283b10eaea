using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Load;

/// <summary>Connections that send a byte now and then: they hold up nobody, and are cut.</summary>
public sealed class SlowSenderTests
{
    private const int Senders = 100;

    [Theory]
    [InlineData("/api/postings", "application/json", 30, 1_000_000)]
    [InlineData("/api/evidence-files", "application/pdf", 120, 1_000_000)]
    [InlineData("/api/bulk", "text/csv", 120, 1_000_000)]
    [InlineData("/api/complaints", "application/json", 30, 60_000)]
    public async Task Bodies_ThatTrickleFastEnoughForTheServer_AreCutWhenTheirTimeIsOver(string path, string type, int seconds, int length)
    {
        var clock = new TimerClock();
        await using var app = new RunningApp { Clock = clock, Load = new LoadLimits { ComplaintsAnHourOfSource = Senders, ComplaintAttemptsAnHour = Senders, BulkAnHour = Senders } };
        await app.InitializeAsync();
        var office = new Office(app);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<string>[] slow = [.. Enumerable.Range(0, Senders).Select(i => TrickleAsync(app, path, type, office.Poster, i, length, stop.Token))];
        await Eventually.TrueAsync("all bodies are being read", () => Task.FromResult(clock.Waiting >= Senders));

        // Of the very department that sends so slowly, and of another.
        (await office.PostAsync(Office.Fund("beside-slow"))).ShouldBe(201);
        (await new Office(app, "transport").PostAsync(Office.Fund("beside-slow-2"))).ShouldBe(201);
        slow.Count(one => one.IsCompleted).ShouldBe(0);

        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        (await app.GetAsync("/api/health")).ShouldBe(200);
        slow.Count(one => one.IsCompleted).ShouldBe(0);
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (string answer in await Task.WhenAll(slow))
        {
            answer.ShouldStartWith("HTTP/1.1 408 ");
            answer.ShouldContain("application/problem+json");
            answer.ShouldContain("\"body-too-slow\"");
        }

        (await app.CountAsync()).Commits.ShouldBe(2);
        app.Diagnostics.ShouldNotContain("unhandled exception");
    }

    // A thousand bytes a second, four times what the server asks for; reads until the connection is closed.
    private static async Task<string> TrickleAsync(RunningApp app, string path, string type, string token, int which, int length, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Http.BaseAddress!.Port, stop);
        await using NetworkStream stream = client.GetStream();
        string head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: {type}\r\n"
            + string.Create(CultureInfo.InvariantCulture, $"Idempotency-Key: slow-{which}\r\nContent-Length: {length}\r\n\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), stop);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Task<string> answer = reader.ReadToEndAsync(stop);
        byte[] piece = Encoding.Latin1.GetBytes(new string(' ', 500));
        while (!answer.IsCompleted)
        {
            try
            {
                await stream.WriteAsync(piece, stop);
            }
            catch (IOException)
            {
                break; // It was cut.
            }

            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(500), stop));
        }

        return await answer;
    }
}
