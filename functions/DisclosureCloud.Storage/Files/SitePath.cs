namespace DisclosureCloud.Storage;

/// <summary>The form of a site's paths, and where they lead on the disk.</summary>
/// <remarks>Links inside the folder are followed when written by an operator; a path alone never leads outside.</remarks>
internal static class SitePath
{
    /// <exception cref="ArgumentException">Not a relative path with '/', or one with an empty, '.' or '..' part.</exception>
    public static string Under(string root, string path)
    {
        Check(path);
        return Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <exception cref="ArgumentException">Not a relative path with '/', or one with an empty, '.' or '..' part.</exception>
    public static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.Split('/').All(part => part is not ("" or "." or "..")) || path.Any(IsForbidden))
        {
            throw new ArgumentException(
                $"A path of the site is relative, with '/', without empty, '.' or '..' parts; found '{path}'.", nameof(path));
        }
    }

    /// <summary>A back slash separates and a colon names a drive or a stream on Windows; the same site must build everywhere.</summary>
    private static bool IsForbidden(char c) => c is '\\' or ':' || char.IsControl(c);
}
