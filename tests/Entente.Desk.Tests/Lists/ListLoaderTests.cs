using Entente.Desk.Lists;
using Entente.Lists.Snapshots;
using Entente.Screening;

namespace Entente.Desk.Tests.Lists;

public sealed class ListLoaderTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void With_nothing_installed_the_sample_is_loaded_and_says_so()
    {
        var lists = _desk.LoadInstalled();
        Assert.True(lists.IsSample);
        Assert.Equal("sample", Assert.Single(lists.Versions).Dataset);
        Assert.Contains(_desk.Notices, notice => notice.Contains("fictional sample list", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_sample_nothing_is_a_failure()
    {
        var loader = new ListLoader { DataFolder = _desk.Data, SampleFile = null };
        Assert.Throws<DeskException>(() => loader.LoadInstalled(stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Installed_lists_are_loaded_by_dataset_and_named_as_installed()
    {
        _desk.Install(_desk.People("b.jsonl", 2, dataset: "b"), "list-b");
        _desk.Install(_desk.People("a.jsonl", 3, dataset: "a"), "list-a");
        var lists = _desk.LoadInstalled();
        Assert.False(lists.IsSample);
        Assert.Equal(["list-a", "list-b"], lists.Versions.Select(version => version.Dataset));
        Assert.Equal(5, lists.Index.EntityCount);
    }

    [Fact]
    public void A_list_that_was_never_fetched_is_told()
    {
        using (var writer = new SnapshotStore(_desk.Data).Write("un-sc"))
            writer.Register(ListCatalogue.Find("un-sc")!);
        _desk.LoadInstalled();
        Assert.Contains(_desk.Notices, notice => notice.Contains("un-sc was added but never fetched", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_is_a_failure() =>
        Assert.Throws<DeskException>(() => _desk.LoadFiles(null, Path.Combine(_desk.Folder, "none.xml")));

    [Fact]
    public void The_index_of_a_large_list_is_kept_and_found_again()
    {
        var path = _desk.Large();
        var first = _desk.LoadFiles(null, path);
        var second = _desk.LoadFiles(null, path);
        Assert.Equal(1, _desk.Indexed);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Index.EntityCount, second.Index.EntityCount);
        Assert.True(File.Exists(Path.Combine(_desk.Indexes, first.Id + ".index")));
    }

    [Fact]
    public void Another_content_has_another_id()
    {
        var one = _desk.LoadFiles(null, _desk.People("one.jsonl", 2));
        var same = _desk.LoadFiles(null, _desk.People("same.jsonl", 2));
        var other = _desk.LoadFiles(null, _desk.People("other.jsonl", 3));
        Assert.Equal(32, one.Id!.Length);
        Assert.Equal(one.Id, same.Id);
        Assert.NotEqual(one.Id, other.Id);
    }

    [Fact]
    public void Judgements_are_part_of_the_id()
    {
        var path = _desk.People("one.jsonl", 2);
        var judgements = _desk.Write("judgements.jsonl", """{"left":"test-1","right":"x-1","judgement":"negative"}""" + "\n");
        var judged = _desk.LoadFiles(judgements, path);
        Assert.Equal(1, judged.Judgements!.Count);
        Assert.NotEqual(_desk.LoadFiles(null, path).Id, judged.Id);
    }

    [Fact]
    public void Versions_of_the_past_are_loaded_as_they_were()
    {
        var old = _desk.Install(_desk.People("one.jsonl", 4, 60_000), "list-a");
        var before = _desk.LoadInstalled();
        _desk.Install(_desk.People("two.jsonl", 5, 60_000), "list-a");
        Assert.Equal(5, _desk.LoadInstalled().Index.EntityCount);

        var replayed = _desk.LoadVersions(old);
        Assert.Equal(before.Id, replayed.Id);
        Assert.Equal(before.Versions, replayed.Versions);
        var query = new Query { Schema = "Person", Names = ["Fictivus Inventorb"] };
        Assert.Equal(
            new Screener(before.Index, MatchPolicy.Default).Screen(query).Select(match => (match.Entity.Id, match.Score)),
            new Screener(replayed.Index, MatchPolicy.Default).Screen(query).Select(match => (match.Entity.Id, match.Score)));
    }

    [Fact]
    public void A_damaged_version_is_refused()
    {
        var version = _desk.Install(_desk.People("one.jsonl", 4), "list-a");
        File.AppendAllText(version.Path, "\n");
        Assert.Throws<SnapshotException>(() => _desk.LoadVersions(version));
    }

    [Fact]
    public void A_file_and_an_installed_list_of_the_same_content_keep_their_own_names()
    {
        var path = _desk.Large();
        _desk.Install(path, "ours");
        Assert.Equal("ours", Assert.Single(_desk.LoadInstalled().Versions).Dataset);
        var given = Assert.Single(_desk.LoadFiles(null, path).Versions);
        Assert.NotEqual("ours", given.Dataset);
        Assert.Null(given.FetchedAt);
    }

    [Fact]
    public void A_damaged_index_is_built_anew()
    {
        var path = _desk.Large();
        var id = _desk.LoadFiles(null, path).Id;
        var index = Path.Combine(_desk.Indexes, id + ".index");
        var bytes = File.ReadAllBytes(index);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(index, bytes);
        Assert.Equal(20, _desk.LoadFiles(null, path).Index.EntityCount);
        Assert.Equal(2, _desk.Indexed);
    }

    [Fact]
    public void Loading_stops_when_asked_to() =>
        Assert.ThrowsAny<OperationCanceledException>(() => _desk.Loader.LoadFiles([_desk.Large()], stop: new CancellationToken(canceled: true)));
}
