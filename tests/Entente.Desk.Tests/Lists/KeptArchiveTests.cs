using Entente.Desk.Lists;

namespace Entente.Desk.Tests.Lists;

public sealed class KeptArchiveTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_archive_has_all_entities_whether_lists_were_read_or_found(bool serving)
    {
        _desk.Serving = serving;
        var path = _desk.Large();
        Assert.Equal(20, _desk.LoadFiles(null, path).Archive.Count);
        Assert.Equal(20, _desk.LoadFiles(null, path).Archive.Count);
        Assert.Equal(3, _desk.LoadFiles(null, _desk.People("small.jsonl", 3)).Archive.Count);
        Assert.Equal(1, _desk.Indexed);
    }

    [Fact]
    public void The_archive_of_a_grouped_entity_knows_its_entries()
    {
        var judgements = _desk.Write("judgements.jsonl", """{"left":"a-1","right":"b-1","judgement":"positive"}""" + "\n");
        string[] paths = [_desk.Large("a.jsonl", "a"), _desk.Large("b.jsonl", "b")];
        for (var turn = 0; turn < 2; turn++)
        {
            var archive = _desk.LoadFiles(judgements, paths).Archive;
            Assert.True(archive.TryGet("b-1", out var entity));
            Assert.Equal(["a-1", "b-1"], archive.Referents(entity));
            Assert.Equal(1, archive.Heads(list: 1).First().List);
        }
    }

    [Fact]
    public void Of_lists_that_serve_a_damaged_archive_is_built_anew()
    {
        _desk.Serving = true;
        var path = _desk.Large();
        Damage(_desk.LoadFiles(null, path));
        Assert.True(_desk.LoadFiles(null, path).Archive.TryGet("test-7", out _));
        Assert.Equal(2, _desk.Indexed);
    }

    [Fact]
    public void A_damaged_archive_is_refused_when_it_is_asked_for_and_built_anew_by_the_next_start()
    {
        var path = _desk.Large();
        Damage(_desk.LoadFiles(null, path));
        var lists = _desk.LoadFiles(null, path);
        Assert.Equal(1, _desk.Indexed);
        Assert.Equal(20, lists.Index.EntityCount);
        Assert.Throws<InvalidDataException>(() => lists.Archive);
        Assert.Equal(20, _desk.LoadFiles(null, path).Archive.Count);
        Assert.Equal(2, _desk.Indexed);
    }

    [Fact]
    public void Only_the_latest_indexes_are_kept_and_nothing_is_left_of_the_others()
    {
        LoadedLists? last = null;
        for (var i = 0; i < 6; i++)
            last = _desk.LoadFiles(null, _desk.Large($"list{i}.jsonl", $"list{i}"));
        Assert.Equal(16, Directory.GetFiles(_desk.Indexes).Length);
        Assert.Equal(4, Directory.GetFiles(_desk.Indexes, last!.Id + ".*").Length);
    }

    [Fact]
    public void What_a_killed_process_left_is_swept_up_after_a_while()
    {
        _desk.LoadFiles(null, _desk.Large());
        string[] left = ["0123.entities", "0123.groups", "4567.entities.89ab.part"];
        foreach (var name in left)
            File.WriteAllText(Path.Combine(_desk.Indexes, name), "unfinished");
        _desk.LoadFiles(null, _desk.Large("b.jsonl", "b"));
        Assert.All(left, name => Assert.True(File.Exists(Path.Combine(_desk.Indexes, name))));
        foreach (var name in left)
            File.SetLastWriteTimeUtc(Path.Combine(_desk.Indexes, name), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _desk.LoadFiles(null, _desk.Large("c.jsonl", "c"));
        Assert.All(left, name => Assert.False(File.Exists(Path.Combine(_desk.Indexes, name))));
    }

    [Fact]
    public void An_archive_outlasts_its_removal_while_it_is_in_use()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows keeps the file of an open archive.");
        _desk.Serving = true;
        var lists = _desk.LoadFiles(null, _desk.Large());
        Directory.Delete(_desk.Indexes, recursive: true);
        Assert.True(lists.Archive.TryGet("test-3", out _));
    }

    private void Damage(LoadedLists lists)
    {
        var path = Path.Combine(_desk.Indexes, lists.Id + ".entities");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
