using Entente.Lists.Snapshots;

namespace Entente.Lists.Tests.Snapshots;

public sealed class ListUpdaterTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_first_update_puts_the_list_to_use_and_notes_where_it_came_from()
    {
        var list = StoreFixture.List(3, at: "2026-02-27");
        using var server = new LoopbackServer(request => request.OkAsync(list,
            "Content-Type: text/xml\r\nETag: \"v1\"\r\nLast-Modified: Fri, 27 Feb 2026 00:00:09 GMT\r\n"));

        var updated = Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server));

        Assert.Null(updated.Previous);
        var stored = _store.Store.Current("toy")!;
        Assert.Equal(list, StoreFixture.Text(stored));
        var manifest = stored.Manifest;
        Assert.Equal(list.Length, manifest.Size);
        Assert.Equal(server.Address, manifest.Source);
        Assert.Equal(_store.Time.Now, manifest.FetchedAt);
        Assert.Equal(new DateTimeOffset(2026, 2, 27, 0, 0, 0, TimeSpan.Zero), manifest.PublishedAt);
        Assert.Equal(new DateTimeOffset(2026, 2, 27, 0, 0, 9, TimeSpan.Zero), manifest.LastModified);
        Assert.Equal("\"v1\"", manifest.ETag);
        Assert.Equal(3, manifest.Entities);
        Assert.Equal(3, manifest.Schemata["Person"]);
    }

    [Fact]
    public async Task A_server_that_knows_our_version_is_not_asked_for_it_again()
    {
        using var server = new LoopbackServer(request => request.Header("If-None-Match") == "\"v1\""
            ? request.StatusAsync("304 Not Modified")
            : request.OkAsync(StoreFixture.List(3), "ETag: \"v1\"\r\nLast-Modified: Fri, 27 Feb 2026 00:00:09 GMT\r\n"));
        var first = Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server)).Current;
        _store.Time.Now += TimeSpan.FromDays(1);

        var result = Assert.IsType<UpdateResult.NotModified>(await _store.UpdateAsync(server));

        Assert.Equal("Fri, 27 Feb 2026 00:00:09 GMT", server.Requests.Last().Header("If-Modified-Since"));
        Assert.Equal(_store.Time.Now, _store.Store.Current("toy")!.Manifest.CheckedAt);
        Assert.Equal(first.Manifest.FetchedAt, result.Current.Manifest.FetchedAt);
        _store.AssertInUse(first);
    }

    [Fact]
    public async Task Another_address_is_asked_for_the_file_whatever_the_first_one_said()
    {
        using var first = new LoopbackServer(request => request.OkAsync(StoreFixture.List(3), "ETag: \"v1\"\r\n"));
        await _store.UpdateAsync(first);
        using var second = new LoopbackServer(request => request.OkAsync(StoreFixture.List(4), "ETag: \"v1\"\r\n"));

        Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(second));

        Assert.Null(Assert.Single(second.Requests).Header("If-None-Match"));
    }

    [Fact]
    public async Task The_same_bytes_again_are_no_new_version()
    {
        var seed = await _store.SeedAsync(3);
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(3)));

        Assert.IsType<UpdateResult.Unchanged>(await _store.UpdateAsync(server));

        Assert.Single(_store.Store.Versions("toy"));
        _store.AssertInUse(seed);
    }

    [Fact]
    public async Task A_new_version_is_put_to_use_and_the_former_one_is_kept()
    {
        var seed = await _store.SeedAsync(9);
        _store.Time.Now += TimeSpan.FromDays(1);
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(7)));

        var updated = Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server));

        Assert.Equal(seed.Manifest.Sha256, updated.Previous!.Manifest.Sha256);
        Assert.Equal([7, 9], _store.Store.Versions("toy").Select(version => version.Manifest.Entities));
        seed.Verify();
        _store.AssertInUse(updated.Current);
    }

    [Fact]
    public async Task A_version_that_lost_a_third_is_held_until_it_is_accepted()
    {
        var seed = await _store.SeedAsync(9);
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(6)));

        var held = Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server));

        Assert.Contains("6 entities", held.Reason, StringComparison.Ordinal);
        Assert.Contains("--accept", held.Reason, StringComparison.Ordinal);
        Assert.Equal(held.Version.Manifest.Sha256, _store.Store.Held("toy")!.Manifest.Sha256);
        _store.AssertInUse(seed);

        var accepted = Assert.IsType<UpdateResult.Updated>(_store.Updater().AcceptHeld("toy"));

        Assert.Equal(6, accepted.Current.Manifest.Entities);
        Assert.Null(_store.Store.Held("toy"));
        _store.AssertInUse(accepted.Current);
    }

    [Fact]
    public async Task A_sound_version_supersedes_one_that_is_held()
    {
        await _store.SeedAsync(9);
        var entities = 1;
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(entities)));
        Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server));
        entities = 10;

        var updated = Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server));

        Assert.IsType<UpdateResult.Failed>(_store.Updater().AcceptHeld("toy"));
        _store.AssertInUse(updated.Current);
    }

    [Fact]
    public async Task A_version_older_than_the_one_in_use_is_held()
    {
        var seed = await _store.SeedAsync(9);
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(9, at: "2025-12-31")));

        var held = Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server));

        Assert.Contains("2025-12-31", held.Reason, StringComparison.Ordinal);
        _store.AssertInUse(seed);
    }

    [Theory]
    [InlineData("other", "toy", "in another format (xml other)")]
    [InlineData("list", "another", "it is the list 'another', and the one in use 'toy'")]
    public async Task A_version_of_another_format_or_list_is_held(string root, string dataset, string reason)
    {
        var seed = await _store.SeedAsync(9);
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(9, root: root, dataset: dataset)));

        var held = Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server));

        Assert.Contains(reason, held.Reason, StringComparison.Ordinal);
        _store.AssertInUse(seed);
        Assert.IsType<UpdateResult.Updated>(_store.Updater().AcceptHeld("toy"));
        Assert.IsType<UpdateResult.Unchanged>(await _store.UpdateAsync(server)); // what was accepted is the measure from then on
    }

    [Fact]
    public async Task What_was_rolled_back_is_held_when_it_comes_again_and_a_newer_version_is_taken()
    {
        var seed = await _store.SeedAsync(9);
        var list = StoreFixture.List(10);
        using var server = new LoopbackServer(request => request.OkAsync(list));
        var bad = Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server)).Current;

        var back = Assert.IsType<UpdateResult.Updated>(_store.Updater().RollBack("toy"));
        Assert.Equal((seed.Manifest.Sha256, bad.Manifest.Sha256), (back.Current.Manifest.Sha256, back.Previous!.Manifest.Sha256));
        _store.AssertInUse(seed);

        for (var again = 0; again < 2; again++)
        {
            var held = Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server));
            Assert.Contains("went back from it", held.Reason, StringComparison.Ordinal);
            _store.AssertInUse(seed);
        }

        list = StoreFixture.List(11);
        var newer = Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server)).Current;
        _store.AssertInUse(newer);
        Assert.Null(_store.Store.Held("toy"));
    }

    [Fact]
    public async Task What_was_rolled_back_and_accepted_after_all_is_no_longer_held()
    {
        await _store.SeedAsync(9);
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(10)));
        await _store.UpdateAsync(server);
        _store.Updater().RollBack("toy");
        Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server));

        var accepted = Assert.IsType<UpdateResult.Updated>(_store.Updater().AcceptHeld("toy")).Current;

        Assert.IsType<UpdateResult.Unchanged>(await _store.UpdateAsync(server));
        _store.AssertInUse(accepted);
    }

    [Fact]
    public async Task A_rollback_to_nowhere_or_to_what_is_held_changes_nothing()
    {
        var seed = await _store.SeedAsync(9);
        Assert.IsType<UpdateResult.Failed>(_store.Updater().RollBack("toy"));
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(1)));
        var held = Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server)).Version;

        var failed = Assert.IsType<UpdateResult.Failed>(_store.Updater().RollBack("toy", held.Manifest.Sha256[..8]));

        Assert.Contains("--accept", failed.Reason, StringComparison.Ordinal);
        Assert.IsType<UpdateResult.Unchanged>(_store.Updater().RollBack("toy", "current"));
        _store.AssertInUse(seed);
    }

    [Fact]
    public async Task A_publisher_that_goes_back_itself_leaves_nothing_held()
    {
        var entities = 9;
        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(entities)));
        await _store.UpdateAsync(server);
        entities = 1;
        Assert.IsType<UpdateResult.Held>(await _store.UpdateAsync(server));
        entities = 9;

        Assert.IsType<UpdateResult.Unchanged>(await _store.UpdateAsync(server));

        Assert.Null(_store.Store.Held("toy"));
    }

    [Fact]
    public async Task A_list_without_an_address_says_how_to_come_by_it()
    {
        var failed = Assert.IsType<UpdateResult.Failed>(await _store.Updater().UpdateAsync(
            ListCatalogue.Find("eu-fsf")!, cancel: TestContext.Current.CancellationToken));

        Assert.Contains("token", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("entente lists add", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_taken_by_the_same_rules_as_one_that_is_fetched()
    {
        var path = Path.Combine(_store.Folder, "..", "..", "mine.xml");
        void Write(string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        var source = StoreFixture.Source with { Address = null };

        Write(StoreFixture.List(9));
        var first = Assert.IsType<UpdateResult.Updated>(_store.Updater().Add(source, path)).Current;
        File.Delete(path);
        _store.AssertInUse(first); // it is a copy

        Write(StoreFixture.List(9));
        _store.Time.Now += TimeSpan.FromDays(3);
        var same = Assert.IsType<UpdateResult.Unchanged>(_store.Updater().Add(source, path)).Current;
        Assert.Equal(_store.Time.Now, same.Manifest.CheckedAt);

        Write(StoreFixture.List(2));
        Assert.IsType<UpdateResult.Held>(_store.Updater().Add(source, path));
        Write("<list");
        Assert.Contains("not a sound list", Assert.IsType<UpdateResult.Failed>(_store.Updater().Add(source, path)).Reason, StringComparison.Ordinal);
        Assert.IsType<UpdateResult.Failed>(_store.Updater().Add(source, path + ".gone"));
        _store.AssertInUse(first);

        using var server = new LoopbackServer(request => request.OkAsync(StoreFixture.List(10)));
        Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server)); // a list from a file can be fetched later
    }

    [Theory]
    [InlineData("sdn.csv", "sdn.csv add.csv alt.csv", "ALT.CSV", "add.csv")]
    [InlineData("2024-cons_prim.csv", "cons_prim.csv cons_alt.csv", "2024-cons_alt.csv", "other.csv")]
    [InlineData("ours.csv", "toy.xml toy.xml.map.json", "ours.csv.map.json", "alt.csv")]
    [InlineData("ours.csv", "toy.xml", "alt.csv", "add.csv")]
    public void What_belongs_to_a_list_comes_with_it(string list, string stored, params string[] beside)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_store.Folder, "..", "..", "given")).FullName;
        var path = Path.Combine(folder, list);
        File.WriteAllText(path, StoreFixture.List(9));
        foreach (var name in beside)
            File.WriteAllText(Path.Combine(folder, name), name);

        var taken = Assert.IsType<UpdateResult.Updated>(_store.Updater().Add(StoreFixture.Source, path)).Current;

        Assert.Equal(stored.Split(' ').Order(), taken.Manifest.Files.Select(file => file.Name).Order());
        Assert.Equal(stored.Split(' ')[0], taken.Manifest.Files[0].Name);
        using (var stream = File.OpenRead(path))
            Assert.Equal(taken.Manifest.Sha256, ListHash.Of(stream, path, "toy")); // as if it were screened against where it lies
        File.WriteAllText(Path.Combine(folder, beside[0]), "changed");
        var again = _store.Updater().Add(StoreFixture.Source, path);
        Assert.Equal(taken.Manifest.Files.Count > 1, again is UpdateResult.Updated);
        foreach (var name in beside)
            File.Delete(Path.Combine(folder, name));
        var bare = _store.Updater().Add(StoreFixture.Source, path);
        Assert.Equal(taken.Manifest.Files.Count > 1, bare is UpdateResult.Held { Reason: var reason } && reason.Contains(" alone, and the one in use " + taken.Manifest.Files[0].Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_store_is_mended_by_an_update()
    {
        var seed = await _store.SeedAsync(9);
        using var server = new LoopbackServer(request => request.Header("If-None-Match") is null
            ? request.OkAsync(StoreFixture.List(9), "ETag: \"v1\"\r\n")
            : request.StatusAsync("304 Not Modified"));
        await _store.UpdateAsync(server);
        await File.WriteAllTextAsync(seed.Path, StoreFixture.List(8), TestContext.Current.CancellationToken);

        Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server));

        _store.AssertInUse(seed);
    }

    [Fact]
    public async Task Progress_is_told_up_to_the_whole()
    {
        var list = StoreFixture.List(50_000);
        using var server = new LoopbackServer(request => request.OkAsync(list));
        var told = new Told();

        await _store.Updater().UpdateAsync(StoreFixture.Source, server.Address, told, TestContext.Current.CancellationToken);

        Assert.True(told.All.Count > 1);
        Assert.Equal(told.All.Order(), told.All);
        Assert.Equal(list.Length, told.All[^1]);
    }

    [Fact]
    public async Task Of_two_updates_at_once_one_is_refused_and_says_why()
    {
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var server = new LoopbackServer(async request =>
        {
            asked.SetResult();
            await go.Task;
            await request.OkAsync(StoreFixture.List(3));
        });

        var first = _store.UpdateAsync(server);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        var second = Assert.IsType<UpdateResult.Failed>(await _store.UpdateAsync(server));
        go.SetResult();

        Assert.Contains("Another update of 'toy' is running", second.Reason, StringComparison.Ordinal);
        _store.AssertInUse(Assert.IsType<UpdateResult.Updated>(await first).Current);
    }

    [Fact]
    public async Task Giving_up_leaves_the_version_in_use()
    {
        var seed = await _store.SeedAsync();
        using var cancel = new CancellationTokenSource();
        using var server = new LoopbackServer(async request =>
        {
            await request.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<list>");
            await cancel.CancelAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _store.Updater().UpdateAsync(StoreFixture.Source, server.Address, cancel: cancel.Token));

        _store.AssertInUse(seed);
    }

    private sealed class Told : IProgress<DownloadProgress>
    {
        public List<long> All { get; } = [];

        public void Report(DownloadProgress value) => All.Add(value.BytesReceived);
    }
}
