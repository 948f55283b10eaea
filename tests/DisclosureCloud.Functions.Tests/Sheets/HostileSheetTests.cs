using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Sheets;

/// <summary>Files that were damaged on their way, and files that were made to do harm.</summary>
public sealed class HostileSheetTests
{
    private const int Seed = 20261122;
    private const int MutationCount = 2_000;

    // What reading a mutated file of some kilobytes may take of memory, all of it counted.
    private const long AllocatedMax = 64L << 20;

    private static readonly byte[] Good = MakeBook();

    private static readonly byte[] GoodCsv = Encoding.UTF8.GetBytes(
        "\uFEFFkind,date,unit,fund,金额 (amount),\"reason\",programmes\r\n# a comment,,,,,,\r\n"
        + "allocation,2018-06-01,yuan,f-1,12.50,\"say \"\"so\"\"\",\r\nfund,2018年6月1日,,f-2,,,industry；skills\r\n");

    [Fact]
    public void Xlsx_OfAnyMutation_IsReadOrRefused()
    {
        Read(Good).Findings.ShouldBeEmpty();
        int refused = Mutate(Good, file => Read(file).Findings);
        refused.ShouldBeGreaterThan(MutationCount / 2);
    }

    [Fact]
    public void Xlsx_OfAnyMutationWithinItsParts_IsReadOrRefused()
    {
        // Packed again after each change, so that no sum gives it away.
        (string Path, byte[] Bytes)[] parts = Parts(Good);
        int changed = 0;
        var random = new Random(Seed);
        Mutate(parts[0].Bytes, _ =>
        {
            int which = random.Next(parts.Length);
            byte[] other = Mutated(parts[which].Bytes, random);
            changed++;
            return Read(TestBook.Zip(parts.Select((part, index) => KeyValuePair.Create(part.Path, index == which ? other : part.Bytes)), CompressionLevel.NoCompression)).Findings;
        });
        changed.ShouldBe(MutationCount);
    }

    [Fact]
    public void Csv_OfAnyMutation_IsReadOrRefused()
    {
        foreach (string? charset in new[] { null, "gb18030" })
        {
            Mutate(GoodCsv[3..], file =>
            {
                var findings = new SheetFindings();
                Validate(CsvSheet.Read(file, charset, findings));
                return findings.All;
            });
        }
    }

    [Fact]
    public void Zip_ThatInflatesToGigabytes_IsStopped()
    {
        // A gigabyte of blanks in a megabyte.
        byte[] blanks = new byte[1 << 20];
        Array.Fill(blanks, (byte)' ');
        byte[] bomb = WithSheet(stream =>
        {
            stream.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"u8);
            for (int i = 0; i < 1_024; i++)
            {
                stream.Write(blanks);
            }
        });
        bomb.Length.ShouldBeLessThan(4 << 20);

        long before = GC.GetAllocatedBytesForCurrentThread();
        SheetFinding found = Read(bomb).Findings.ShouldHaveSingleItem();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(AllocatedMax);
        found.Finding.Code.ShouldBe("not-an-xlsx");
        found.Finding.Detail.ShouldContain("inflates");
    }

    [Fact]
    public void SharedStrings_BeyondTheirLength_AreStopped()
    {
        byte[] part = Encoding.UTF8.GetBytes($"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{new string(' ', (int)SheetLimits.StringsLengthMax)}</sst>");
        (string Path, byte[] Bytes)[] parts = Parts(Good);
        byte[] file = TestBook.Zip(parts.Select(one => KeyValuePair.Create(one.Path, one.Path.EndsWith("sharedStrings.xml", StringComparison.Ordinal) ? part : one.Bytes)));

        Read(file).Findings.ShouldHaveSingleItem().Finding.Detail.ShouldContain("inflates");
    }

    [Fact]
    public void SharedString_NamedInEveryCell_IsStoppedByTheTextOfAllRows()
    {
        const int CellCount = 30;
        const int RowsThatFit = (int)(SheetLimits.TextLengthMax / (CellCount * SheetLimits.CellLengthMax)); // The header is short beside what is left over.
        var book = TestBook.Of("project", [
            TestBook.Row(1, [.. Enumerable.Range(1, CellCount).Select(n => string.Create(CultureInfo.InvariantCulture, $"targets/{n}/indicator"))]),
            .. Enumerable.Range(2, RowsThatFit + 1).Select(n => TestBook.Row(n, [.. Enumerable.Repeat("<c t=\"s\"><v>0</v></c>", CellCount)])),
        ]);
        book.Strings = $"<si><t>{new string('x', SheetLimits.CellLengthMax)}</t></si>";

        var findings = new SheetFindings();
        int rows = XlsxSheet.Read(book.Bytes(), findings).Count();

        findings.All.ShouldHaveSingleItem().Finding.Code.ShouldBe("too-much-text");
        rows.ShouldBe(RowsThatFit);
        SheetLimits.TextLengthMax.ShouldBeLessThanOrEqualTo(64L << 20, "an instance has two gigabytes for all that it does");
    }

