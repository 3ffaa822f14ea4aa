using System.Security.Cryptography;
using System.Text;
using Entente.Lists.Snapshots;

namespace Entente.Lists.Tests.Snapshots;

public sealed class SnapshotStoreTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_store_that_was_never_used_holds_nothing_and_creates_nothing()
    {
        Assert.Null(_store.Store.Current("toy"));
        Assert.Null(_store.Store.Held("toy"));
        Assert.Empty(_store.Store.Versions("toy"));
        Assert.False(Directory.Exists(_store.Store.Folder));
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("UN")]
    public void A_dataset_id_cannot_lead_out_of_the_store(string dataset) =>
        Assert.Throws<ArgumentException>(() => _store.Store.Current(dataset));

    [Fact]
    public void A_process_killed_at_any_step_leaves_the_former_version_and_the_next_one_sweeps_up()
    {
        var former = Put(StoreFixture.List(3));

        // Killed while the file came in.
        File.WriteAllText(Path.Combine(_store.Folder, "incoming-1.xml"), "<list><e/>");
        AssertStill(former);

        // Killed between the file and its manifest: the file has its name, and nobody speaks of it.
        var next = Manifest(StoreFixture.List(4));
        File.WriteAllText(Path.Combine(_store.Folder, next.Sha256 + ".xml"), StoreFixture.List(4));
        AssertStill(former);
        Assert.Single(_store.Store.Versions("toy"));

        // Killed between the manifest and the pointer, which was written but not yet renamed.
        using (var writer = _store.Store.Write("toy"))
            writer.Keep(Incoming(writer, StoreFixture.List(4)), next);
        File.WriteAllText(Path.Combine(_store.Folder, "incoming-2.txt"), next.Sha256);
        AssertStill(former);

        // The next update goes through as if nothing had been.
        var current = Put(StoreFixture.List(4));
        _store.AssertInUse(current);
    }

    [Fact]
    public async Task Readers_during_updates_always_see_a_whole_version()
    {
        var lists = new[] { StoreFixture.List(20_000, note: "one"), StoreFixture.List(15_000, note: "two") };
        Put(lists[0]);
        using var done = new CancellationTokenSource();
        var seen = new int[2];
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                var which = Array.IndexOf(lists, StoreFixture.Text(_store.Store.Current("toy")!));
                Assert.InRange(which, 0, 1);
                Interlocked.Increment(ref seen[which]);
            }
        }, TestContext.Current.CancellationToken)).ToArray();

        for (var turn = 0; turn < 2000 && (turn < 50 || seen.Min() == 0); turn++)
        {
            Put(lists[turn % 2]);
            await Task.Yield();
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);

        Assert.All(seen, count => Assert.True(count > 0));
    }

    [Fact]
    public void A_file_that_was_tampered_with_is_not_opened()
    {
        var snapshot = Put(StoreFixture.List(3));
        File.WriteAllText(snapshot.Path, StoreFixture.List(2));

        var fault = Assert.Throws<SnapshotException>(() => _store.Store.Current("toy")!.Open());

        Assert.Contains(snapshot.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("entente lists update", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_gone_is_told_and_cannot_be_put_to_use()
    {
        var snapshot = Put(StoreFixture.List(3));
        File.Delete(snapshot.Path);

        Assert.Throws<SnapshotException>(snapshot.Verify);
        using var writer = _store.Store.Write("toy");
        Assert.Throws<SnapshotException>(() => writer.MakeCurrent(snapshot));
    }

    [Theory]
    [InlineData("current", "nonsense")]
    [InlineData("current", "")]
    [InlineData("current", "../../../../etc/passwd")]
    [InlineData("manifest", "{")]
    [InlineData("manifest", "null")]
    [InlineData("manifest", "{\"format\":2}")]
    [InlineData("manifest", "{\"format\":1,\"dataset\":null}")]
    public void A_damaged_pointer_or_manifest_is_told_and_never_taken_for_an_empty_store(string which, string content)
    {
        var snapshot = Put(StoreFixture.List(3));
        var path = which == "current" ? Path.Combine(_store.Folder, "current") : Path.ChangeExtension(snapshot.Path, ".json");
        File.WriteAllText(path, content);

        var fault = Assert.Throws<SnapshotException>(() => _store.Store.Current("toy"));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_speaks_of_another_version_is_damaged()
    {
        var one = Put(StoreFixture.List(3));
        var two = Put(StoreFixture.List(4));
        File.Copy(Path.ChangeExtension(one.Path, ".json"), Path.ChangeExtension(two.Path, ".json"), overwrite: true);

        Assert.Throws<SnapshotException>(() => _store.Store.Current("toy"));
    }

    [Fact]
    public void Going_back_to_a_former_version_is_one_step()
    {
        var one = Put(StoreFixture.List(3));
        Put(StoreFixture.List(4));

        using (var writer = _store.Store.Write("toy"))
            writer.MakeCurrent(one);

        _store.AssertInUse(one);
    }

    [Fact]
    public void There_is_one_writer_at_a_time_for_a_dataset()
    {
        using (_store.Store.Write("toy"))
        {
            Assert.Throws<SnapshotException>(() => _store.Store.Write("toy"));
            _store.Store.Write("other").Dispose();
        }
        _store.Store.Write("toy").Dispose();
    }

    [Fact]
    public void The_data_folder_is_the_one_named_or_else_the_users()
    {
        var named = Path.GetFullPath("here");
        Assert.Equal(named, DataFolder.Find(name => name == "ENTENTE_DATA_DIR" ? "here" : null));
        Assert.Throws<InvalidOperationException>(() => DataFolder.Find(_ => null));
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal("/home/u/.local/share/entente", DataFolder.Find(name => name == "HOME" ? "/home/u" : null));
        Assert.Equal("/x/entente", DataFolder.Find(name => name == "HOME" ? "/home/u" : name == "XDG_DATA_HOME" ? "/x" : null));
        Assert.Equal("/home/u/.local/share/entente", DataFolder.Find(name => name == "HOME" ? "/home/u" : name == "XDG_DATA_HOME" ? "x" : null));
    }

    [Fact]
    public void The_catalogue_knows_the_un_list_and_its_addresses_are_fit_to_fetch_from()
    {
        Assert.Equal("un-sc", ListCatalogue.Find("UN-SC")?.Dataset);
        Assert.Null(ListCatalogue.Find("un"));
        Assert.All(ListCatalogue.All, source =>
        {
            Assert.Equal("https", source.Address.Scheme);
            Assert.Null(_store.Store.Current(source.Dataset)); // its id is fit for a folder's name
        });
    }

    private void AssertStill(Snapshot former)
    {
        Assert.Equal(former.Manifest.Sha256, _store.Store.Current("toy")!.Manifest.Sha256);
        former.Verify();
    }

    private Snapshot Put(string list)
    {
        using var writer = _store.Store.Write("toy");
        var snapshot = writer.Keep(Incoming(writer, list), Manifest(list));
        writer.MakeCurrent(snapshot);
        return snapshot;
    }

    private static string Incoming(SnapshotWriter writer, string list)
    {
        var path = writer.NewIncomingPath();
        File.WriteAllText(path, list);
        return path;
    }

    private SnapshotManifest Manifest(string list) => new()
    {
        Dataset = "toy",
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list))),
        Size = Encoding.UTF8.GetByteCount(list),
        Source = StoreFixture.Source.Address,
        FetchedAt = _store.Time.Now,
        CheckedAt = _store.Time.Now,
        Entities = list.Split("<e/>").Length - 1,
        Schemata = new Dictionary<string, int>(),
    };
}
