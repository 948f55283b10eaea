using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>What the site shows of the log before, wrong in one way at a time: the log that is to follow does not begin.</summary>
public sealed class SuccessionRefusalTests
{
    private const string Next = "test.example/next";

    [Theory]
    [InlineData("frozen", "has not ended")]
    [InlineData("checkpoint", "log/checkpoint is not there")]
    [InlineData("vkey", "log/vkey is not there")]
    [InlineData("tile/0/000", "log/tile/0/000 is not there")]
    [InlineData("tile/0/001.p/44", "log/tile/0/001.p/44 is not there")]
    [InlineData("tile/1/000.p/1", "log/tile/1/000.p/1 is not there")]
    [InlineData("tile/entries/000", "log/tile/entries/000 is not there")]
    [InlineData("tile/entries/001.p/44", "log/tile/entries/001.p/44 is not there")]
    public async Task Begin_WithoutAFile_IsRefused(string path, string why)
    {
        using LogWorld world = await SuccessionTests.EndedAsync(300);
        await world.PutAsync(path, null);
        await SuccessionTests.RefusedAsync(world, why);
        world.Full.ShouldBeEmpty("nothing is copied before all is found right");
    }

    /// <summary>A flipped bit in any file of the tree, and in the text of any of the three.</summary>
    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/001.p/44")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/entries/001.p/44")]
    [InlineData("checkpoint")]
    [InlineData("frozen")]
    [InlineData("vkey")]
    public async Task Begin_WithAFlippedBit_IsRefused(string path)
    {
        using LogWorld world = await SuccessionTests.EndedAsync(300);
        byte[] right = (await world.Site.ReadAsync($"log/{path}", LogWorld.Cancel))!;
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            byte[] wrong = [.. right];
            wrong[random.Next(wrong.Length)] ^= (byte)(1 << random.Next(8));
            await world.PutAsync(path, wrong);
            using Sequencer sequencer = world.Start();
            await Should.ThrowAsync<LogRefusedException>(() => sequencer.FollowAsync(LogWorld.Cancel), $"seed {seed}");
            world.Full.ShouldBeEmpty();
            world.Edge.ShouldBeEmpty();
        }

        await world.PutAsync(path, right);
        (await world.Start().FollowAsync(LogWorld.Cancel)).ShouldNotBeNull().Head.Size.ShouldBe(300);
    }

    [Theory]
    [InlineData(null, "no log goes on")]
    [InlineData("test.example/other", "does not name 'test.example/next'")]
    public async Task Begin_AfterALogThatNamesAnother_IsRefused(string? successor, string why)
    {
        using var world = new LogWorld();
        await world.EndAsync(successor, await SuccessionTests.GrowAsync(world, 3));
        world.Succeed(Next);
        await SuccessionTests.RefusedAsync(world, why);
    }

    [Theory]
    [InlineData("size")]
    [InlineData("root")]
    [InlineData("origin")]
    public async Task Begin_WithAnEndOfAnotherTree_IsRefused(string what)
    {
        using var world = new LogWorld();
        TreeHead head = await SuccessionTests.GrowAsync(world, 3);
        var other = new TreeHead(what == "size" ? 2 : 3, Rfc6962.LeafHash([7]));
        await world.EndAsync(Next, head, log => what == "origin"
            ? new FrozenLog("test.example/elsewhere", head, log.FrozenOn, log.Reason, Next)
            : new FrozenLog(log.Origin, other, log.FrozenOn, log.Reason, Next));
        world.Succeed(Next);
        await SuccessionTests.RefusedAsync(world, "log/frozen says that");
    }

    /// <summary>A thief of nothing but the site: all of it in itself right, signed by keys of the thief's own.</summary>
    [Fact]
    public async Task Begin_AfterALogOfOtherKeys_IsRefused()
    {
        using var world = new LogWorld();
        VerifierKey known = world.Key;
        await world.EndAsync(Next, await SuccessionTests.GrowAsync(world, 3));
        using var thief = new LogWorld();
        await thief.EndAsync(Next, await SuccessionTests.GrowAsync(thief, 3));
        foreach (string path in new[] { "checkpoint", "frozen", "vkey" })
        {
            await world.PutAsync(path, await thief.Site.ReadAsync($"log/{path}", LogWorld.Cancel));
        }

        world.Succeed(Next);
        await SuccessionTests.RefusedAsync(world, "has other keys of");

        // Also with the right keys published.
        await world.PutAsync("vkey", Encoding.UTF8.GetBytes($"{known}\n"));
        await SuccessionTests.RefusedAsync(world, "No known key signed the note.");
    }

    /// <summary>Tiles and bundles that agree with one another, of a log that was never signed.</summary>
    [Fact]
    public async Task Begin_WithAnotherTreeOfTheSameSize_IsRefused()
    {
        using LogWorld world = await SuccessionTests.EndedAsync(3);
        using var other = new LogWorld();
        await other.RecordAsync(3, "elsewhere");
        await other.EndAsync(Next, await SuccessionTests.GrowAsync(other, 0));
        foreach (string path in new[] { "tile/0/000.p/3", "tile/entries/000.p/3" })
        {
            await world.PutAsync(path, await other.Site.ReadAsync($"log/{path}", LogWorld.Cancel));
        }

        await SuccessionTests.RefusedAsync(world, "its entry bundles have the root");
        world.Full.ShouldBeEmpty();
    }

    [Fact]
    public async Task Begin_WithAKeyMoreThanWasGiven_IsRefused()
    {
        using LogWorld world = await SuccessionTests.EndedAsync(3);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await world.PutAsync("vkey", Encoding.UTF8.GetBytes($"{world.Predecessor!.Keys[0]}\n{new EcdsaP256Signer(LogWorld.Origin, key).VerifierKey}\n"));
        await SuccessionTests.RefusedAsync(world, "has other keys of");
    }

    [Fact]
    public async Task Begin_AfterAnotherLogThanIsSet_IsRefused()
    {
        using LogWorld world = await SuccessionTests.EndedAsync(3);
        world.Predecessor = world.Predecessor! with { Origin = "test.example/other" };
        await SuccessionTests.RefusedAsync(world, "the site's log is 'test.example/log'");
    }

    /// <summary>The third log of a county: what is wrong with the first one stops it too.</summary>
    [Theory]
    [InlineData("gone", "has no such log")]
    [InlineData("altered", "log/before/1/")]
    [InlineData("no-vkey", "log/before/1/vkey is not there")]
    [InlineData("twice", "does not name")]
    public async Task Begin_AfterAChainThatIsNotWhole_IsRefused(string what, string why)
    {
        using LogWorld world = await SuccessionTests.EndedAsync(3);
        await world.EndAsync("test.example/third", await SuccessionTests.GrowAsync(world, 2));
        world.Succeed("test.example/third");
        foreach (string name in new[] { "checkpoint", "frozen", "vkey" })
        {
            string path = $"before/1/{name}";
            byte[] bytes = (await world.Site.ReadAsync($"log/{path}", LogWorld.Cancel))!;
            switch (what)
            {
                case "gone":
                    await world.PutAsync(path, null);
                    break;
                case "altered" when name == "frozen":
                    await world.PutAsync(path, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("closed", "key-compromised", StringComparison.Ordinal)));
                    break;
                case "no-vkey" when name == "vkey":
                    await world.PutAsync(path, null);
                    break;
                case "twice":
                    await world.PutAsync($"before/2/{name}", bytes);
                    break;
            }
        }

        await SuccessionTests.RefusedAsync(world, why);
    }

    /// <summary>The second log does not begin with the first one's leaves, though each in itself is right.</summary>
    [Fact]
    public async Task Begin_AfterALogThatLeftLeavesOfTheFirstOut_IsRefused()
    {
        using LogWorld world = await SuccessionTests.EndedAsync(3);
        await world.EndAsync("test.example/third", await SuccessionTests.GrowAsync(world, 2));
        using var other = new LogWorld();
        await other.RecordAsync(3, "elsewhere");
        await other.EndAsync(Next, await SuccessionTests.GrowAsync(other, 0));
        world.Succeed("test.example/third");
        world.Predecessor = world.Predecessor! with { Keys = [world.Predecessor.Keys[0], other.Key] };
        foreach (string name in new[] { "checkpoint", "frozen", "vkey" })
        {
            await world.PutAsync($"before/1/{name}", await other.Site.ReadAsync($"log/{name}", LogWorld.Cancel));
        }

        await SuccessionTests.RefusedAsync(world, "does not begin with them");
    }

    /// <summary>Once the log has begun, an old site that somebody put back is told of, and is nothing to begin with again.</summary>
    [Fact]
    public async Task Follow_WithTheOldSitePutBack_GoesOnWithItsOwn()
    {
        using LogWorld world = await SuccessionTests.EndedAsync(3);
        await SuccessionTests.GrowAsync(world, 2);
        await world.PutAsync("frozen", null);
        await SuccessionTests.GrowAsync(world, 2);
        (await world.AssertOneHistoryAsync()).Count.ShouldBe(7);
        world.Raised.Lines.ShouldHaveSingleItem().ShouldContain("public-checkpoint");
    }
}
