using System.Runtime.InteropServices;

namespace DisclosureCloud.Transparency;

/// <summary>What libcrypto is called. Versions with the functions that <see cref="Libcrypto"/> calls, the newer first.</summary>
internal static class LibcryptoNames
{
    private static readonly string[] Linux = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so"];

    // Never a name without a version: macOS has one of those itself, and ends the process that loads it. Homebrew's folders are not
    // where the loader looks.
    private static readonly string[] MacOs =
    [
        "libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib",
        "libcrypto.1.1.dylib",
    ];

    private static readonly string[] Windows = ["libcrypto-3-x64.dll", "libcrypto-3.dll", "libcrypto-1_1-x64.dll"];

    private static readonly string[] WindowsArm = ["libcrypto-3-arm64.dll", "libcrypto-3.dll", "libcrypto-1_1-arm64.dll"];

    public static IReadOnlyList<string> OfThisSystem { get; } =
        OperatingSystem.IsMacOS() ? MacOs
        : !OperatingSystem.IsWindows() ? Linux
        : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? WindowsArm
        : Windows;
}
