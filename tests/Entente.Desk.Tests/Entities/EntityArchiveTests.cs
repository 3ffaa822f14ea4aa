using Entente.Desk.Entities;
using Entente.Lists;
using Entente.Records;
using Entente.Records.Json;
using Entente.Screening.Listings;

namespace Entente.Desk.Tests.Entities;

public sealed class EntityArchiveTests : IDisposable
{
    private readonly Desk _desk = new();

    // Two lists: a person with all that hangs on a person, and the same person on another list.
    private static readonly Entity[] First =
    [
        new EntityBuilder("a-1", "Person", "a") { Target = true, Referents = ["old-1"] }
            .Add("name", "Zubayr Al-Fictivi").Add("name", "زبير الفكتيفي").Add("addressEntity", "a-1-addr").Add("addressEntity", "nowhere").Build(),
        new EntityBuilder("a-1-addr", "Address", "a") { Target = false }.Add("full", "1 Invented Street").Build(),
        new EntityBuilder("a-1-sanction", "Sanction", "a") { Target = false }.Add("entity", "a-1").Add("program", "P1").Build(),
        new EntityBuilder("a-1-passport", "Passport", "a") { Target = false }.Add("holder", "a-1").Add("number", "X1").Build(),
        new EntityBuilder("a-2", "Company", "a") { Target = true }.Add("name", "Imaginary Trading").Add("parent", "a-2").Build(),
        new EntityBuilder("a-own", "Ownership", "a") { Target = false }.Add("owner", "old-1").Add("asset", "a-2").Build(),
        new EntityBuilder("a-tax", "TaxRoll", "a") { Target = false }.Add("taxee", "a-1").Build(),
    ];

    private static readonly Entity[] Second =
    [
        new EntityBuilder("b-7", "Person", "b") { Target = true, FirstSeen = "2020-01-01" }.AddDataset("b-too").Add("name", "Al-Fictivi Zubayr").Build(),
    ];

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Every_entity_comes_back_as_it_was_put_in()
    {
        using var archive = OnDisk();
        Assert.Equal(8, archive.Count);
        foreach (var entity in First.Concat(Second))
        {
            Assert.True(archive.TryGet(entity.Id, out var found));
            Assert.Equal(EntityJson.ToText(entity), EntityJson.ToText(found));
        }
    }

    [Fact]
    public void An_id_that_the_source_replaced_leads_to_what_replaced_it()
    {
        using var archive = OnDisk();
        Assert.True(archive.TryGet("old-1", out var entity));
        Assert.Equal("a-1", entity.Id);
        Assert.False(archive.TryGet("a-3", out _));
        Assert.False(archive.TryGet("", out _));
    }

    [Fact]
    public void What_points_to_an_entity_stands_under_the_reverse_property()
    {
        using var archive = OnDisk();
        Assert.Equal(
            [("addressEntity", "a-1-addr"), ("sanctions", "a-1-sanction"), ("identification", "a-1-passport"), ("ownershipOwner", "a-own"), ("taxRollTaxee", "a-tax")],
            Beside(archive, "a-1"));
        Assert.Equal([("entity", "a-1")], Beside(archive, "a-1-sanction"));
        Assert.Equal([("things", "a-1")], Beside(archive, "a-1-addr"));
        Assert.Equal([("owner", "a-1"), ("asset", "a-2")], Beside(archive, "a-own"));
        Assert.Equal([("parent", "a-2"), ("subsidiaries", "a-2"), ("ownershipAsset", "a-own")], Beside(archive, "a-2"));
        Assert.Empty(archive.Adjacent("b-7"));
        Assert.Empty(archive.Adjacent("nobody"));
    }

    [Fact]
    public void Links_say_which_way_they_go()
    {
        using var archive = OnDisk();
        Assert.True(archive.TryFind("a-2", out var number, out _));
        Assert.Equal([false, true, true], archive.Links(number).Select(link => link.IsReverse));
    }

