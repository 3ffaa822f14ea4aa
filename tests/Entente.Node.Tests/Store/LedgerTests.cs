using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Store;

public sealed class LedgerTests
{
    private static readonly Actor Somebody = Actor.System("test");

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_act_and_its_record_are_written_together(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        await node.Ledger.ActAsync(Somebody, act => Set(act, "policy.threshold", "0.8"), TestContext.Current.CancellationToken);

        await using var db = node.Store.Open();
        Assert.Equal("0.8", (await db.Settings.SingleAsync(setting => setting.Name == "policy.threshold", TestContext.Current.CancellationToken)).Value);
        var entry = (await db.Audit.OrderBy(e => e.Seq).ToListAsync(TestContext.Current.CancellationToken))[^1];
        Assert.Equal((AuditAction.SettingChanged, "setting:policy.threshold", "system:test"), (entry.Action, entry.About, entry.Actor));
        Assert.Equal(AuditChain.HashOf(entry), entry.Hash);
        Assert.Equal(AuditChain.Digest(entry.Salt!, entry.Payload!), entry.PayloadDigest);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_act_that_fails_changes_and_records_nothing(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var before = await CountAsync(node);
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Ledger.ActAsync(Somebody, async act =>
        {
            await Set(act, "policy.threshold", "0.8");
            throw new InvalidOperationException("no");
        }, TestContext.Current.CancellationToken));

        Assert.Equal(before, await CountAsync(node));
        await using var db = node.Store.Open();
        Assert.Empty(await db.Settings.Where(setting => setting.Name == "policy.threshold").ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Records_made_at_the_same_time_form_one_chain_without_gaps(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var before = await CountAsync(node);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => i % 4 == 0
            ? node.Ledger.ActAsync(Somebody, act => Set(act, $"s{i}", "1"), TestContext.Current.CancellationToken)
            : node.Ledger.RecordAsync(Somebody, AuditAction.ScreeningMade, $"screening:{i}", "{}", TestContext.Current.CancellationToken)));

        await using var db = node.Store.Open();
        var entries = await db.Audit.OrderBy(e => e.Seq).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before + 400, entries.Count);
        var previous = AuditChain.Origin;
        for (var i = 0; i < entries.Count; i++)
        {
            Assert.Equal(i + 1, entries[i].Seq);
            Assert.Equal(previous, entries[i].PreviousHash);
            Assert.Equal(AuditChain.HashOf(entries[i]), entries[i].Hash);
            previous = entries[i].Hash;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_was_killed_at_its_start_keeps_no_other_from_starting(bool migrated)
    {
        var folder = Directory.CreateTempSubdirectory("entente-killed-");
        try
        {
            if (migrated)
                await NodeStore.InFolder(folder.FullName).MigrateAsync(TestContext.Current.CancellationToken);
            // What Entity Framework writes before it migrates, and what a killed process leaves of it.
            await using (var db = NodeStore.InFolder(folder.FullName).Open())
            {
                await db.Database.ExecuteSqlRawAsync("""
                    CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                    INSERT OR REPLACE INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-01-01 00:00:00.000000+00:00');
                    """, TestContext.Current.CancellationToken);
            }
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(1));
            var store = NodeStore.InFolder(folder.FullName);
            // Several may start at once.
            await Task.WhenAll(store.MigrateAsync(patience.Token), store.MigrateAsync(patience.Token));
            await using var ready = store.Open();
            Assert.False(await ready.Settings.AnyAsync(patience.Token));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Connections_that_the_server_closed_meanwhile_fail_neither_an_act_nor_a_record()
    {
        await using var node = await TestNode.StartAsync(Stores.Postgres);
        for (var i = 0; i < 3; i++)
        {
            await node.Ledger.RecordAsync(Somebody, AuditAction.ScreeningMade, $"screening:{i}", "{}", TestContext.Current.CancellationToken);
            await node.Ledger.ActAsync(Somebody, act => Set(act, $"s{i}", "1"), TestContext.Current.CancellationToken);
            // As a restart of the server does, but for the others who use it.
            await using (var other = new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(node.Options.Postgres) { Pooling = false }.ConnectionString))
            {
                await other.OpenAsync(TestContext.Current.CancellationToken);
                await using var kill = other.CreateCommand();
                kill.CommandText = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
                Assert.NotEqual(0L, await kill.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            }
        }
        await node.Ledger.ActAsync(Somebody, act => Set(act, "last", "1"), TestContext.Current.CancellationToken);
        await node.Ledger.RecordAsync(Somebody, AuditAction.ScreeningMade, "screening:last", "{}", TestContext.Current.CancellationToken);

        await using var db = node.Store.Open();
        Assert.Equal(4, await db.Settings.CountAsync(setting => setting.Value == "1", TestContext.Current.CancellationToken));
        Assert.Equal(4, await db.Audit.CountAsync(entry => entry.About.StartsWith("screening:"), TestContext.Current.CancellationToken));
        Assert.Equal(await db.Audit.CountAsync(TestContext.Current.CancellationToken), await db.Audit.MaxAsync(entry => entry.Seq, TestContext.Current.CancellationToken));
    }

    private static async Task<int> CountAsync(TestNode node)
    {
        await using var db = node.Store.Open();
        return await db.Audit.CountAsync(TestContext.Current.CancellationToken);
    }

    private static Task Set(Node.Store.Act act, string name, string value)
    {
        act.Db.Settings.Add(new Setting { Name = name, Value = value, ChangedAt = act.At, ChangedBy = act.Actor.Id });
        act.Record(AuditAction.SettingChanged, $"setting:{name}", new { value });
        return Task.CompletedTask;
    }
}
