using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>An evidence file from the department that sends it to the auditor who holds it against the log, and to its end.</summary>
public sealed class EvidenceFileTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Pdf = "application/pdf";

    private static int funds;

    private readonly Office _office = new(app);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_NamedByAnEntry_IsReadByAnAuditorAndIsWhatTheLogCommitsTo()
    {
        byte[] file = EvidenceSamples.File("the signed list of the hand-over");
        string id = (await app.SendFileAsync(file, Pdf, "hand-over", _office.Poster)).ShouldBe(201).Id;
        string fund = await FundAsync();
        string entry = await RecordAsync(Office.WithEvidence(Office.Allocation(fund, 10), id));
        JsonElement proof = await ProofAsync(entry);
        JsonElement named = proof.GetProperty("leaf").GetProperty("evidenceFiles").EnumerateArray().Single();
        named.GetProperty("file").GetString().ShouldBe(id);

        using HttpResponseMessage answer = await ReadAsync(id, Auditor());
        ((int)answer.StatusCode).ShouldBe(200);
        byte[] read = await answer.Content.ReadAsByteArrayAsync(Cancel);
        read.ShouldBe(file);
        string salt = answer.Headers.GetValues("Evidence-Salt").Single();
        Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(salt), .. read])).ShouldBe(named.GetProperty("commitment").GetString());
        answer.Headers.GetValues("Evidence-Commitment").Single().ShouldBe(named.GetProperty("commitment").GetString());
        answer.Content.Headers.ContentType!.ToString().ShouldBe(Pdf);
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe($"attachment; filename=\"{id}.pdf\"");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox", Case.Sensitive);
        proof.GetProperty("openings").GetRawText().ShouldNotContain(salt, Case.Sensitive, "nothing public opens it");
    }

    [Fact]
    public async Task File_ThatARedactionNames_IsGoneFromEveryFileAndToldSo()
    {
        const string Words = "赵钱孙李那一户的签名";
        byte[] file = EvidenceSamples.File(Words);
        string id = (await app.SendFileAsync(file, Pdf, "to-be-forgotten", _office.Poster)).ShouldBe(201).Id;
        string entry = await RecordAsync(Office.WithEvidence(Office.Allocation(await FundAsync(), 10), id));
        await ProofAsync(entry);
        EvidenceRecord record = await RecordOfAsync(id);
        byte[] stored = (await app.Stores.EvidenceFiles.ReadAsync($"{id[..2]}/{id}", Cancel))!;
        string[] traces = [Words, Convert.ToBase64String(record.Key.Span), Convert.ToHexStringLower(record.Salt.Span), Encoding.Latin1.GetString(stored.AsSpan(80))];
        string.Join(", ", await WhereAsync(traces)).ShouldBe($"evidence-keys.db: 1, evidence-keys.db: 2, {id}: 3", "else this test does not know how to look");

        string redaction = await RecordAsync(Office.Redaction(entry, "/evidenceFiles/0"));
        (await app.GetAsync($"/api/evidence-files/{id}", _office.Poster)).ShouldBeProblem(410, "forgotten");
        (await app.GetAsync($"/api/evidence-files/{id}", Auditor())).ShouldBeProblem(410, "forgotten");
        (await WhereAsync(traces)).ShouldBeEmpty();
        (await app.SendFileAsync(file, Pdf, "to-be-forgotten", _office.Poster)).ShouldBeProblem(422, "key-reused");
        (await _office.PostAsync(Office.WithEvidence(Office.Fund("names-forgotten"), id))).ShouldBeProblem(422, "no-such-evidence-file");
        (await ProofAsync(redaction)).GetProperty("leaf").GetProperty("values")[0].GetString().ShouldBe("/evidenceFiles/0");
        (await _office.PostAsync(Office.Redaction(entry, "/evidenceFiles/0"))).ShouldBeProblem(422, "already-redacted");
        (await _office.PostAsync(Office.Redaction(entry, "/evidenceFiles/1"))).ShouldBeProblem(422, "no-such-value");
    }

    [Fact]
    public async Task Key_ThatCameBackWithAStore_OpensNothing()
    {
        string id = (await _office.SendEvidenceAsync("back again")).ShouldBe(201).Id;
        string entry = await RecordAsync(Office.WithEvidence(Office.Allocation(await FundAsync(), 10), id));
        EvidenceRecord record = await RecordOfAsync(id);
        byte[] stored = (await app.Stores.EvidenceFiles.ReadAsync(PathOf(id), Cancel))!;
        await RecordAsync(Office.Redaction(entry, "/evidenceFiles/0"));

        // As somebody does who restores both stores from a copy.
        await Keys.PutAsync(record, Cancel);
        await app.Stores.EvidenceFiles.PutAsync(PathOf(id), stored, Cancel);
        (await app.GetAsync($"/api/evidence-files/{id}", _office.Poster)).ShouldBeProblem(410, "forgotten");
        await app.Forgetting.ForgetAllAsync(Cancel);
        (await Keys.ReadAsync(Id.Parse<EvidenceFileId>(id), Cancel)).Records.ShouldBeEmpty();
        (await app.Stores.EvidenceFiles.ReadAsync(PathOf(id), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Key_ThatWasLost_IsOurMistakeAndNoForgetting()
    {
        string id = (await _office.SendEvidenceAsync("lost")).ShouldBe(201).Id;
        (await _office.PostAsync(Office.WithEvidence(Office.Fund($"evidence-lost-{++funds}"), id))).ShouldBe(201);
        EvidenceRecord record = await RecordOfAsync(id);
        await Keys.ForgetAsync(record.Id, record.Commitment, Cancel);
        (await app.GetAsync($"/api/evidence-files/{id}", _office.Poster)).ShouldBeProblem(500);
    }

    [Fact]
    public async Task File_OfOneDepartment_IsThereForItAloneUntilAnEntryIsPublic()
    {
        string id = (await _office.SendEvidenceAsync("before it is decided")).ShouldBe(201).Id;
        string path = $"/api/evidence-files/{id}";
        await StatusesAsync(200, path, _office.Poster, _office.Approver);
        await StatusesAsync(404, path, Auditor(), new Office(app, "transport").Poster, app.Token("finance", "finance-auditor", Role.Auditor));

        string posting = (await _office.PostAsync(Office.WithEvidence(Office.Allocation(await FundAsync(), 10), id))).ShouldBe(201).Id;
        await StatusesAsync(404, path, Auditor());
        string entry = (await _office.ApproveAsync(posting)).ShouldBe(200).Entries.Single();
        await ProofAsync(entry);
        await StatusesAsync(200, path, Auditor(), Auditor("430511"), Auditor("430500"));
        await StatusesAsync(404, path, Auditor("430502"), new Office(app, "transport").Poster, new Office(app, "transport").Approver);
        (await app.GetAsync("/api/evidence-files/none", _office.Poster)).ShouldBe(404);
        (await app.GetAsync($"/api/evidence-files/{posting}", _office.Poster)).ShouldBe(404);
    }

    [Fact]
    public async Task File_OfARegion_IsOfThePlacesOfItsSenderAndOfItsPosting()
    {
        RegionCode place = Id.Parse<RegionCode>("430511");
        var town = new Office(app, region: place);
        string id = (await town.SendEvidenceAsync("of a place")).ShouldBe(201).Id;
        string path = $"/api/evidence-files/{id}";
        string elsewhere = app.Token("finance", "finance-other", Id.Parse<RegionCode>("430502"), [Role.Poster]);
        await StatusesAsync(200, path, town.Approver, _office.Poster);
        await StatusesAsync(404, path, elsewhere);
        (await app.PostAsync("/api/postings", Office.WithEvidence(Office.Fund("other-place"), id).ToJsonString(), Office.NewKey(), elsewhere)).ShouldBeProblem(422, "no-such-evidence-file");

        // Sent by somebody of the whole county; the town's approver decides on the posting that names it.
        string wide = (await _office.SendEvidenceAsync("of all places")).ShouldBe(201).Id;
        await StatusesAsync(404, $"/api/evidence-files/{wide}", town.Approver);
        (await _office.PostAsync(Office.WithEvidence(Office.Fund($"evidence-place-{++funds}"), wide))).ShouldBe(201);
        await StatusesAsync(200, $"/api/evidence-files/{wide}", town.Approver);
    }

    [Fact]
    public async Task Send_TheSameFileAgain_IsTheSameAnswerAndAnotherIsRefused()
    {
        byte[] file = EvidenceSamples.File("twice");
        Answer first = (await app.SendFileAsync(file, Pdf, "twice", _office.Poster)).ShouldBe(201);
        first.Location.ShouldBe($"/api/evidence-files/{first.Id}");
        first.Json.GetProperty("bytes").GetInt32().ShouldBe(file.Length);
        first.Json.GetProperty("mediaType").GetString().ShouldBe(Pdf);
        (await app.SendFileAsync(file, Pdf, "twice", _office.Poster)).ShouldBe(201).Text.ShouldBe(first.Text);
        (await app.SendFileAsync(EvidenceSamples.File("other"), Pdf, "twice", _office.Poster)).ShouldBeProblem(422, "key-reused");
        (await app.SendFileAsync(file, Pdf, "twice", new Office(app, "transport").Poster)).ShouldBe(201).Id.ShouldNotBe(first.Id, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Send_CopiesAtOnce_IsOneFile()
    {
        byte[] file = EvidenceSamples.File("at once");
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.SendFileAsync(file, Pdf, "at-once", _office.Poster)));
        answers.Select(answer => answer.ShouldBe(201).Text).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await Keys.ReadAsync(Id.Parse<EvidenceFileId>(answers[0].Id), Cancel)).Records.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/jpeg")]
    [InlineData("application/pdf")]
    public async Task Send_OfAnyTypeThatIsTaken_IsKeptAsThatType(string type)
    {
        byte[] file = EvidenceSamples.File("of a type", EvidenceMedia.Find(type));
        string id = (await app.SendFileAsync(file, type, $"type-{type[^3..]}", _office.Poster)).ShouldBe(201).Id;
        using HttpResponseMessage answer = await ReadAsync(id, _office.Poster);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        foreach (string other in EvidenceMedia.All.Select(media => media.Type).Where(other => other != type))
        {
            (await app.SendFileAsync(file, other, Office.NewKey(), _office.Poster)).ShouldBeProblem(422, "not-of-its-type");
        }
    }

    [Fact]
    public async Task Send_WhatIsNoFileThatIsTaken_IsRefusedAndNothingIsKept()
    {
        int before = await CountAsync();
        byte[] file = EvidenceSamples.File("bad");
        (await app.SendFileAsync(file, "text/html", "bad", _office.Poster)).ShouldBeProblem(415, "unsupported-media-type");
        (await app.SendFileAsync(file, "application/pdf; name=x", "bad", _office.Poster)).ShouldBeProblem(415, "unsupported-media-type");
        (await app.SendFileAsync(file, type: null, "bad", _office.Poster)).ShouldBeProblem(415, "unsupported-media-type");
        (await app.SendFileAsync([], Pdf, "bad", _office.Poster)).ShouldBeProblem(422, "not-of-its-type");
        (await app.SendFileAsync(Encoding.UTF8.GetBytes("<html>"), Pdf, "bad", _office.Poster)).ShouldBeProblem(422, "not-of-its-type");
        (await app.SendFileAsync(file, Pdf, key: null, _office.Poster)).ShouldBeProblem(400, "bad-key");
        using HttpRequestMessage packed = RunningApp.FileRequest(Packed(file), Pdf, "bad", _office.Poster);
        packed.Content!.Headers.ContentEncoding.Add("gzip");
        (await app.SendAsync(packed)).ShouldBeProblem(415, "compressed-body");
        byte[] most = new byte[EvidenceBody.LengthMax];
        EvidenceSamples.File("large").CopyTo(most, 0);
        (await app.SendFileAsync([.. most, 0], Pdf, "bad", _office.Poster)).ShouldBeProblem(413, "body-too-large");
        using HttpRequestMessage chunked = RunningApp.FileRequest([.. most, 0], Pdf, "bad", _office.Poster);
        chunked.Headers.TransferEncodingChunked = true;
        (await app.SendAsync(chunked)).ShouldBeProblem(413, "body-too-large");
        (await CountAsync()).ShouldBe(before);
        (await app.SendFileAsync(most, Pdf, "bad", _office.Poster)).ShouldBe(201);
        (await app.PostAsync("/api/postings", new string(' ', (1 << 20) + 1), Office.NewKey(), _office.Poster)).ShouldBeProblem(413, "body-too-large");
    }

    [Fact]
    public async Task Posting_NamingWhatItMayNot_IsRefusedWhereItNamesIt()
    {
        string own = (await _office.SendEvidenceAsync("own")).Id;
        string others = (await new Office(app, "transport").SendEvidenceAsync("others")).Id;
        JsonObject fund = Office.Fund("evidence-refused");
        (await _office.PostAsync(Office.WithEvidence(fund, own, others))).ShouldBeProblem(422, "no-such-evidence-file").Pointers.ShouldBe("[/evidenceFiles/1]");
        (await _office.PostAsync(Office.WithEvidence(fund, new string('a', 26)))).ShouldBeProblem(422, "no-such-evidence-file").Pointers.ShouldBe("[/evidenceFiles/0]");
        (await _office.PostAsync(Office.WithEvidence(fund, own, own))).ShouldBeProblem(422, "evidence-file-twice").Pointers.ShouldBe("[/evidenceFiles/1]");
        (await _office.PostAsync(Office.WithEvidence(fund, [.. Enumerable.Repeat(own, EvidenceFile.CountMax + 1)]))).ShouldBeProblem(422, "bad-length");
        (await _office.PostAsync(Office.WithEvidence(fund, "no id"))).ShouldBeProblem(422).Pointers.ShouldBe("[/evidenceFiles/0]");
        Answer rehearsed = await app.PostAsync("/api/postings?dryRun=true", Office.WithEvidence(fund, others).ToJsonString(), key: null, _office.Poster);
        rehearsed.ShouldBe(200).Codes.ShouldBe("[no-such-evidence-file]");

        string made = await FundAsync();
        string entry = await RecordAsync(Office.WithEvidence(Office.Allocation(made, 10), own));
        Answer correction = await _office.PostAsync(Office.Correction(entry, Office.WithEvidence(Office.Allocation(made, 20), others)));
        correction.ShouldBeProblem(422, "no-such-evidence-file").Pointers.ShouldBe("[/replacement/evidenceFiles/0]");
        (await _office.PostAsync(Office.Correction(entry, Office.WithEvidence(Office.Allocation(made, 10), own)))).ShouldBeProblem(422, "nothing-changed");
        JsonObject withdrawal = Office.WithEvidence(Office.Withdrawal(entry), own);
        (await _office.PostAsync(withdrawal)).ShouldBeProblem(422, "unknown-field");
    }

    [Fact]
    public async Task Posting_ThatNamesAFile_ShowsItToWhoDecides()
    {
        string id = (await _office.SendEvidenceAsync("to be looked at")).Id;
        string posting = (await _office.PostAsync(Office.WithEvidence(Office.Fund($"evidence-shown-{++funds}"), id), "evidence-shown")).ShouldBe(201).Id;
        JsonElement says = (await app.GetAsync($"/api/postings/{posting}", _office.Approver)).ShouldBe(200).Json.GetProperty("says")[0];
        says.GetProperty("evidenceFiles")[0].GetProperty("file").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task Files_OfOneHour_AreCounted()
    {
        await using var small = new RunningApp { Load = new LoadLimits { FilesAnHour = 2 } };
        await small.InitializeAsync();
        var office = new Office(small);
        (await office.SendEvidenceAsync("one")).ShouldBe(201);
        (await office.SendEvidenceAsync("two")).ShouldBe(201);
        (await office.SendEvidenceAsync("three")).ShouldBeProblem(429, "too-many-files");
        (await office.PostAsync(Office.Fund("evidence-counted"))).ShouldBe(201);
        (await new Office(small, "transport").SendEvidenceAsync("one")).ShouldBe(201);
    }

    private EvidenceKeys Keys => new(app.Stores.EvidenceKeys, new Testing.SeededSalts(77));

    private static string PathOf(string id) => $"{id[..2]}/{id}";

    private string Auditor(string? region = null) => app.Token("audit", "audit-auditor", region is null ? null : Id.Parse<RegionCode>(region), [Role.Auditor]);

    private async Task<EvidenceRecord> RecordOfAsync(string id) => (await Keys.ReadAsync(Id.Parse<EvidenceFileId>(id), Cancel)).Records.Single();

    private async Task<string> FundAsync()
    {
        string fund = FormattableString.Invariant($"evidence-{Interlocked.Increment(ref funds)}");
        await _office.OpenFundAsync(fund, 100);
        return fund;
    }

    private async Task<string> RecordAsync(JsonObject posting)
    {
        Answer decided = (await _office.RecordAsync(posting)).ShouldBe(200);
        decided.State.ShouldBe("effective", decided.Text);
        return decided.Entries.Single();
    }

    // Once it is public.
    private async Task<JsonElement> ProofAsync(string entry)
    {
        await Eventually.TrueAsync("it is published", async () => (await app.GetAsync($"/api/entries/{entry}/proof")).Status == 200);
        return (await app.GetAsync($"/api/entries/{entry}/proof")).Json;
    }

    private async Task<HttpResponseMessage> ReadAsync(string id, string token)
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Get, $"/api/evidence-files/{id}", token);
        return await app.Http.SendAsync(request, Cancel);
    }

    private async Task StatusesAsync(int status, string path, params string[] tokens)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            Answer answer = await app.GetAsync(path, tokens[i]);
            answer.Status.ShouldBe(status, $"token {i}: {answer.Text}");
        }
    }

    private async Task<int> CountAsync()
    {
        int count = 0;
        await foreach (string _ in app.Stores.EvidenceFiles.ListAsync("", Cancel))
        {
            count++;
        }

        return count;
    }

    // Which file of the data folder holds which of the texts.
    private async Task<IEnumerable<string>> WhereAsync(string[] traces)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(app.Deployment.Data, "*", SearchOption.AllDirectories).Where(file => file != app.Deployment.PublishLock))
        {
            byte[] bytes;
            try
            {
                bytes = await File.ReadAllBytesAsync(file, Cancel);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // The publisher replaces files meanwhile.
            }

            for (int i = 0; i < traces.Length; i++)
            {
                if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(traces[i])) >= 0 || bytes.AsSpan().IndexOf(Encoding.Latin1.GetBytes(traces[i])) >= 0)
                {
                    found.Add(FormattableString.Invariant($"{Path.GetFileName(file).Replace("-wal", "", StringComparison.Ordinal)}: {i}"));
                }
            }
        }

        return found;
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return packed.ToArray();
    }
}
