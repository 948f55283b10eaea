using DisclosureCloud.Testing;

namespace DisclosureCloud.Release.Tests;

/// <summary>What would make a release wrong is refused before there is one.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("MS-PL OR Apache-2.0", true)]
    [InlineData("GPL-3.0-only OR MIT", true)]
    [InlineData("GPL-3.0-only", false)]
    [InlineData("MIT AND GPL-3.0-only", false)]
    [InlineData("MIT WITH x", false)]
    [InlineData("mit", false)]
    [InlineData("", false)]
    public void Licence_ThatIsNotOnTheList_IsRefused(string expression, bool isTaken)
    {
        Action read = () => NuGetPackage.Read(Package($"<license type=\"expression\">{expression}</license>"));
        if (isTaken)
        {
            read.ShouldNotThrow();
        }
        else
        {
            read.ShouldThrow<ReleaseException>().Message.ShouldContain("Sample.Package");
        }
    }

    [Fact]
    public void Licence_InAFileThatNobodyHasRead_IsRefused()
    {
        string folder = Package("<license type=\"file\">LICENSE.txt</license>");
        File.WriteAllText(Path.Combine(folder, "LICENSE.txt"), "You owe us a house.");
        Should.Throw<ReleaseException>(() => NuGetPackage.Read(folder)).Message.ShouldContain("nobody has read");
    }

    [Fact]
    public void Licence_ThatIsOnlyAnAddress_IsRefused() =>
        Should.Throw<ReleaseException>(() => NuGetPackage.Read(Package("<licenseUrl>https://example.org/licence</licenseUrl>"))).Message.ShouldBe("Sample.Package states no licence.");

    [Fact]
    public void File_OfNoPart_IsRefused()
    {
        Part app = App("disclosurecloud.dll");
        Write("disclosurecloud.dll");
        PackagedFile.ReadAll(_folder.Path, [app]).ShouldHaveSingleItem();
        Write("Stray.dll");
        Should.Throw<ReleaseException>(() => PackagedFile.ReadAll(_folder.Path, [app])).Message.ShouldContain("Stray.dll");
    }

    [Fact]
    public void File_OfAPart_ThatIsMissing_IsRefused()
    {
        Write("disclosurecloud.dll");
        Should.Throw<ReleaseException>(() => PackagedFile.ReadAll(_folder.Path, [App("disclosurecloud.dll", "libx.so")])).Message.ShouldContain("libx.so");
    }

    [Fact]
    public async Task Zip_OfTheSameFilesWithOtherTimesAndModes_IsTheSameToTheByte()
    {
        Write("disclosurecloud");
        Write("b/function.json");
        Write("a.dll");
        Part app = App("a.dll");
        byte[] first = await ZipAsync(app);
        File.SetLastWriteTimeUtc(_folder.File("a.dll"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File("a.dll"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        (await ZipAsync(app)).ShouldBe(first);
    }

    private async Task<byte[]> ZipAsync(Part app)
    {
        using var output = new TemporaryFolder();
        await PackageZip.WriteAsync(output.File("one.zip"), PackagedFile.ReadAll(_folder.Path, [app]), TestContext.Current.CancellationToken);
        return await File.ReadAllBytesAsync(output.File("one.zip"), TestContext.Current.CancellationToken);
    }

    private static Part App(params string[] files) => new("disclosurecloud/1.0.0", "disclosurecloud", "1.0.0", PartSort.Project, null, files, []);

    private string Package(string licence)
    {
        File.WriteAllText(_folder.File("sample.nuspec"), $"<package><metadata><id>Sample.Package</id><version>1.0.0</version>{licence}</metadata></package>");
        File.WriteAllText(_folder.File("sample.nupkg.sha512"), Convert.ToBase64String(new byte[64]));
        File.WriteAllText(_folder.File(".nupkg.metadata"), """{"version":2,"contentHash":"AA=="}""");
        return _folder.Path;
    }

    private void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), file);
    }
}
