using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Holdings;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Node.Tests.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Partners;

/// <summary>Either side of an exchange is killed (SIGKILL) at random moments: nothing is lost, and nothing is taken twice.</summary>
public sealed class KilledPartnerTests
{
    private const int Rounds = 4;

    [Theory]
    [InlineData("receiver")]
    [InlineData("sender")]
    public async Task Every_record_arrives_once_whichever_side_is_killed(string killed)
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("entente-killed-partner-");
        try
        {
            await using var stays = await Ally.StartAsync("Stays");
            string victimPort;
            string[] records;
            await using (var victim = await Ally.StartAsync("Victim", dataFolder: folder.FullName))
            {
                victimPort = victim.Port.AbsoluteUri.TrimEnd('/');
                await stays.PairAsync(victim);
                await stays.AgreeAsync(victim);
                // All of it is there to be told before the first kill, where it is the sender that is killed.
                records = killed == "sender" ? await TellAsync(victim.Node.Ledger, victim.Node.Services.GetRequiredService<OwnIdentity>(), stays.Id, 2500) : [];
            }
            var own = stays.Node.Services.GetRequiredService<OwnIdentity>();
            string victimId;
            await using (var db = stays.Node.Store.Open())
                victimId = (await db.Partners.SingleAsync(cancel)).Id;
            var dice = new Random(20260202);
            for (var round = 0; round < Rounds; round++)
            {
                using var process = await Victim.StartAsync(folder.FullName, null, cancel, victimPort);
                if (killed == "receiver")
                {
                    records = [.. records, .. await TellAsync(stays.Node.Ledger, own, victimId, 150)];
                    stays.Node.Services.GetRequiredService<PartnerBell>().Ring(victimId);
                }
                await Task.Delay(dice.Next(100, 1500), cancel);
                process.Kill();
            }
            using (await Victim.StartAsync(folder.FullName, null, cancel, victimPort))
                await Until.TrueAsync(async () => await StoredAsync(killed == "receiver" ? stays.Node.Store : NodeStore.InFolder(folder.FullName)) == records.Length, 120);

            var victimStore = NodeStore.InFolder(folder.FullName);
            var (sender, receiver) = killed == "receiver" ? (stays.Node.Store, victimStore) : (victimStore, stays.Node.Store);
            await using (var db = receiver.Open())
            {
                Assert.Equal(records.Order(), (await db.Records.Where(record => record.State == RecordState.Held).Select(record => record.Id).ToListAsync(cancel)).Order());
                // Each event once: what the trail says was taken adds up to what was told, number by number.
                var told = (await db.Audit.Where(entry => entry.Action == AuditAction.RecordsReceived).OrderBy(entry => entry.Seq).Select(entry => entry.Payload).ToListAsync(cancel))
                    .SelectMany(payload => System.Text.Json.JsonDocument.Parse(payload!).RootElement.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("seq").GetInt64()));
                Assert.Equal(Enumerable.Range(1, records.Length).Select(each => (long)each), told);
            }
            await using (var db = sender.Open())
                Assert.Equal(records.Length, await db.Copies.CountAsync(copy => copy.State == CopyState.Stored && copy.Receipt != null, cancel));
            Assert.True((await AuditService.VerifyAsync(victimStore, folder.FullName, [], cancel)).Intact);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }

        async Task<int> StoredAsync(NodeStore store)
        {
            await using var db = store.Open();
            return await db.Copies.CountAsync(copy => copy.State == CopyState.Stored, cancel);
        }
    }

    /// <summary>Makes records and tells a partner of them, as approved releases do.</summary>
    private static async Task<string[]> TellAsync(Ledger ledger, OwnIdentity own, string partner, int count)
    {
        var made = new List<string>();
        await ledger.ActAsync(Actor.System("test"), async act =>
        {
            var outbox = new Outbox(act);
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
            for (var i = 0; i < count; i++)
            {
                var id = Entente.Node.Store.NodeId.New(act.At);
                var content = new RecordContent { Id = id, Version = 1, Schema = "Person", Marking = marking, Statements = [new RecordStatement("name", $"Person {id}"), new RecordStatement("birthDate", "1975")] };
                var signed = SignedRecord.Sign(own.Key, content, act.At);
                var record = HeldRecord.New(own.Id, id, null, act.At);
                record.Take(content, signed, marking);
                record.KeptUntil = marking.Expires;
                act.Db.Records.Add(record);
                await outbox.TellAsync(partner, ExchangeEventKind.Released, record, 1, signed.Text, signed.Hash, default);
                made.Add(record.Id);
            }
            return true;
        });
        return [.. made];
    }
}
