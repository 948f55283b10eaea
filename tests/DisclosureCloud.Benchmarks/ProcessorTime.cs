namespace DisclosureCloud.Benchmarks;

/// <summary>What work costs in this process: what else goes on on the machine counts little in it.</summary>
internal static class ProcessorTime
{
    /// <returns>Seconds of all processors together.</returns>
    public static async Task<double> OfAsync(Func<Task> work)
    {
        TimeSpan begun = Environment.CpuUsage.TotalTime;
        await work();
        return (Environment.CpuUsage.TotalTime - begun).TotalSeconds;
    }
}
