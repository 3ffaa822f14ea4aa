using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.Data.Sqlite;

namespace Entente.Cli.Tests;

/// <summary><c>audit</c>, <c>backup</c> and <c>restore</c> on the data folder of a node.</summary>
public sealed class NodeDataTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _cli.Dispose();
    }

    [Fact]
    public async Task A_whole_trail_is_verified_against_a_head_and_a_changed_one_is_named()
    {
        await FillAsync();
        var whole = _cli.Run("audit", "verify");
        Assert.True(whole.Code == 0, whole.Error);
        Assert.Contains("The trail is whole: 5 entries", whole.Out, StringComparison.Ordinal);
        Assert.Contains("is not proved", whole.Out, StringComparison.Ordinal);
        var head = whole.Lines[1].Trim();

        var known = _cli.Run("audit", "verify", "--head", head);
        Assert.Equal(0, known.Code);
        Assert.Contains($"Found in its place: {head}", known.Out, StringComparison.Ordinal);

        Change("""UPDATE audit SET "Payload" = 'x' WHERE "Seq" = 3""");
        var changed = _cli.Run("audit", "verify");
        Assert.Equal(1, changed.Code);
        Assert.Contains("NOT whole", changed.Out, StringComparison.Ordinal);
        Assert.Contains("entry 3: its payload or salt was changed (signin.succeeded of account:2)", changed.Out, StringComparison.Ordinal);

        Change("""DELETE FROM audit WHERE "Seq" >= 3""");
        Assert.Equal(0, _cli.Run("audit", "verify").Code);
        var cut = _cli.Run("audit", "verify", "--head", head, "--format", "json");
        Assert.Equal(1, cut.Code);
        Assert.Contains("\"kind\":\"cutOff\"", cut.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_recorded_and_verified_elsewhere()
    {
        await FillAsync();
        var file = _cli.PathOf("trail.jsonl");
        Assert.Equal(0, _cli.Run("audit", "export", "--output", file).Code);
        var verified = _cli.Run("audit", "verify", file);
        Assert.True(verified.Code == 0, verified.Out);
        Assert.Contains("6 entries", verified.Out, StringComparison.Ordinal); // with the export's own
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(file, lines[..^1], TestContext.Current.CancellationToken);
        Assert.Equal(1, _cli.Run("audit", "verify", file).Code);
        var part = _cli.Run("audit", "export", "--from", "2", "--to", "3");
        Assert.Equal(3, part.Lines.Length);
    }

    [Fact]
    public async Task What_is_backed_up_is_restored_into_an_empty_folder_only()
    {
        await FillAsync();
        var file = _cli.PathOf("node.tar.gz");
        var backup = _cli.Run("backup", file);
        Assert.True(backup.Code == 0, backup.Error);
        var head = backup.Lines[1].Trim();
        var restored = _cli.PathOf("restored");
        var restore = _cli.Run("restore", file, "--data", restored, "--head", head);
        Assert.True(restore.Code == 0, restore.Error);
        Assert.Equal(0, _cli.Run("audit", "verify", "--data", restored, "--head", head).Code);
        Assert.Contains("not an empty folder", _cli.Run("restore", file, "--data", restored).Error, StringComparison.Ordinal);
        Assert.Contains("a backup is never overwritten", _cli.Run("backup", file).Error, StringComparison.Ordinal);
        Assert.Contains("\"backup.made\"", _cli.Run("audit", "export").Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_password_is_set_anew_by_a_link_that_only_the_data_folder_gives_and_the_trail_knows_of()
    {
        var store = NodeStore.InFolder(_cli.PathOf("data"));
        await store.MigrateAsync(TestContext.Current.CancellationToken);
        await using (var ledger = new Ledger(store, TimeProvider.System))
        {
            await ledger.ActAsync(Actor.System("test"), act =>
            {
                foreach (var (login, roles, provider, disabled) in new[] { ("salma", "Administrator", (string?)null, false), ("idris", "Reviewer", null, true), ("ilya", "Administrator", "issuer subject", false) })
                    act.Db.Accounts.Add(new Account { Id = login + "-id", Login = login, DisplayName = login, RoleNames = roles, SecurityStamp = "x", ExternalId = provider, Disabled = disabled, CreatedAt = act.At });
                act.Record(AuditAction.AccountCreated, "account:all", new { });
                return Task.CompletedTask;
            }, TestContext.Current.CancellationToken);
        }

        var made = _cli.Run("accounts", "link", "Salma");
        Assert.True(made.Code == 0, made.Error);
        Assert.StartsWith("http://127.0.0.1:8080/welcome?token=salma-id.", Assert.Single(made.Lines), StringComparison.Ordinal);
        var token = made.Lines[0].Trim()[(made.Lines[0].IndexOf('=', StringComparison.Ordinal) + 1)..];

        await using var db = store.Open();
        Assert.Equal("salma-id", await OneTimeLinks.AccountOfAsync(db, token, DateTimeOffset.UtcNow));
        var entry = db.Audit.OrderBy(one => one.Seq).Last();
        Assert.Equal((AuditAction.AccountChanged, "account:salma-id", "system:command"), (entry.Action, entry.About, entry.Actor));
        Assert.DoesNotContain(token, entry.Payload, StringComparison.Ordinal);

        // Another makes the one before worthless; and not everybody gets one.
        Assert.Equal(0, _cli.Run("accounts", "link", "salma").Code);
        await using var later = store.Open();
        Assert.Null(await OneTimeLinks.AccountOfAsync(later, token, DateTimeOffset.UtcNow));
        foreach (var (login, why) in new[] { ("idris", "disabled"), ("ilya", "provider"), ("nobody", "Administrators are salma.") })
        {
            var refused = _cli.Run("accounts", "link", login);
            Assert.Equal((1, ""), (refused.Code, refused.Out));
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        }
        Assert.Equal(3, later.Audit.Count());
    }

    [Theory]
    [InlineData(2, "accounts")]
    [InlineData(2, "accounts", "link")]
    [InlineData(1, "accounts", "link", "salma")]
    [InlineData(2, "audit")]
    [InlineData(2, "audit", "verify", "--head", "5")]
    [InlineData(2, "audit", "verify", "file.jsonl", "--data", "x")]
    [InlineData(2, "audit", "verify", "--heads", "5:x")]
    [InlineData(2, "audit", "replay")]
    [InlineData(2, "backup")]
    [InlineData(1, "audit", "verify")]
    [InlineData(1, "audit", "verify", "nothing.jsonl")]
    [InlineData(1, "audit", "replay", "x")]
    [InlineData(1, "backup", "file.tar")]
    [InlineData(1, "restore", "nothing.tar")]
    public void What_cannot_be_done_is_said_in_one_line(int code, params string[] args)
    {
        var result = _cli.Run(args);
        Assert.Equal(code, result.Code);
        Assert.StartsWith("entente: ", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli.PathOf("data"))); // looking makes nothing
    }

    private async Task FillAsync()
    {
        var store = NodeStore.InFolder(_cli.PathOf("data"));
        await store.MigrateAsync(TestContext.Current.CancellationToken);
        await using var ledger = new Ledger(store, TimeProvider.System);
        for (var i = 0; i < 5; i++)
            await ledger.RecordAsync(Actor.System("test"), AuditAction.SignedIn, $"account:{i}", "{}", TestContext.Current.CancellationToken);
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_cli.PathOf("data"), NodeStore.FileName)}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
