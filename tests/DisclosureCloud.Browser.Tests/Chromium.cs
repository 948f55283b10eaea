using Microsoft.Playwright;

namespace DisclosureCloud.Browser.Tests;

/// <summary>One browser for all tests of a run. Where a machine has none, its tests skip; in CI they fail.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private readonly Dictionary<bool, Visit> _visits = [];
    private IBrowser? _browser;

    private static string Executable => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Executable))
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
        }
    }

    /// <summary>A page on the sample site, which alone answers; every other host is refused and noted.</summary>
    /// <param name="find">Gives another site's files by their paths.</param>
    /// <exception cref="InvalidOperationException">There is no browser, in CI.</exception>
    internal async Task<Visit> OpenAsync(string address, int width, bool script = true, Func<string, byte[]?>? find = null)
    {
        if (_browser is null)
        {
            string reason = $"No Chromium at {Executable}; set CHROMIUM to its path.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
            throw new InvalidOperationException(reason);
        }

        if (!_visits.TryGetValue(script, out Visit? visit))
        {
            // A window costs a second, a page in it a tenth: tests of one class run one after another and can share it.
            IBrowserContext context = await _browser.NewContextAsync(new() { JavaScriptEnabled = script, ReducedMotion = ReducedMotion.Reduce });
            _visits[script] = visit = await Visit.InAsync(context);
        }

        visit.Find = find ?? SiteFolder.Find;
        await visit.GoAsync(address, width);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>A window on the site, with what went wrong on the page that it shows.</summary>
internal sealed class Visit(IPage page)
{
    public IPage Page => page;

    /// <summary>Gives a file of the site that is visited.</summary>
    public Func<string, byte[]?> Find { get; set; } = SiteFolder.Find;

    /// <summary>Errors on the console, requests to other hosts, and addresses that the site does not have.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<Visit> InAsync(IBrowserContext context)
    {
        IPage page = await context.NewPageAsync();
        var visit = new Visit(page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                visit.Faults.Add($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => visit.Faults.Add($"script: {error}");
        await context.RouteAsync("**/*", visit.AnswerAsync);
        return visit;
    }

    public async Task GoAsync(string address, int width)
    {
        Faults.Clear();
        await PaintAsync(dark: false);
        await ResizeAsync(width);
        await page.GotoAsync(SiteFolder.Origin + address, new() { WaitUntil = WaitUntilState.Load });
    }

    /// <summary>The page as it is, at another width. Its styles alone know of the width.</summary>
    public Task ResizeAsync(int width) => page.SetViewportSizeAsync(width, 900);

    public Task PaintAsync(bool dark) => page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });

    private async Task AnswerAsync(IRoute route)
    {
        string address = route.Request.Url;
        if (!address.StartsWith(SiteFolder.Origin + "/", StringComparison.Ordinal))
        {
            Faults.Add($"another host: {address}");
            await route.AbortAsync();
        }
        else if (Find(SiteFolder.PathOf(address)) is { } bytes)
        {
            await route.FulfillAsync(new() { Status = 200, BodyBytes = bytes, ContentType = SiteFolder.MediaType(address) });
        }
        else
        {
            Faults.Add($"not found: {address}");
            await route.FulfillAsync(new() { Status = 404 });
        }
    }
}
