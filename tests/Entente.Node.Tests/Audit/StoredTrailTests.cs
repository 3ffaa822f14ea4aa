using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Audit;

public sealed class StoredTrailTests
{
    private static readonly Actor Somebody = Actor.System("test");

    public static TheoryData<string> Databases => Stores.All;

    public static TheoryData<string, string> Tamperings
    {
        get
        {
            (string, bool)[] changes =
            [
                ("""UPDATE audit SET "At" = "At" + 1 WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Actor" = 'account:2' WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Action" = 'signin.failed' WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "About" = 'account:X' WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Payload" = '{"x":1}' WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Payload" = NULL WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Salt" = NULL WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Payload" = NULL, "Salt" = NULL WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Salt" = "Hash" WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "PayloadDigest" = "Hash" WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "PreviousHash" = "Hash" WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Hash" = "PreviousHash" WHERE "Seq" = 5""", true),
                ("""DELETE FROM audit WHERE "Seq" = 5""", true),
                ("""UPDATE audit SET "Seq" = 5000 WHERE "Seq" = 5""", true),
                // SQLite takes what is of no right kind.
                ("""UPDATE audit SET "At" = "At" + 0.5 WHERE "Seq" = 5""", false),
                ("""UPDATE audit SET "At" = 'today' WHERE "Seq" = 5""", false),
                ("""UPDATE audit SET "Actor" = x'ff' WHERE "Seq" = 5""", false),
                ("""UPDATE audit SET "Payload" = CAST(x'7b7dff' AS TEXT) WHERE "Seq" = 5""", false),
                ("""UPDATE audit SET "Hash" = hex("Hash") WHERE "Seq" = 5""", false),
            ];
            var data = new TheoryData<string, string>();
            foreach (var (change, both) in changes)
            {
                data.Add(Stores.Sqlite, change);
                if (both)
                    data.Add(Stores.Postgres, change);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Tamperings))]
    public async Task What_somebody_changes_in_the_database_is_found_and_named(string store, string change)
    {
        await using var node = await FilledAsync(store);
        Assert.True((await VerifyAsync(node)).Intact);
        await using (var db = node.Store.Open())
            await db.Database.ExecuteSqlRawAsync(change.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var verdict = await VerifyAsync(node);
        Assert.False(verdict.Intact);
        Assert.Contains(verdict.Faults, fault => fault.Message.Contains("entry 5", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_end_that_was_cut_off_shows_against_the_head_in_the_data_folder(string store)
    {
        await using var node = await FilledAsync(store);
        var options = node.Services.GetService(typeof(Hosting.NodeOptions)) as Hosting.NodeOptions;
        var noted = AuditAnchor.Read(options!.DataFolder);
        Assert.True(noted is { Seq: >= 0 });
        await using (var trail = await StoredTrail.OpenAsync(node.Store, TestContext.Current.CancellationToken))
            AuditAnchor.Write(options.DataFolder, trail.Head);
        await using (var db = node.Store.Open())
            await db.Database.ExecuteSqlRawAsync("""DELETE FROM audit WHERE "Seq" > 10""", TestContext.Current.CancellationToken);

        Assert.Equal(AuditFaultKind.CutOff, Assert.Single((await VerifyAsync(node)).Faults).Kind);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Verifying_while_others_write_finds_nothing_wrong(string store)
    {
        await using var node = await FilledAsync(store);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await node.Ledger.RecordAsync(Somebody, AuditAction.SignedIn, $"account:{i}", "{}");
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
            Assert.True((await VerifyAsync(node)).Intact);
        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task An_export_verifies_without_the_node_and_no_byte_of_it_can_be_changed_unnoticed()
    {
        await using var node = await FilledAsync(Stores.Sqlite);
        var path = Path.GetTempFileName();
        try
        {
            await using (var source = await AuditExport.BeginAsync(node.Ledger, node.Store, Somebody, 1, null, new { }, TestContext.Current.CancellationToken))
            await using (var file = File.Create(path))
                await AuditExport.WriteAsync(source, file, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);

            var whole = await VerifyFileAsync(path);
            Assert.True(whole.Intact, string.Join("; ", whole.Faults.Select(fault => fault.Message)));
            Assert.Single(whole.Confirmed);
            Assert.Contains(AuditAction.AuditExported, File.ReadAllLines(path)[^1], StringComparison.Ordinal);

            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            var lines = text.TrimEnd('\n').Split('\n');
            foreach (var tampered in new[]
            {
                lines[..^1], // cut off
                [.. lines[..4], .. lines[5..]], // one left out
                [.. lines[..4], lines[5], lines[4], .. lines[6..]], // two swapped
                [.. lines[..4], lines[4], .. lines[4..]], // one repeated
                [.. lines[..4], "{}", .. lines[5..]],
                [.. lines[..4], lines[4].Replace("account:", "account;", StringComparison.Ordinal), .. lines[5..]],
            })
            {
                await File.WriteAllLinesAsync(path, tampered, TestContext.Current.CancellationToken);
                Assert.False((await VerifyFileAsync(path)).Intact);
            }

            await File.WriteAllTextAsync(path, "{\"seq\":1}\n", TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<InvalidDataException>(() => VerifyFileAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_part_verifies_as_a_part()
    {
        await using var node = await FilledAsync(Stores.Sqlite);
        var path = Path.GetTempFileName();
        try
        {
            await using (var source = await AuditExport.BeginAsync(node.Ledger, node.Store, Somebody, 5, 9, new { }, TestContext.Current.CancellationToken))
            await using (var file = File.Create(path))
                await AuditExport.WriteAsync(source, file, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
            var verdict = await VerifyFileAsync(path);
            Assert.True(verdict.Intact);
            Assert.Equal((5, 5), (verdict.Entries, verdict.First));
            Assert.Contains("begins at entry 5", Assert.Single(verdict.Notes), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<AuditVerdict> VerifyFileAsync(string path)
    {
        await using var trail = await ExportedTrail.OpenAsync(path, TestContext.Current.CancellationToken);
        return await AuditVerifier.VerifyAsync(trail, [], TestContext.Current.CancellationToken);
    }

    private static async Task<TestNode> FilledAsync(string store)
    {
        var node = await TestNode.StartAsync(store);
        for (var i = 0; i < 20; i++)
            await node.Ledger.RecordAsync(Somebody, AuditAction.SignedIn, $"account:{i}", """{"name":"أسامة"}""", TestContext.Current.CancellationToken);
        return node;
    }

    private static Task<AuditVerdict> VerifyAsync(TestNode node) =>
        ((AuditService)node.Services.GetService(typeof(AuditService))!).VerifyAsync([], TestContext.Current.CancellationToken);
}