    [Theory]
    [InlineData(22, 100)] // Of its own length, less than there is.
    [InlineData(22, 10_000_000)]
    [InlineData(14, 1)] // Another sum.
    [InlineData(18, 5)] // Cut off within.
    [InlineData(18, 0x7FFFFFFF)]
    [InlineData(40, 0x7FFFFFFF)]
    [InlineData(40, -5)]
    [InlineData(8, 99)] // Packed in a way that there is not.
    [InlineData(6, 1)] // Encrypted.
    [InlineData(26, 0xFFFF)]
    public void Zip_ThatLiesInItsDirectory_IsRefused(int at, int value)
    {
        byte[] file = [.. Good];
        int entry = file.AsSpan().IndexOf("PK\x1\x2"u8);
        if (at is 8 or 6 or 26)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(entry + at + 2), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(entry + at + 2), value);
        }

        Read(file).Findings.ShouldHaveSingleItem().Finding.Code.ShouldBe("not-an-xlsx");
    }

    [Fact]
    public void Zip_OfMorePartsThanAWorkbook_IsRefused()
    {
        (string Path, byte[] Bytes)[] parts = Parts(Good);
        KeyValuePair<string, byte[]>[] Many(int count) =>
            [.. parts.Select(part => KeyValuePair.Create(part.Path, part.Bytes)), .. Enumerable.Range(0, count - parts.Length).Select(n => KeyValuePair.Create($"x{n}", Array.Empty<byte>()))];

        Read(TestBook.Zip(Many(SheetLimits.PartCountMax))).Findings.ShouldBeEmpty();
        Read(TestBook.Zip(Many(SheetLimits.PartCountMax + 1))).Findings.ShouldHaveSingleItem().Finding.Code.ShouldBe("not-an-xlsx");
    }

    [Fact]
    public void Zip_WithAPartTwice_IsRefused()
    {
        (string Path, byte[] Bytes)[] parts = Parts(Good);
        byte[] twice = TestBook.Zip([.. parts.Select(part => KeyValuePair.Create(part.Path, part.Bytes)), KeyValuePair.Create("XL/workbook.xml", parts[0].Bytes)]);
        Read(twice).Findings.ShouldHaveSingleItem().Finding.Code.ShouldBe("not-an-xlsx");
    }

    private static int Mutate(byte[] good, Func<byte[], IReadOnlyList<SheetFinding>> read)
    {
        int refused = 0;
        for (int i = 0; i < MutationCount; i++)
        {
            byte[] file = Mutated(good, new Random(Seed + i));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                refused += read(file).Count > 0 ? 1 : 0;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Seed {Seed + i}: {fault.Message}", fault);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(AllocatedMax, $"seed {Seed + i}");
        }

        return refused;
    }

    private static byte[] Mutated(byte[] good, Random random)
    {
        byte[] file = [.. good];
        for (int flips = random.Next(1, 6); flips > 0 && file.Length > 0; flips--)
        {
            file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        }

        return random.Next(4) == 0 ? file[..random.Next(file.Length)] : file;
    }

    private static (int Rows, IReadOnlyList<SheetFinding> Findings) Read(byte[] file)
    {
        var findings = new SheetFindings();
        return (Validate(XlsxSheet.Read(file, findings)), findings.All);
    }

    // As whoever receives the file goes on with it.
    private static int Validate(IEnumerable<SheetRow> rows)
    {
        int count = 0;
        foreach (SheetRow row in rows)
        {
            var findings = new Findings();
            PostingReader.ReadPosting(row.Body, SampleRow.Today, findings);
            foreach (Finding finding in findings.All)
            {
                row.CellOf(finding.Pointer);
            }

            count++;
        }

        return count;
    }

    private static byte[] MakeBook()
    {
        TestBook book = TestBook.Of(
            "allocation",
            TestBook.Row(1, "发生日期 (date)", "unit", "fund", "amount", "project"),
            TestBook.Row(2, "# a comment"),
            TestBook.Row(3, "n:43252", "yuan", "<c t=\"s\"><v>1</v></c>", "<c s=\"1\"><v>12.5</v></c>", "<c t=\"str\"><f>B2</f><v>p-1</v></c>"),
            TestBook.Row(5, "2018-06-01", null, "<c t=\"s\"><v>0</v></c>", "<c t=\"b\"><v>0</v></c>"))
            .Add("说明", TestBook.Row(1, "explains"));
        book.Strings = "<si><t>f-1</t></si><si><r><t>f</t></r><r><t>-2</t></r></si>";
        book.Styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.00\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";
        return book.Bytes();
    }

    private static (string Path, byte[] Bytes)[] Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(entry =>
        {
            using Stream stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return (entry.FullName, bytes.ToArray());
        })];
    }

    private static byte[] WithSheet(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, byte[] part) in Parts(Good))
            {
                using Stream stream = zip.CreateEntry(path, CompressionLevel.Optimal).Open();
                if (path.EndsWith("sheet1.xml", StringComparison.Ordinal))
                {
                    write(stream);
                }
                else
                {
                    stream.Write(part);
                }
            }
        }

        return bytes.ToArray();
    }
}
