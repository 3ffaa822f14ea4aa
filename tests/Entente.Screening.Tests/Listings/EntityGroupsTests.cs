using Entente.Screening.Listings;

namespace Entente.Screening.Tests.Listings;

public sealed class EntityGroupsTests
{
    private static readonly EntityGroups Groups = EntityResolver.Resolve(
        [.. ThreeLists.All, ThreeLists.Person("latin", 20, "1971-03-14", "Tariq Salman Ibrahim al-Qadiri"), ThreeLists.Sanction(ThreeLists.All[0], "QDi.7", own: true)],
        [ThreeLists.Judge("latin-3", "cyrillic-4", Judgement.Positive, "2026-03-31"), new EntityJudgement("latin-7", "cyrillic-8", Judgement.Positive, null, null, null)]);

    private static byte[] Stored(EntityGroups groups)
    {
        using var stream = new MemoryStream();
        groups.Write(stream);
        return stream.ToArray();
    }

    [Fact]
    public void What_was_written_is_read_again_link_by_link()
    {
        Assert.NotEmpty(Groups.Refused);
        using var stream = new MemoryStream(Stored(Groups));
        EntityGroups read = EntityGroups.Read(stream);
        Assert.Equal(Groups.Groups, read.Groups);
        Assert.Equal(Groups.Refused, read.Refused);
        Assert.Equal(stream.Length, stream.Position);
        Assert.Equal(Groups.Find("cyrillic-1")!.CanonicalId, read.Find("cyrillic-1")!.CanonicalId);
        Assert.Null(read.Find("arabic-2"));
    }

    [Fact]
    public void No_groups_are_stored_too() => Assert.Empty(EntityGroups.Read(new MemoryStream(Stored(EntityGroups.None))).Groups);

    [Fact]
    public void Damage_anywhere_is_refused()
    {
        byte[] stored = Stored(Groups);
        for (int at = 0; at < stored.Length; at++)
        {
            byte[] damaged = [.. stored];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => EntityGroups.Read(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void A_cut_anywhere_is_refused()
    {
        byte[] stored = Stored(Groups);
        for (int length = 0; length < stored.Length; length++)
            Assert.Throws<InvalidDataException>(() => EntityGroups.Read(new MemoryStream(stored, 0, length)));
    }

    [Fact]
    public void Groups_of_other_rules_are_refused_with_what_to_do()
    {
        byte[] stored = Stored(Groups);
        stored[8]++;
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => EntityGroups.Read(new MemoryStream(stored)));
        Assert.Contains("version", e.Message, StringComparison.Ordinal);
        Assert.Contains("Resolve the lists again", e.Message, StringComparison.Ordinal);
    }
}
