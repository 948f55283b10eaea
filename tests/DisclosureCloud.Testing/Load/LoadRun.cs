using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace DisclosureCloud.Testing.Load;

/// <summary>A department that sends as fast as it can, and four times as much as that, while another one posts now and then.</summary>
/// <param name="noisy">The token of the first one's poster.</param>
/// <param name="quiet">The token of the other's.</param>
public sealed class LoadRun(HttpClient http, string noisy, string quiet)
{
    /// <summary>As many senders as a department may have requests with us: none of them is turned away.</summary>
    public const int SendersWithin = 64;

    private const int TimesOver = 4;

    /// <summary>A sender that was turned away comes again much sooner than it was told.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan BetweenQuiet = TimeSpan.FromMilliseconds(20);

    private int _made;

    /// <summary>How many postings a second are taken, from as many senders as may send at once.</summary>
    public async Task<double> CapacityAsync(int postings, CancellationToken cancel)
    {
        int left = postings;
        int taken = 0;
        long begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, SendersWithin).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                if (await PostAsync(noisy, NewFund("within"), cancel) is { Status: 201 })
                {
                    Interlocked.Increment(ref taken);
                }
            }
        }, cancel)));
        return taken / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Four times as many senders of one department, who wait for nothing, until the other has sent its postings one after the other.</summary>
    /// <param name="largeNotice">A large body, which one in thirty-two of the senders sends as a rehearsal.</param>
    public async Task<LoadFigures> OverloadAsync(int quietPostings, byte[] largeNotice, CancellationToken cancel)
    {
        var figures = new LoadFigures();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        long begun = Stopwatch.GetTimestamp();
        Task[] senders = [.. Enumerable.Range(0, SendersWithin * TimesOver).Select(i => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                LoadAnswer answer = i % 32 == 31
                    ? await SendAsync(noisy, "/api/notices?dryRun=true", largeNotice, key: null, cancel)
                    : await PostAsync(noisy, NewFund("noisy"), cancel);
                figures.Noisy.Enqueue(answer);
                if (answer.Status is 429 or 503)
                {
                    await Task.Delay(Impatience, cancel);
                }
            }
        }, cancel))];
        for (int i = 0; i < quietPostings; i++)
        {
            figures.Quiet.Enqueue(await PostAsync(quiet, NewFund("quiet"), cancel));
            await Task.Delay(BetweenQuiet, cancel);
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
        figures.Took = Stopwatch.GetElapsedTime(begun);
        return figures;
    }

    private Task<LoadAnswer> PostAsync(string token, string body, CancellationToken cancel) =>
        SendAsync(token, "/api/postings", Encoding.UTF8.GetBytes(body), string.Create(CultureInfo.InvariantCulture, $"load-{Interlocked.Increment(ref _made)}"), cancel);

    private async Task<LoadAnswer> SendAsync(string token, string path, byte[] body, string? key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        long begun = Stopwatch.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancel);
            string text = await response.Content.ReadAsStringAsync(cancel);
            return new LoadAnswer(
                (int)response.StatusCode,
                response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values) ? values.Single() : null,
                (int)response.StatusCode < 400 ? "" : text,
                Stopwatch.GetElapsedTime(begun));
        }
        catch (HttpRequestException fault)
        {
            return new LoadAnswer(0, RetryAfter: null, fault.Message, Stopwatch.GetElapsedTime(begun));
        }
    }

    private string NewFund(string name) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"kind":"fund","date":"2020-03-02","fund":"{{name}}-{{Interlocked.Increment(ref _made)}}","name":"专项扶贫资金","budgetYear":2020,
         "region":"430511","regionNames":["湖南省","邵阳市","北塔区"],"authority":"北塔区财政局"}
        """);
}

/// <summary>One answer under load.</summary>
/// <param name="Status">0 where there was none.</param>
/// <param name="Text">What a refusal said.</param>
public sealed record LoadAnswer(int Status, string? RetryAfter, string Text, TimeSpan Took)
{
    /// <summary>True for what an app may answer that has more to do than it can.</summary>
    public bool IsInOrder => Status switch
    {
        200 or 201 => true,
        429 or 503 => int.TryParse(RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds >= 1,
        _ => false,
    };
}

/// <summary>What came of an overload.</summary>
public sealed class LoadFigures
{
    public ConcurrentQueue<LoadAnswer> Noisy { get; } = new();

    public ConcurrentQueue<LoadAnswer> Quiet { get; } = new();

    public TimeSpan Took { get; set; }

    /// <summary>Its counts by status, such as <c>201: 300, 429: 4000</c>.</summary>
    public static string Count(IEnumerable<LoadAnswer> answers) => string.Join(", ", answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Count()}")));
}
