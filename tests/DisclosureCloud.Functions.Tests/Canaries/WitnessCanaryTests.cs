using System.Buffers;
using System.Text;
using DisclosureCloud.Functions.Hosting.Witnessing;
using DisclosureCloud.Functions.Tests.Witnessing;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Canaries;

/// <summary>Texts with data of persons, sent to a witness in every part of a request: it tells and keeps none of them.</summary>
public sealed class WitnessCanaryTests : IAsyncLifetime
{
    private const int Count = 100;
    private const int Seed = 20261124;

    private readonly TemporaryFolder _site = new();
    private readonly TemporaryFolder _state = new();
    private readonly Canary[] _canaries = Canary.Make(Seed, Count);
    private readonly List<(string Where, byte[] Bytes)> _told = [];
    private readonly List<string> _alarms = [];
    private TestLog _log = null!;
    private Ed25519Cosigner _cosigner = null!;
    private Witness _witness = null!;
    private WebApplication _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log = new TestLog(_site.Path);
        _log.Publish(600);
        var memory = new WitnessMemory(_state.Path);
        _cosigner = memory.OpenKey(null, "localhost/witness");
        _witness = new Witness(memory, WitnessedLog.Of([_log.Vkey], "here"), _cosigner, new ManualClock(), _alarms.Add);
        _app = WitnessServer.Build(_witness, 0);
        await _app.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _witness.Dispose();
        _cosigner.Dispose();
        _log.Dispose();
        _site.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Canaries_SentToAWitness_AreFoundNowhere()
    {
        string note = await File.ReadAllTextAsync(Path.Combine(_site.Path, "log", "checkpoint"), Cancel);
        string[] lines = note.Split('\n');
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        int refused = 0;
        foreach (Canary canary in _canaries)
        {
            string text = canary.Text.ReplaceLineEndings(" ");
            foreach (string body in new[]
            {
                text, $"{text}\n\n{note}", $"old {text}\n\n{note}", $"old 0\n{text}\n\n{note}", $"old 0\n\n{text}",
                $"old 0\n\n{Replaced(lines, 0, text)}", $"old 0\n\n{Replaced(lines, 1, text)}", $"old 0\n\n{Replaced(lines, 2, text)}", $"old 0\n\n{Replaced(lines, 4, text)}",
                $"old 0\n\n{lines[0]}\n{lines[1]}\n{lines[2]}\n{text}\n\n{string.Join('\n', lines[4..])}", $"old 0\n\n{note}— {text} AAAA\n",
            })
            {
                using var content = new StringContent(body, Encoding.UTF8, "text/plain");
                using HttpResponseMessage answer = await http.PostAsync(new Uri("add-checkpoint", UriKind.Relative), content, Cancel);
                await KeepAsync(answer);
                refused += (int)answer.StatusCode is >= 400 and < 500 ? 1 : 0;
                ((int)answer.StatusCode).ShouldBeLessThan(500);
            }

            await KeepAsync(await http.GetAsync(new Uri($"checkpoint?{Uri.EscapeDataString(text)}", UriKind.Relative), Cancel));
            await KeepAsync(await http.GetAsync(new Uri(Uri.EscapeDataString(text), UriKind.Relative), Cancel));
        }

        refused.ShouldBeGreaterThanOrEqualTo(Count * 10, $"seed {Seed}");
        _told.Add(("alarms", Encoding.UTF8.GetBytes(string.Join('\n', _alarms))));
        foreach (string file in Directory.GetFiles(_state.Path, "*", SearchOption.AllDirectories))
        {
            _told.Add((Path.GetFileName(file), await File.ReadAllBytesAsync(file, Cancel)));
        }

        SearchValues<string> traces = Canary.Search(_canaries);
        _told.Where(one => Encoding.Latin1.GetString(one.Bytes).AsSpan().ContainsAny(traces)).Select(one => one.Where).Distinct(StringComparer.Ordinal).ShouldBeEmpty($"seed {Seed}");
    }

    private static string Replaced(string[] lines, int at, string text) => string.Join('\n', lines.Select((line, i) => i == at ? text : line));

    private async Task KeepAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            _told.Add(($"answer {(int)answer.StatusCode} to {answer.RequestMessage!.Method}", await answer.Content.ReadAsByteArrayAsync(Cancel)));
            _told.Add(("headers", Encoding.UTF8.GetBytes($"{answer.Headers}{answer.Content.Headers}")));
        }
    }
}
