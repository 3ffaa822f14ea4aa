using System.Text.Json;
using Entente.Exchange.Release;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Holdings;
using Entente.Node.Overlap;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Node.Tests.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Partners;

/// <summary>Either side of a run of overlap, and of a recall, is killed (SIGKILL): both sides learn the same in the end, and every copy is answered for.</summary>
public sealed class KilledOverlapTests
{
    private const int People = 1200, InCommon = 200;

    [Theory]
    [InlineData("asker")]
    [InlineData("answerer")]
    public async Task A_run_that_was_cut_begins_anew_and_both_sides_learn_the_same(string killed)
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("entente-killed-overlap-");
        try
        {
            await using var stays = await Ally.StartAsync("Stays");
            var victimStore = NodeStore.InFolder(folder.FullName);
            string port, id;
            await using (var victim = await Ally.StartAsync("Victim", dataFolder: folder.FullName))
            {
                port = victim.Port.AbsoluteUri.TrimEnd('/');
                await stays.PairAsync(victim);
                await OverlapTests.AgreeOnOverlapAsync(stays, victim, runs: 3, keys: 200_000);
                await HoldAsync(stays, 0);
                await HoldAsync(victim, People - InCommon);
                var (asker, answerer) = killed == "asker" ? (victim, stays) : (stays, victim);
                id = await OverlapTests.OfferAsync(asker, answerer, "which", "records");
                await answerer.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/accept", new { holding = "records" });
                await Until.TrueAsync(async () => await BegunAsync(victimStore, id) == 1);
            }
            // Away for longer than who asks tries again within a run, which nothing shows from outside: it is not given up for that.
            if (killed == "answerer")
                await Task.Delay(TimeSpan.FromSeconds(12), cancel);
            // The first node ended in good order, in the middle of the run. The second is killed in the middle of the next.
            using (var process = await Victim.StartAsync(folder.FullName, null, cancel, port))
            {
                await Until.TrueAsync(async () => await BegunAsync(victimStore, id) == 2);
                process.Kill();
            }
            using (await Victim.StartAsync(folder.FullName, null, cancel, port))
                await Until.TrueAsync(async () => (await ReadAsync(victimStore, id)).State == OverlapState.Done && (await ReadAsync(stays.Node.Store, id)).State == OverlapState.Done, 120);

            var (one, other) = (await ReadAsync(stays.Node.Store, id), await ReadAsync(victimStore, id));
            Assert.Equal(3, one.Begun);
            Assert.Equal(3, other.Begun);
            Assert.Equal(one.Transcript, other.Transcript);
            // A few more than were made so: syllables that sound alike, on the same day.
            Assert.InRange(one.Common, InCommon, InCommon + 10);
            Assert.InRange(other.Common, InCommon, InCommon + 10);
            // Each beginning was paid for: with three runs agreed, none is left.
            var (status, why) = await stays.Liaison.RefusedAsync("/api/overlap", new { partner = one.PartnerId, mode = "which", holding = "records", purpose = "counter-terrorism", reason = "once more" });
            Assert.Equal(System.Net.HttpStatusCode.Conflict, status);
            Assert.Contains("3 runs", why, StringComparison.Ordinal);
            // Who asks writes down each beginning; who answers those that reached it before the other was gone.
            Assert.Equal(3, await BeginningsAsync(killed == "asker" ? victimStore : stays.Node.Store));
            Assert.InRange(await BeginningsAsync(killed == "asker" ? stays.Node.Store : victimStore), 1, 3);
            Assert.True((await AuditService.VerifyAsync(victimStore, folder.FullName, [], cancel)).Intact);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("holder")]
    [InlineData("originator")]
    public async Task Every_recalled_copy_is_answered_for_whichever_side_is_killed(string killed)
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("entente-killed-recall-");
        try
        {
            await using var stays = await Ally.StartAsync("Stays");
            var victimStore = NodeStore.InFolder(folder.FullName);
            var (originators, holders) = killed == "holder" ? (stays.Node.Store, victimStore) : (victimStore, stays.Node.Store);
            const int Count = 60;
            string port;
            await using (var victim = await Ally.StartAsync("Victim", dataFolder: folder.FullName))
            {
                port = victim.Port.AbsoluteUri.TrimEnd('/');
                await stays.PairAsync(victim);
                var (originator, holder) = killed == "holder" ? (stays, victim) : (victim, stays);
                await originator.AgreeAsync(holder);
                var records = new List<string>();
                for (var i = 0; i < Count; i++)
                    records.Add(await originator.RecordAsync($"Fictional Person {i}"));
                var proposed = await originator.Liaison.PostAsync<JsonElement>("/api/releases", new { partner = holder.Id, records, reason = "asked for in the joint group" });
                foreach (var release in proposed.GetProperty("releases").EnumerateArray())
                    await originator.OtherLiaison.PostAsync<JsonElement>($"/api/releases/{release.GetString()}/approve", new { reason = "seen" });
                await Until.TrueAsync(async () => await CopiesAsync(originators, CopyState.Stored) == Count, 60);
                foreach (var record in records)
                    await originator.Liaison.PostAsync<JsonElement>($"/api/records/{record}/recall", new { reason = "It is another man." });
            }
            var dice = new Random(20261126);
            for (var round = 0; round < 3; round++)
            {
                using var process = await Victim.StartAsync(folder.FullName, null, cancel, port);
                await Task.Delay(dice.Next(20, 600), cancel);
                process.Kill();
            }
            using (await Victim.StartAsync(folder.FullName, null, cancel, port))
                await Until.TrueAsync(async () => await CopiesAsync(originators, CopyState.Complied) == Count, 90);
            await using var db = holders.Open();
            Assert.Equal(Count, await db.Records.CountAsync(record => record.State == RecordState.Recalled && record.Statements == "", cancel));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> BeginningsAsync(NodeStore store)
    {
        await using var db = store.Open();
        return await db.Audit.CountAsync(entry => entry.Action == AuditAction.OverlapBegun, TestContext.Current.CancellationToken);
    }

    private static async Task<int> CopiesAsync(NodeStore store, CopyState state)
    {
        await using var db = store.Open();
        return await db.Copies.CountAsync(copy => copy.State == state, TestContext.Current.CancellationToken);
    }

    private static async Task<OverlapRun> ReadAsync(NodeStore store, string id)
    {
        await using var db = store.Open();
        return await db.OverlapRuns.AsNoTracking().SingleAsync(run => run.Id == id, TestContext.Current.CancellationToken);
    }

    private static async Task<int> BegunAsync(NodeStore store, string id)
    {
        await using var db = store.Open();
        return await db.OverlapRuns.Where(run => run.Id == id).Select(run => run.Begun).SingleOrDefaultAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Gives a node records of fictional people with numbers from one on.</summary>
    private static Task HoldAsync(Ally ally, int first) => ally.Node.Ledger.ActAsync(Actor.System("test"), act =>
    {
        var own = ally.Node.Services.GetRequiredService<OwnIdentity>();
        var marking = new Marking
        {
            Originator = own.Id,
            Tlp = Tlp.Amber,
            Audience = Audience.Anyone,
            LegalBasis = "S/RES/2253 (2015)",
            Purpose = "counter-terrorism",
            Category = EntityCategory.Suspect,
            Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
            Expires = act.At.AddDays(90),
        };
        for (var i = first; i < first + People; i++)
        {
            var id = Entente.Node.Store.NodeId.New(act.At);
            var content = new RecordContent { Id = id, Version = 1, Schema = "Person", Marking = marking, Statements = [new RecordStatement("name", NameOf(i)), new RecordStatement("birthDate", $"{1940 + (i % 60)}-{1 + (i % 12):00}-{1 + (i % 28):00}"), new RecordStatement("passportNumber", $"FX{700000 + i}")] };
            var signed = SignedRecord.Sign(own.Key, content, act.At);
            var record = HeldRecord.New(own.Id, id, null, act.At);
            record.Take(content, signed, marking);
            record.KeptUntil = marking.Expires;
            act.Db.Records.Add(record);
        }
        return Task.CompletedTask;
    });

    /// <summary>A name that no other number has: syllables for its digits.</summary>
    private static string NameOf(int number)
    {
        string[] syllables = ["ba", "ke", "mi", "ro", "tu", "za", "ne", "li", "go", "fu"];
        var digits = number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture).Select(digit => syllables[digit - '0']).ToArray();
        return $"{string.Concat(digits)}r {string.Concat(digits.Reverse())}n";
    }
}
