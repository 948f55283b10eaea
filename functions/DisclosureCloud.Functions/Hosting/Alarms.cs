using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Tells the operator of what a person must look at: an error in diagnostics, and a count to which an alert is bound.</summary>
internal sealed class Alarms(ILogger<Alarms> diagnostics)
{
    /// <param name="detail">Ids, names of queues and counts; never what a message says.</param>
    public void Raise(Alarm alarm, string detail)
    {
        string code = Code.Text(alarm);
        diagnostics.LogError("ALARM {Alarm}: {Detail}", code, detail);
        Telemetry.Alarmed(code);
    }

    /// <summary>The name of a file as it may be told: whoever wrote the file chose it, and may have written into it what must not be in diagnostics.</summary>
    public static string NameOf(string text) => text.Length <= IArchiveFiles.PathMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_')
        && PersonalDataGuard.Rule(text) is null
        ? text
        : "something with a name that is not repeated here";
}
