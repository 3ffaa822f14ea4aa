using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Listings;
using FsCheck;
using FsCheck.Fluent;
using static Entente.Screening.Tests.Listings.ThreeLists;

namespace Entente.Screening.Tests.Listings;

public sealed class EntityResolverTests
{
    [Fact]
    public void One_person_in_three_scripts_is_one_and_those_like_him_are_not() =>
        Assert.Equal(["arabic-1: arabic-1 cyrillic-1 latin-1"], Groups(All.Where(e => e.Schema == "Person")));

    [Fact]
    public void A_link_says_why_and_its_evidence_adds_up()
    {
        EntityGroup group = EntityResolver.Resolve([All[0], All[1], All[2]]).Find("latin-1")!;
        Assert.Equal(3, group.Links.Length);
        Assert.All(group.Links, link =>
        {
            Assert.Equal(LinkBasis.NameAndBirthDate, link.Basis);
            Assert.True(string.CompareOrdinal(link.Left, link.Right) < 0);
            Assert.Equal(link.Weight, link.Evidence.Sum(e => e.Weight), 1e-9);
            Assert.Contains(link.Evidence, e => e.Feature == "birthDate" && e.Explanation.Contains("same birth date", StringComparison.Ordinal));
            Assert.Contains(link.Evidence, e => e.Feature == "name" && e.Weight > 0);
        });
    }

    [Theory]
    [InlineData("1971-03-15")]
    [InlineData("1971")]
    [InlineData("1971-03")]
    [InlineData("1947-03-14")]
    [InlineData(null)]
    public void A_name_alone_makes_nobody_one(string? birthDate) =>
        Assert.Empty(Groups([Person("latin", 1, birthDate, "Tariq Salman al-Qadiri"), All[1]]));

    [Theory]
    [InlineData("Mohammed")]
    [InlineData("Abu Salman")]
    [InlineData("Tariq Haydar al-Zaydi")]
    public void A_birth_date_beside_half_a_name_makes_nobody_one(string name) =>
        Assert.Empty(Groups([Person("latin", 1, "1971-03-14", name), Person("other", 2, "1971-03-14", "Mohammed Salman al-Qadiri", b => b.Add("alias", "Abu Salman"))]));

    [Theory]
    [InlineData("Hassan Haddar al-Tamimi", "Hussein Haddar al-Tamimi")]
    [InlineData("Hassan Haddar al-Tamimi", "حسين هدار التميمي")]
    [InlineData("Karim Haddar al-Tamimi", "كريمة هدار التميمي")]
    [InlineData("Ali Haddar al-Tamimi", "Alia Haddar al-Tamimi")]
    [InlineData("H. Haddar al-Tamimi", "Hussein Haddar al-Tamimi")]
    [InlineData("Ivan Petrovich Zheleznov", "Иванна Петровна Железнова")]
    public void Twins_stay_two(string one, string other)
    {
        Assert.Empty(Groups([Person("a", 1, "1990-08-21", one), Person("b", 2, "1990-08-21", other)]));
        Assert.Single(Groups([Person("a", 1, "1990-08-21", other), Person("b", 2, "1990-08-21", other)]));
    }

    [Fact]
    public void Birth_dates_by_the_dozen_make_nobody_one()
    {
        Entity Born(int days) => Person("a", 1, null, "Tariq Salman al-Qadiri", b =>
        {
            for (int day = 1; day <= days; day++)
                b.Add("birthDate", $"1971-03-{day:00}");
        });
        Assert.Single(Groups([Born(4), Person("b", 2, "1971-03-04", "Tariq Salman al-Qadiri")]));
        Assert.Empty(Groups([Born(31), Person("b", 2, "1971-03-04", "Tariq Salman al-Qadiri")]));
    }