    [Fact]
    public void Heads_are_in_order_and_can_be_chosen_by_dataset_schema_and_list()
    {
        using var archive = OnDisk();
        Assert.Equal(First.Concat(Second).Select((entity, i) => (i, entity.Id, entity.Caption, entity.Target)), archive.Heads().Select(head => (head.Number, head.Id, head.Caption, head.Target)));
        Assert.Equal(["a-1", "a-2", "b-7"], archive.Heads(schema: "LegalEntity").Select(head => head.Id));
        Assert.Equal(["b-7"], archive.Heads(dataset: "b-too").Select(head => head.Id));
        Assert.Equal(["b", "b-too"], archive.Heads(list: 1).Single().Datasets);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1], archive.Heads().Select(head => head.List));
        Assert.Empty(archive.Heads(schema: "Nonsense"));
    }

    [Fact]
    public void Counts_are_by_list_dataset_and_schema()
    {
        using var archive = OnDisk();
        Assert.Contains(new EntityCount(0, "a", "Person", 1, 1), archive.Counts);
        Assert.Contains(new EntityCount(0, "a", "Sanction", 1, 0), archive.Counts);
        Assert.Contains(new EntityCount(1, "b-too", "Person", 1, 1), archive.Counts);
        Assert.Equal(9, archive.Counts.Sum(count => count.Entities));
    }

    [Fact]
    public void Entries_of_several_lists_stay_apart_and_know_each_other()
    {
        var groups = EntityResolver.Resolve([.. First, .. Second], [new EntityJudgement("a-1", "b-7", Judgement.Positive, null, null, null)]);
        using var archive = EntityArchive.InMemory([First, Second], groups);
        Assert.True(archive.TryGet("b-7", out var second));
        Assert.Equal("b-7", second.Id);
        Assert.Equal(["a-1", "b-7"], archive.Referents(second));
        Assert.True(archive.TryGet(archive.Groups.Find("b-7")!.CanonicalId, out var canonical));
        Assert.Equal(["a-1", "b-7", "old-1"], archive.Referents(canonical));
        Assert.Equal(["a-2"], archive.Referents(archive.Get(4)));
    }

    [Fact]
    public void Of_entities_with_one_id_the_first_is_found_and_all_are_linked()
    {
        var again = new EntityBuilder("a-1", "Person", "c").Add("name", "Another").Build();
        using var archive = EntityArchive.InMemory([First, [again]]);
        Assert.True(archive.TryFind("a-1", out var number, out var entity));
        Assert.Equal((0, "Zubayr Al-Fictivi"), (number, entity.Caption));
        Assert.Contains(archive.Links(7), link => link.Property == "sanctions");
    }

    [Fact]
    public void No_lists_are_an_archive_too()
    {
        using var archive = EntityArchive.InMemory([]);
        Assert.Equal(0, archive.Count);
        Assert.False(archive.TryGet("a", out _));
        Assert.Empty(archive.Heads());
        Assert.Throws<ArgumentOutOfRangeException>(() => archive.Get(0));
    }

    [Fact]
    public void Many_entities_are_found_by_their_ids()
    {
        Entity[] many = [.. Enumerable.Range(0, 5000).Select(i => new EntityBuilder($"m-{i}", "Person", "m").Add("name", $"Person {i}").Build())];
        using var archive = EntityArchive.InMemory([many]);
        Parallel.For(0, many.Length, i =>
        {
            Assert.True(archive.TryFind($"m-{i}", out var number, out var entity));
            Assert.Equal((i, $"Person {i}"), (number, entity.Caption));
            Assert.False(archive.TryGet($"n-{i}", out _));
        });
        Assert.Equal(many.Select(entity => entity.Id), archive.Heads().Select(head => head.Id));
    }

    [Fact]
    public void A_file_with_a_byte_changed_or_cut_off_is_refused()
    {
        var whole = File.ReadAllBytes(Written());
        for (var at = 0; at < whole.Length; at += 5)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => EntityArchive.Open(Put(changed)));
        }
        for (var length = 0; length < whole.Length; length += 5)
            Assert.Throws<InvalidDataException>(() => EntityArchive.Open(Put(whole[..length])));
    }

    /// <summary>A file that is damaged while it is open: what is read is right or refused, and nothing else happens.</summary>
    [Fact]
    public void Damage_under_an_open_archive_is_met_as_invalid_data()
    {
        var path = Written();
        var whole = File.ReadAllBytes(path);
        using var archive = EntityArchive.Open(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var refused = 0;
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0, 0xff])
            {
                Overwrite(file, at, value);
                refused += ReadAll(archive);
            }
            Overwrite(file, at, whole[at]);
        }
        Assert.True(refused > 0);
        Assert.Equal(0, ReadAll(archive));
        file.SetLength(whole.Length / 3);
        Assert.True(ReadAll(archive) > 0);
    }

    [Fact]
    public void The_UN_list_is_whole_in_its_archive()
    {
        var list = ListReader.Read(RealData.File("lists/un-consolidated.xml"));
        using var archive = EntityArchive.InMemory([list.Entities]);
        Assert.Equal(list.Entities.Length, archive.Count);
        Assert.Equal(list.Entities.Length, archive.Counts.Sum(count => count.Entities));
        foreach (var entity in list.Entities.Where(entity => entity.IsA("Sanction")))
        {
            var listed = Assert.Single(entity.Get("entity"));
            Assert.Contains(archive.Adjacent(listed), beside => beside is { Property: "sanctions" } && beside.Entity.Id == entity.Id);
        }
    }

    private static void Overwrite(FileStream file, long at, byte value)
    {
        file.Position = at;
        file.WriteByte(value);
        file.Flush();
    }

    /// <summary>Asks for everything.</summary>
    /// <returns>How often the answer was that the file is damaged.</returns>
    private static int ReadAll(EntityArchive archive)
    {
        var refused = 0;
        for (var number = 0; number < archive.Count; number++)
        {
            refused += IsRefused(() => archive.Get(number));
            refused += IsRefused(() => archive.Links(number));
        }
        foreach (var id in (string[])["a-1", "old-1", "b-7", "nobody"])
            refused += IsRefused(() => archive.TryGet(id, out _));
        return refused + IsRefused(() => Assert.InRange(archive.Heads().Count(), 0, archive.Count));
    }

    private static int IsRefused(Action read)
    {
        try
        {
            read();
            return 0;
        }
        catch (InvalidDataException)
        {
            return 1;
        }
    }

    private static IEnumerable<(string, string)> Beside(EntityArchive archive, string id) =>
        archive.Adjacent(id).Select(beside => (beside.Property, beside.Entity.Id));

    private EntityArchive OnDisk() => EntityArchive.Open(Written());

    private string Written()
    {
        var path = Path.Combine(_desk.Folder, "test.entities");
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        EntityArchive.Write(stream, [First, Second]);
        return path;
    }

    private string Put(byte[] bytes)
    {
        var path = Path.Combine(_desk.Folder, "damaged.entities");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
