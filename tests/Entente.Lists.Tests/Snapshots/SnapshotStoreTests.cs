using System.Globalization;
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
        Directory.CreateDirectory(Path.Combine(_store.Folder, "incoming-1"));
        File.WriteAllText(Path.Combine(_store.Folder, "incoming-1", "toy.xml"), "<list><e/>");
        AssertStill(former);

        // Killed before the version was put in its place: all is there, under another name.
        var next = Manifest(StoreFixture.List(4));
        Directory.CreateDirectory(Path.Combine(_store.Folder, "incoming-2"));
        File.WriteAllText(Path.Combine(_store.Folder, "incoming-2", "toy.xml"), StoreFixture.List(4));
        File.Copy(Path.Combine(former.Folder, "manifest.json"), Path.Combine(_store.Folder, "incoming-2", "manifest.json"));
        AssertStill(former);
        Assert.Single(_store.Store.Versions("toy"));

        // Killed between the version and the pointer, which was written but not yet renamed.
        using (var writer = _store.Store.Write("toy"))
            writer.Keep(Incoming(writer, StoreFixture.List(4)), next);
        File.WriteAllText(Path.Combine(_store.Folder, "incoming-3"), next.Sha256);
        AssertStill(former);

        // Killed between the pointer and the history: the version is in use, and the one before is known.
        File.WriteAllText(Path.Combine(_store.Folder, "current"), next.Sha256);
        AssertStill(_store.Store.Versions("toy").Single(version => version.Manifest.Sha256 == next.Sha256));
        Assert.Equal(former.Manifest.Sha256, _store.Store.Previous("toy")!.Manifest.Sha256);
        File.WriteAllText(Path.Combine(_store.Folder, "current"), former.Manifest.Sha256);

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
        Assert.Throws<SnapshotException>(() => writer.MakeCurrent(snapshot, _store.Time.Now));
    }

    [Theory]
    [InlineData("current", "nonsense")]
    [InlineData("current", "")]
    [InlineData("current", "../../../../etc/passwd")]
    [InlineData("manifest", "{")]
    [InlineData("manifest", "null")]
    [InlineData("manifest", "{\"format\":99}")]
    [InlineData("manifest", "{\"format\":2,\"dataset\":null}")]
    public void A_damaged_pointer_or_manifest_is_told_and_never_taken_for_an_empty_store(string which, string content)
    {
        var snapshot = Put(StoreFixture.List(3));
        var path = which == "current" ? Path.Combine(_store.Folder, "current") : Path.Combine(snapshot.Folder, "manifest.json");
        File.WriteAllText(path, content);

        var fault = Assert.Throws<SnapshotException>(() => _store.Store.Current("toy"));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_speaks_of_another_version_is_damaged()
    {
        var one = Put(StoreFixture.List(3));
        var two = Put(StoreFixture.List(4));
        File.Copy(Path.Combine(one.Folder, "manifest.json"), Path.Combine(two.Folder, "manifest.json"), overwrite: true);

        Assert.Throws<SnapshotException>(() => _store.Store.Current("toy"));
    }

    [Fact]
    public void Going_back_to_a_former_version_is_one_step()
    {
        var one = Put(StoreFixture.List(3));
        Put(StoreFixture.List(4));

        using (var writer = _store.Store.Write("toy"))
            writer.RollBack(one, _store.Time.Now);

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
    public void The_catalogue_says_how_to_come_by_every_list()
    {
        Assert.Equal("un-sc", ListCatalogue.Find("UN-SC")?.Dataset);
        Assert.Null(ListCatalogue.Find("un"));
        Assert.Superset(new HashSet<string> { "un-sc", "eu-fsf", "us-ofac-sdn", "us-ofac-cons", "gb-ukl", "fr-gels", "ch-seco", "au-dfat", "ca-sema", "ru-rfm" },
            ListCatalogue.All.Select(source => source.Dataset).ToHashSet());
        Assert.All(ListCatalogue.All, source =>
        {
            if (source.Address is { } address)
                Assert.Equal("https", address.Scheme);
            else
                Assert.Contains("entente lists add", source.Instead, StringComparison.Ordinal);
            Assert.Null(_store.Store.Current(source.Dataset)); // its id is fit for a folder's name
        });
        Assert.Equal("https://data.opensanctions.org/datasets/latest/us_ofac_sdn/entities.ftm.json", ListCatalogue.OpenSanctions("us_ofac_sdn").Address!.AbsoluteUri);
        Assert.Throws<ArgumentException>(() => ListCatalogue.OpenSanctions("../secret"));
    }

    [Fact]
    public void Installed_are_the_datasets_with_a_version_in_use()
    {
        Assert.Empty(_store.Store.Installed());
        var put = Put(StoreFixture.List(3));
        using (var writer = _store.Store.Write("other"))
            writer.Register(new ListSource("other", "Other", null, null, new Uri("https://lists.invalid/other.xml")));

        Assert.Equal(["other", "toy"], _store.Store.Datasets());
        Assert.Equal(put.Manifest.Sha256, Assert.Single(_store.Store.Installed()).Manifest.Sha256);
        File.Delete(Path.Combine(put.Folder, "manifest.json"));
        Assert.Throws<SnapshotException>(() => _store.Store.Installed()); // never as if it were not there
    }

    [Theory]
    [InlineData("https://lists.invalid/a/b.xml", "https://lists.invalid/a/b.xml")]
    [InlineData("https://lists.invalid:8443/a?token=c2Vj&lang=en", "https://lists.invalid:8443/a?token=...&lang=...")]
    [InlineData("https://lists.invalid/a?c2Vj", "https://lists.invalid/a?...")]
    [InlineData("https://me:c2Vj@lists.invalid/a", "https://lists.invalid/a")]
    public void An_address_is_shown_without_its_secrets(string address, string shown) =>
        Assert.Equal(shown, AddressText.Of(new Uri(address)));

    [Fact]
    public void A_version_of_several_files_is_known_by_all_of_them()
    {
        using var writer = _store.Store.Write("toy");
        Snapshot Keep(string entries, string aliases)
        {
            var folder = writer.NewIncomingFolder();
            File.WriteAllText(Path.Combine(folder, "sdn.csv"), entries);
            File.WriteAllText(Path.Combine(folder, "alt.csv"), aliases);
            SnapshotFile[] files = [new("sdn.csv", Hash(entries), entries.Length), new("alt.csv", Hash(aliases), aliases.Length)];
            return writer.Keep(folder, Manifest(entries) with { Files = files, Sha256 = Snapshot.Identity(files) });
        }
        var one = Keep("1", "a");
        var two = Keep("1", "b");

        Assert.NotEqual(one.Manifest.Sha256, two.Manifest.Sha256);
        Assert.Equal(Hash($"{Hash("a")}  alt.csv\n{Hash("1")}  sdn.csv\n"), one.Manifest.Sha256); // as sha256sum would have it
        Assert.Equal("1", StoreFixture.Text(one));
        File.WriteAllText(Path.Combine(one.Folder, "alt.csv"), "b");
        Assert.Throws<SnapshotException>(one.Verify);
        two.Verify();
    }

    [Fact]
    public void A_damaged_version_that_comes_in_again_is_mended()
    {
        var snapshot = Put(StoreFixture.List(3));
        File.WriteAllText(snapshot.Path, "<list/>");

        Put(StoreFixture.List(3)).Verify();

        Assert.Single(_store.Store.Versions("toy"));
    }

    [Fact]
    public void Files_made_from_a_version_stay_with_it()
    {
        var derived = Path.Combine(Put(StoreFixture.List(3)).Folder, "index.bin");
        File.WriteAllText(derived, "x");

        Put(StoreFixture.List(4));
        Put(StoreFixture.List(3)).Verify();

        Assert.True(File.Exists(derived));
    }

    [Fact]
    public void Old_versions_go_when_they_are_neither_young_nor_few_nor_needed()
    {
        var versions = new List<Snapshot>();
        for (var i = 0; i < 15; i++)
        {
            versions.Add(Put(StoreFixture.List(3, note: $"{i}")));
            _store.Time.Now += TimeSpan.FromDays(30);
        }
        using var writer = _store.Store.Write("toy");
        writer.RollBack(versions[2], _store.Time.Now); // so that 2 is in use, and 1 the one before it
        writer.Hold(versions[4]);

        // 450 days after the first: 0 to 2 are older than a year, 3 and 4 not; the last ten are 5 to 14.
        Assert.Equal(1, writer.Prune(Retention.Default, _store.Time.Now));
        Assert.Equal(versions.Skip(1).Select(version => version.Manifest.Sha256).Order(), Kept());

        _store.Time.Now += TimeSpan.FromDays(365);
        Assert.Equal(1, writer.Prune(Retention.Default, _store.Time.Now)); // 3: neither in use, before, held, nor of the last ten
        Assert.Equal(new[] { 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 }.Select(i => versions[i].Manifest.Sha256).Order(), Kept());

        writer.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Folder, "incoming-*"));

        IEnumerable<string> Kept() => _store.Store.Versions("toy").Select(version => version.Manifest.Sha256).Order();
    }

    [Fact]
    public void A_version_is_found_by_hash_by_date_and_by_what_it_is_to_the_store()
    {
        var one = Put(StoreFixture.List(3), publishedAt: "2026-01-05");
        var two = Put(StoreFixture.List(4), publishedAt: "2026-02-05");
        Put(StoreFixture.List(5), publishedAt: "2026-02-05");

        Assert.Equal(one.Manifest.Sha256, _store.Store.Find("toy", "2026-01-05").Manifest.Sha256);
        Assert.Equal(two.Manifest.Sha256, _store.Store.Find("toy", two.Manifest.Sha256[..8].ToUpperInvariant()).Manifest.Sha256);
        Assert.Equal(two.Manifest.Sha256, _store.Store.Find("toy", "previous").Manifest.Sha256);
        Assert.Contains("Several versions", Assert.Throws<SnapshotException>(() => _store.Store.Find("toy", "2026-02-05")).Message, StringComparison.Ordinal);
        Assert.Contains("2026-01-05", Assert.Throws<SnapshotException>(() => _store.Store.Find("toy", "2020-01-01")).Message, StringComparison.Ordinal);
        Assert.Throws<SnapshotException>(() => _store.Store.Find("toy", "held"));
        Assert.Throws<SnapshotException>(() => _store.Store.Find("toy", one.Manifest.Sha256[..3]));
    }

    [Fact]
    public void The_version_before_is_the_one_that_was_in_use_not_one_that_was_left()
    {
        var (a, b, c) = (Put(StoreFixture.List(3)), Put(StoreFixture.List(4)), Put(StoreFixture.List(5)));
        Assert.Equal(b.Manifest.Sha256, _store.Store.Previous("toy")!.Manifest.Sha256);

        using (var writer = _store.Store.Write("toy"))
            writer.RollBack(b, _store.Time.Now);
        Assert.Equal(a.Manifest.Sha256, _store.Store.Previous("toy")!.Manifest.Sha256);

        using (var writer = _store.Store.Write("toy"))
            writer.RollBack(a, _store.Time.Now);
        Assert.Null(_store.Store.Previous("toy"));

        using (var writer = _store.Store.Write("toy"))
            writer.MakeCurrent(c, _store.Time.Now, ActivationKind.Accepted);
        Assert.Equal(a.Manifest.Sha256, _store.Store.Previous("toy")!.Manifest.Sha256);
    }

    [Fact]
    public void A_source_that_a_person_named_goes_before_the_catalogue()
    {
        Assert.Equal("https", _store.Store.Source("un-sc")!.Address!.Scheme);
        Assert.Null(_store.Store.Source("toy"));
        var named = ListCatalogue.UnitedNations with { Address = new Uri("https://mirror.invalid/list.xml") };
        using (var writer = _store.Store.Write("un-sc"))
            writer.Register(named);

        Assert.Equal(named, _store.Store.Source("un-sc"));
        Assert.Equal(["un-sc"], _store.Store.Datasets());
    }

    private void AssertStill(Snapshot former)
    {
        Assert.Equal(former.Manifest.Sha256, _store.Store.Current("toy")!.Manifest.Sha256);
        former.Verify();
    }

    private Snapshot Put(string list, string? publishedAt = null)
    {
        using var writer = _store.Store.Write("toy");
        var made = publishedAt is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(publishedAt + "T00:00Z", CultureInfo.InvariantCulture);
        var snapshot = writer.Keep(Incoming(writer, list), Manifest(list) with { PublishedAt = made });
        writer.MakeCurrent(snapshot, _store.Time.Now);
        return snapshot;
    }

    private static string Incoming(SnapshotWriter writer, string list)
    {
        var folder = writer.NewIncomingFolder();
        File.WriteAllText(Path.Combine(folder, "toy.xml"), list);
        return folder;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private SnapshotManifest Manifest(string list) => new()
    {
        Dataset = "toy",
        Title = "Toy list",
        Sha256 = Hash(list),
        Files = [new SnapshotFile("toy.xml", Hash(list), Encoding.UTF8.GetByteCount(list))],
        Source = StoreFixture.Source.Address!,
        FetchedAt = _store.Time.Now,
        CheckedAt = _store.Time.Now,
        Entities = list.Split("<e/>").Length - 1,
        Schemata = new Dictionary<string, int>(),
    };
}