    [Fact]
    public void Low_quality_aliases_make_nobody_one() =>
        Assert.Empty(Groups([Person("latin", 1, "1971-03-14", "Tariq Salman al-Qadiri"), Person("other", 2, "1971-03-14", "Zeno Marbek", b => b.Add("weakAlias", "Tariq Salman al-Qadiri"))]));

    [Fact]
    public void Two_entries_of_one_list_are_never_made_one() =>
        Assert.Empty(Groups([All[0], Person("latin", 2, "1971-03-14", "Tariq Salman al-Qadiri"), Person("latin", 3, "1971-03-14", "Tariq Salman al-Qadiri", b => b.Add("passportNumber", "K998123"))]));

    [Fact]
    public void Entries_of_unknown_lists_and_ids_that_stand_twice_are_left_alone()
    {
        Entity nowhere = new EntityBuilder("x-1", "Person", null).Add("name", "Tariq Salman al-Qadiri").Add("birthDate", "1971-03-14").Build();
        Assert.Empty(Groups([All[0], nowhere]));
        Assert.Empty(Groups([All[0], All[1], All[1]]));
    }

    [Fact]
    public void A_link_that_would_join_two_entries_of_one_list_is_refused_and_kept_for_a_person()
    {
        Entity again = Person("latin", 20, "1971-03-14", "Tariq Salman Ibrahim al-Qadiri");
        EntityGroups groups = EntityResolver.Resolve([All[0], All[2], again]);
        EntityGroup group = Assert.Single(groups.Groups);
        Assert.Equal(["cyrillic-1", "latin-1"], group.Referents.Select(r => r.Id));
        RefusedLink refused = Assert.Single(groups.Refused);
        Assert.Equal(("cyrillic-1", "latin-20"), (refused.Link.Left, refused.Link.Right));
        Assert.Contains("one list", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_does_not_join_what_contradicts()
    {
        // The middle entry knows two birth dates and no gender: it fits both ends, which do not fit each other.
        Entity man = Person("latin", 1, "1971-03-14", "Noor Salman al-Qadiri", b => b.Add("gender", "male"));
        Entity either = Person("middle", 2, "1971-03-14", "Noor Salman al-Qadiri");
        Entity woman = Person("other", 3, "1971-03-14", "Noor Salman al-Qadiri", b => b.Add("gender", "female"));
        EntityGroups groups = EntityResolver.Resolve([man, either, woman]);
        Assert.Equal(2, Assert.Single(groups.Groups).Referents.Length);
        Assert.Contains(groups.Refused, r => r.Reason.Contains("one is a man", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("QDi.043", "QDi.43")]
    [InlineData("QDi.043", " qdi.043")]
    [InlineData("TAi.100", "TAi.100")]
    public void A_reference_of_the_United_Nations_makes_one_whatever_the_dates_say_but_not_without_a_name(string one, string other)
    {
        Entity un = Person("un", 1, "1970", "Tariq Salman al-Qadiri"), copy = Person("copy", 2, null, "طارق القادري"), typo = Person("copy", 3, "1971", "Zeno Marbek");
        Assert.Equal(["un-1: copy-2 un-1"], Groups([un, copy, Sanction(un, one, own: true), Sanction(copy, other)]));
        EntityGroups groups = EntityResolver.Resolve([un, typo, Sanction(un, one, own: true), Sanction(typo, other)]);
        Assert.Empty(groups.Groups);
        Assert.Contains("no name agrees", Assert.Single(groups.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void References_that_differ_keep_apart_what_all_else_joins()
    {
        EntityGroups groups = EntityResolver.Resolve([All[0], All[1], Sanction(All[0], "QDi.1"), Sanction(All[1], "QDi.10")]);
        Assert.Empty(groups.Groups);
        Assert.Contains("different references", Assert.Single(groups.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_canonical_id_is_that_of_the_United_Nations_entry_and_referents_say_where_they_are_from()
    {
        EntityGroup group = Assert.Single(EntityResolver.Resolve([.. All[..3], Sanction(All[0], "QDi.7", own: true), Sanction(All[1], "QDi.7")]).Groups);
        Assert.Equal("latin-1", group.CanonicalId);
        Referent referent = group.Referents.Single(r => r.Id == "arabic-1");
        Assert.Equal(["arabic", "Programme of arabic", "Authority of arabic"], [.. referent.Datasets, .. referent.Programs, .. referent.Authorities]);
        Assert.Contains(group.Links, l => l.Basis == LinkBasis.UnReference && l.Evidence.Any(e => e.Feature == "unscId"));
    }

    [Fact]
    public void A_number_makes_one_beside_a_name_that_agrees()
    {
        Entity Holder(string list, string name, string? birthDate = null) => Person(list, 1, birthDate, name, b => b.Add("passportNumber", list == "a" ? "K 998-123" : "k998123"));
        Assert.Equal(["a-1: a-1 b-1"], Groups([Holder("a", "Tariq Salman al-Qadiri"), Holder("b", "طارق سلمان القادري")]));
        Assert.Empty(Groups([Holder("a", "Tariq Salman al-Qadiri"), Holder("b", "Zeno Marbek")]));
        // A passport may hold a man's son, of the same name.
        Assert.Empty(Groups([Holder("a", "Tariq Salman al-Qadiri", "1950"), Holder("b", "Tariq Salman al-Qadiri", "1975")]));
    }

    [Fact]
    public void Ships_are_one_by_their_number_and_two_by_another()
    {
        Entity Ship(string list, string number, string name) => Build(list, 1, "Vessel", name, b => b.Add("imoNumber", number).Add("flag", "pa"));
        Assert.Single(Groups([Ship("a", "9074729", "Sea Falcon 7"), Ship("b", "IMO 9074729", "MV Sea Falcon")]));
        Assert.Empty(Groups([Ship("a", "9074729", "Sea Falcon 7"), Ship("b", "9321483", "Sea Falcon 7")]));
    }

    [Fact]
    public void Organisations_are_one_by_a_rare_name_in_one_country()
    {
        Assert.Equal(["arabic-10: arabic-10 latin-9"], Groups(All.Where(e => e.Schema == "Organization" && e.Id != "cyrillic-9")));
        Assert.Empty(Groups([Organisation("a", 1, "jo", "National Development Bank"), Organisation("b", 2, "jo", "Development Bank of Zarnabad")]));
        Assert.Empty(Groups([Organisation("a", 1, null, "Zarnabad Kelvanite Works"), Organisation("b", 2, "jo", "Zarnabad Kelvanite Works")]));
        Assert.Empty(Groups([Organisation("a", 1, "jo", "Zarnabad Kelvanite Works 7"), Organisation("b", 2, "jo", "Zarnabad Kelvanite Works 8")]));
    }

    [Fact]
    public void An_organisation_with_two_like_ones_on_a_list_is_left_to_a_person()
    {
        EntityGroups groups = EntityResolver.Resolve(
            [Organisation("a", 1, "jo", "Bank Zarnabad Kelvanite"), Organisation("b", 2, "jo", "Bank Zarnabad Kelvanite PLC"), Organisation("b", 3, "jo", "Bank Zarnabad Kelvanite")]);
        Assert.Empty(groups.Groups);
        Assert.Equal(2, groups.Refused.Length);
    }

    [Fact]
    public void A_person_is_no_organisation_of_the_same_name() =>
        Assert.Empty(Groups([Person("a", 1, "1971-03-14", "Zarnabad Kelvanite"), Build("b", 2, "Organization", "Zarnabad Kelvanite", b => b.Add("birthDate", "1971-03-14").Add("registrationNumber", "998123"))]));

    [Fact]
    public void A_judgement_joins_what_the_program_would_not_even_in_one_list_and_says_who_and_why()
    {
        EntityGroup group = Assert.Single(EntityResolver.Resolve([All[0], All[4]], [Judge("latin-3", "latin-1", Judgement.Positive, "2026-03-31")]).Groups);
        EntityLink link = Assert.Single(group.Links);
        Assert.Equal(LinkBasis.Judgement, link.Basis);
        Evidence word = Assert.Single(link.Evidence, e => e.Feature == "judgement");
        Assert.Equal((0d, "judged one entity by an analyst on 2026-03-31: read both files"), (word.Weight, word.Explanation));
    }

    [Fact]
    public void A_judgement_parts_what_the_program_would_join_also_by_way_of_a_third()
    {
        EntityGroups groups = EntityResolver.Resolve(All[..3], [Judge("latin-1", "arabic-1", Judgement.Negative)]);
        Assert.DoesNotContain(groups.Groups, g => g.Referents.Any(r => r.Id == "latin-1") && g.Referents.Any(r => r.Id == "arabic-1"));
        Assert.Contains(groups.Refused, r => (r.Link.Left, r.Link.Right) == ("arabic-1", "latin-1") && r.Reason.Contains("two entities by an analyst", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_judgements_the_latest_counts_and_of_two_at_once_the_one_that_parts()
    {
        EntityJudgement early = Judge("latin-1", "arabic-1", Judgement.Negative, "2026-01-01"), late = Judge("arabic-1", "latin-1", Judgement.Positive, "2026-02-01");
        EntityJudgement atOnce = late with { Judgement = Judgement.Negative };
        Assert.Single(Groups(All[..2], early, late));
        Assert.Single(Groups(All[..2], late, early));
        Assert.Empty(Groups(All[..2], early, late, atOnce));
        Assert.Empty(Groups(All[..2], atOnce, late, early));
    }

    [Fact]
    public void Two_people_who_contradict_each_other_join_nobody()
    {
        EntityGroups groups = EntityResolver.Resolve([All[0], All[3], All[4]],
            [Judge("latin-1", "arabic-2", Judgement.Positive), Judge("arabic-2", "latin-3", Judgement.Positive), Judge("latin-1", "latin-3", Judgement.Negative)]);
        Assert.Equal(2, Assert.Single(groups.Groups).Referents.Length);
        Assert.Contains("it would join", Assert.Single(groups.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_judgement_on_an_entry_that_is_not_listed_waits() =>
        Assert.Empty(Groups(All[..1], Judge("latin-1", "gone-1", Judgement.Positive)));

    [Fact]
    public void The_order_of_lists_entries_and_judgements_plays_no_part()
    {
        EntityJudgement[] judgements =
        [
            Judge("latin-3", "cyrillic-4", Judgement.Positive), Judge("latin-1", "arabic-1", Judgement.Negative, "2026-01-01"), Judge("latin-1", "arabic-1", Judgement.Positive, "2025-01-01"),
            Judge("arabic-12", "latin-11", Judgement.Positive), Judge("arabic-12", "latin-11", Judgement.Negative),
        ];
        ImmutableArray<Entity> entities =
        [
            .. All, Person("latin", 20, "1971-03-14", "Tariq Salman al-Qadiri"), Person("fourth", 1, "1971-03-14", "Tarek Salman Kadiri"),
            Sanction(All[0], "QDi.5", own: true), Sanction(All[2], "QDi.5"), Sanction(All[3], "QDi.6"),
        ];
        byte[] expected = Stored(entities, judgements);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(
            (from e in Gen.Shuffle(entities.ToArray()) from j in Gen.Shuffle(judgements) select (e, j)).ToArbitrary(),
            shuffled => Assert.Equal(expected, Stored(shuffled.e, shuffled.j))));
    }

    private static byte[] Stored(IEnumerable<Entity> entities, IEnumerable<EntityJudgement> judgements)
    {
        using var stream = new MemoryStream();
        EntityResolver.Resolve(entities, [.. judgements]).Write(stream);
        return stream.ToArray();
    }
}
