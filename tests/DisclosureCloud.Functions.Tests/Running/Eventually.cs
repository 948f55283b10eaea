namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>Waits for what the app does by itself, with a bound and a message.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>A minute and a half: only a fault takes that long, also on a machine that is busy with something else.</summary>
    private const int LooksMax = 900;

    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        for (int look = 0; look < LooksMax; look++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Waited in vain until {what}.");
    }
}
