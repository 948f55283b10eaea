using System.Text;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Whatever is sent is answered with a draft or with findings: never with both, with neither, or with an exception.</summary>
public sealed class PostingReaderFuzzTests
{
    private const int Mutations = 5_000;

    private static readonly string[] Pieces =
    [
        "null", "true", "\"\"", "0", "-0", "1E400", "0.1e1", "1e-400", "1234567890123456789012345678901234567890", "[]", "{}", "[[[[[[[[[[[[[[[[[[[[",
        "{\"a\":{\"a\":{\"a\":", "\"\\ud800\"", "\"\\u0000\"", "\"\\ufffe\"", "\uFEFF", ",", "}", "]", "\"", ":", "\\", "\0", "9007199254740992", "\"\\uffff\"",
        "\"2020-02-30\"", "\"9999-12-31\"", "\"fen\"", "\"wan-yuan\"", "\"notice\"", "\"fund\"", "\"\\n\"", "1e2147483648", "\"ｆｕｎｄ\"", "99999999999",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Readers_OfMutatedBodies_GiveADraftOrFindings(int seed)
    {
        byte[][] good = [.. SampleWorld.NoticeFiles.Select(SampleWorld.NoticeBytes), .. Postings.Select(Encoding.UTF8.GetBytes)];
        var random = new Random(seed);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] body = good[random.Next(good.Length)];
            for (int times = random.Next(1, 4); times > 0; times--)
            {
                body = Mutated(body, random);
            }

            Answered(body, isNotice: true, $"seed {seed}, case {i}");
            Answered(body, isNotice: false, $"seed {seed}, case {i}");
        }
    }

    [Fact]
    public void Readers_OfGoodBodies_GiveADraft()
    {
        foreach (string posting in Postings)
        {
            Answered(Encoding.UTF8.GetBytes(posting), isNotice: false, posting).ShouldBeTrue(posting);
        }

        SampleWorld.NoticeFiles.ShouldAllBe(file => Answered(SampleWorld.NoticeBytes(file), true, file));
    }

    private static string[] Postings { get; } =
    [
        """{"kind":"fund","date":"2018-06-01","fund":"fund-1","name":"专账","budgetYear":2018,"region":"410503","regionNames":["河南省"],"authority":"财政局"}""",
        """{"kind":"appropriation","date":"2018-06-01","fund":"fund-1","level":"central","nature":"earmarked","sourceName":"来源","amount":1.5,"unit":"wan-yuan"}""",
        """{"kind":"project","date":"2018-06-01","fund":"fund-1","project":"p-1","type":"project","name":"项目","place":"410503","planItem":"item-1"}""",
        """{"kind":"allocation","date":"2018-06-01","fund":"fund-1","project":"p-1","amount":100,"unit":"yuan"}""",
        """{"kind":"pass-down","date":"2018-06-01","fund":"fund-1","amount":1,"place":"410503-01234567","placeName":"某村","purpose":"用途","unit":"fen"}""",
        """{"kind":"disbursement","date":"2018-06-01","fund":"fund-1","project":"p-1","cites":"aaaaaaaaaaaaaaaaaaaaaaaaaa-1","amount":1,"unit":"fen"}""",
        """{"kind":"progress","date":"2018-06-01","fund":"fund-1","project":"p-1","stage":"started","percent":50,"done":"开工"}""",
        """{"kind":"acceptance","date":"2018-06-01","fund":"fund-1","project":"p-1","result":"passed","body":"验收组"}""",
    ];

    private static bool Answered(byte[] body, bool isNotice, string which)
    {
        var findings = new Findings();
        Draft? draft;
        try
        {
            draft = isNotice
                ? PostingReader.ReadNotice(body, SampleWorld.Today, findings)
                : PostingReader.ReadPosting(body, SampleWorld.Today, findings);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{which}: {fault.GetType().Name} on {Encoding.UTF8.GetString(body)}", fault);
        }

        (draft is null).ShouldBe(findings.Any, which);
        if (draft is not null)
        {
            // What was taken can be kept: sealed, written, and read back.
            PostingId id = PostingId.Of(SampleWorld.Department, "fuzz");
            foreach (Fact fact in draft.Facts(id))
            {
                Leaf leaf = SealedFact.Seal(fact, draft.Date, new SeededSalts(1), id, [])
                    .ToLeaf(EntryId.Of(id, 1), SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http);
                SealedFact.Of(leaf.Json).Open(_ => null).GetType().ShouldBe(fact.GetType(), which);
            }
        }

        return draft is not null;
    }

    private static byte[] Mutated(byte[] body, Random random)
    {
        if (body.Length == 0)
        {
            return body;
        }

        int at = random.Next(body.Length);
        int length = random.Next(1, Math.Min(40, body.Length - at) + 1);
        switch (random.Next(8))
        {
            case 0:
                byte[] flipped = [.. body];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return body[..at];
            case 2:
                return [.. body[..at], .. body[(at + length)..]];
            case 3:
                return [.. body[..at], .. body[at..(at + length)], .. body[at..]];
            case 4:
                int other = random.Next(body.Length);
                byte[] swapped = [.. body];
                (swapped[at], swapped[other]) = (swapped[other], swapped[at]);
                return swapped;
            case 5:
                return [.. body[..at], .. Piece(random), .. body[at..]];
            default:
                return Replaced(body, random);
        }
    }

    // Puts something else in the place of a whole value, so that the readers behind the parser are reached.
    private static byte[] Replaced(byte[] body, Random random)
    {
        string text = Encoding.UTF8.GetString(body);
        int colon = text.IndexOf(':', random.Next(text.Length));
        if (colon < 0)
        {
            return body;
        }

        int end = text.AsSpan(colon).IndexOfAny(',', '}', '\n');
        return end < 0 ? body : Encoding.UTF8.GetBytes($"{text[..(colon + 1)]}{Pieces[random.Next(Pieces.Length)]}{text[(colon + end)..]}");
    }

    private static byte[] Piece(Random random) => Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]);
}
