namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>A file that is no spreadsheet of the sort that is read here. It is thrown deep within streams and readers, and never leaves this folder.</summary>
/// <param name="message">What is wrong, in words of ours: nothing of the file.</param>
/// <param name="found">What the file is instead, where that is known.</param>
internal sealed class DamagedFileException(string message, string? found = null) : Exception(message)
{
    public string? Found => found;
}
