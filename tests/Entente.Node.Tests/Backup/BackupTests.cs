using System.Formats.Tar;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Backup;
using Entente.Node.Hosting;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Backup;

public sealed class BackupTests : IDisposable
{
    private static readonly Actor Somebody = Actor.System("test");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-backup-");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("whole.tar")]
    [InlineData("whole.tar.gz")]
    public async Task What_was_backed_up_under_load_is_a_node_that_starts(string name)
    {
        var file = Path.Combine(_folder.FullName, name);
        BackupManifest manifest;
        long before;
        await using (var node = await TestNode.StartAsync())
        {
            var data = DataFolder(node);
            Directory.CreateDirectory(Path.Combine(data, "lists", "ours", "incoming-1"));
            await File.WriteAllTextAsync(Path.Combine(data, "lists", "ours", "source.json"), "{}", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(data, "lists", "ours", "incoming-1", "x"), "x", TestContext.Current.CancellationToken);
            File.Delete(Path.Combine(data, "lists", "ours", "source.json")); // no list of this kind shall be found at the start
            await File.WriteAllTextAsync(Path.Combine(data, "lists", "notes"), "kept", TestContext.Current.CancellationToken);
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                    await WriteAsync(node, $"{writer}-{i}");
            }, TestContext.Current.CancellationToken)).ToList();
            await WriteAsync(node, "before");
            before = await CountAsync(node.Store);
            manifest = await NodeBackup.WriteAsync(node.Store, node.Ledger, data, file, Somebody, TimeProvider.System, TestContext.Current.CancellationToken);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await using var db = node.Store.Open();
            Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Action == AuditAction.BackupMade, TestContext.Current.CancellationToken));
        }
        Assert.Equal([file], Directory.GetFileSystemEntries(_folder.FullName)); // nothing is left beside it
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        var restored = Path.Combine(_folder.FullName, "restored");
        var (_, verdict) = await NodeRestore.RunAsync(file, restored, [], TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(restored));
        Assert.Equal(manifest.AuditHead, verdict!.Head.ToString());
        Assert.True(verdict.Entries >= before);
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(restored, "lists", "notes"), TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(Path.Combine(restored, "lists", "ours")));
        Assert.Equal(verdict.Head, AuditAnchor.Read(restored));

        await using var again = await TestNode.StartAsync(dataFolder: restored);
        Assert.True((await again.Services.GetRequiredService<AuditService>().VerifyAsync([], TestContext.Current.CancellationToken)).Intact);
        await using (var db = again.Store.Open())
            Assert.True(await db.Settings.AnyAsync(setting => setting.Name == "before", TestContext.Current.CancellationToken));
        await WriteAsync(again, "after");
        await Assert.ThrowsAsync<IOException>(() => NodeRestore.RunAsync(file, restored, [], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_backup_of_a_node_on_PostgreSQL_holds_the_rest_and_says_so()
    {
        var file = Path.Combine(_folder.FullName, "rest.tar");
        await using var node = await TestNode.StartAsync(Stores.Postgres);
        await File.WriteAllTextAsync(Path.Combine(DataFolder(node), "notes"), "kept", TestContext.Current.CancellationToken);
        var manifest = await NodeBackup.WriteAsync(node.Store, node.Ledger, DataFolder(node), file, Somebody, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal("postgres", manifest.Database);
        var restored = Path.Combine(_folder.FullName, "restored");
        var (_, verdict) = await NodeRestore.RunAsync(file, restored, [], TestContext.Current.CancellationToken);
        Assert.Null(verdict);
        Assert.Equal(["audit-head", "notes"], Directory.GetFileSystemEntries(restored).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task A_backup_that_was_changed_or_cut_is_refused_and_leaves_nothing()
    {
        var file = Path.Combine(_folder.FullName, "whole.tar");
        await using (var node = await TestNode.StartAsync())
        {
            await File.WriteAllTextAsync(Path.Combine(DataFolder(node), "notes"), "a note that is kept", TestContext.Current.CancellationToken);
            await NodeBackup.WriteAsync(node.Store, node.Ledger, DataFolder(node), file, Somebody, TimeProvider.System, TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<IOException>(() => NodeBackup.WriteAsync(node.Store, node.Ledger, DataFolder(node), file, Somebody, TimeProvider.System, TestContext.Current.CancellationToken));
        }
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var note = bytes.AsSpan().IndexOf("a note that"u8);
        var changed = bytes.ToArray();
        changed[note] ^= 1;
        await RefusedAsync("changed.tar", changed, "not what it was");
        await RefusedAsync("cut.tar", bytes[..(bytes.Length / 2)], "");
        await RefusedAsync("none.tar", "nothing"u8.ToArray(), "");

        foreach (var name in new[] { "../outside", "/outside", "a/../../outside", "a//b", "node.db\\x", "manifest.json/x/../.." })
        {
            using var forged = new MemoryStream();
            await using (var tar = new TarWriter(forged, TarEntryFormat.Pax, leaveOpen: true))
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) }, TestContext.Current.CancellationToken);
            await RefusedAsync("forged.tar", forged.ToArray(), "has no place in a data folder");
        }
        using var linked = new MemoryStream();
        await using (var tar = new TarWriter(linked, TarEntryFormat.Pax, leaveOpen: true))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc" }, TestContext.Current.CancellationToken);
        await RefusedAsync("linked.tar", linked.ToArray(), "has no place in a data folder");
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "outside")));
    }

    private async Task RefusedAsync(string name, byte[] bytes, string reason)
    {
        var file = Path.Combine(_folder.FullName, name);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        var restored = Path.Combine(_folder.FullName, "refused");
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => NodeRestore.RunAsync(file, restored, [], TestContext.Current.CancellationToken));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was restored", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(restored));
    }

    private static string DataFolder(TestNode node) => node.Services.GetRequiredService<NodeOptions>().DataFolder;

    private static Task WriteAsync(TestNode node, string name) => node.Ledger.ActAsync(Somebody, act =>
    {
        act.Db.Settings.Add(new Setting { Name = name, Value = "1", ChangedAt = act.At, ChangedBy = act.Actor.Id });
        act.Record(AuditAction.SettingChanged, $"setting:{name}", new { value = 1 });
        return Task.CompletedTask;
    }, TestContext.Current.CancellationToken);

    private static async Task<long> CountAsync(NodeStore store)
    {
        await using var db = store.Open();
        return await db.Audit.LongCountAsync(TestContext.Current.CancellationToken);
    }
}
