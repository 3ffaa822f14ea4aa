using Entente.Lists.Diffs;
using Entente.Records;

namespace Entente.Lists.Tests.Diffs;

public sealed class ListDiffTests
{
    private static Entity Person(string id, string name, bool? target = true, string? lastSeen = null, params (string Property, string Value)[] more)
    {
        var builder = new EntityBuilder(id, "Person", "toy") { Target = target, LastSeen = lastSeen };
        builder.Add("name", name);
        foreach (var (property, value) in more)
            builder.Add(property, value);
        return builder.Build();
    }

    private static Entity Other(string id, string schema, params (string Property, string Value)[] values)
    {
        var builder = new EntityBuilder(id, schema, "toy") { Target = false };
        foreach (var (property, value) in values)
            builder.Add(property, value);
        return builder.Build();
    }

    private static string Told(PropertyChange change) =>
        $"{change.Property}: +[{string.Join("|", change.Added)}] -[{string.Join("|", change.Removed)}]";

    private static IEnumerable<string> Told(EntityChange change) => change.Properties.Select(Told);

    [Fact]
    public void The_same_list_seen_on_another_day_in_another_order_is_the_same()
    {
        Entity[] before = [Person("a", "Modest", lastSeen: "2026-01-01", more: [("alias", "M."), ("alias", "Modestus")]), Person("b", "Zubayr")];
        Entity[] after = [Person("b", "Zubayr"), Person("a", "Modest", lastSeen: "2026-02-01", more: [("alias", "Modestus"), ("alias", "M.")])];

        Assert.True(ListDiff.Between(before, after).IsEmpty);
    }

    [Fact]
    public void Who_came_who_went_and_who_changed()
    {
        Entity[] before = [Person("a", "Modest"), Person("b", "Zubayr", more: [("birthDate", "1970"), ("nationality", "sa")]), Person("c", "Igor")];
        Entity[] after = [Person("d", "زبير الفكتيفي"), Person("c", "Igor"), Person("b", "Zubayr", more: [("birthDate", "1971"), ("nationality", "sa")])];

        var diff = ListDiff.Between(before, after);

        Assert.Equal((ChangeKind.Added, "d"), (Assert.Single(diff.Added).Kind, diff.Added[0].Entity.Id));
        Assert.Equal(["name: +[زبير الفكتيفي] -[]"], Told(diff.Added[0]));
        Assert.Equal((ChangeKind.Removed, "a"), (Assert.Single(diff.Removed).Kind, diff.Removed[0].Entity.Id));
        Assert.Equal(["name: +[] -[Modest]"], Told(diff.Removed[0]));
        Assert.Equal("b", Assert.Single(diff.Amended).Entity.Id);
        Assert.Equal(["birthDate: +[1971] -[1970]"], Told(diff.Amended[0]));
    }

    [Fact]
    public void What_hangs_on_a_subject_is_the_subjects()
    {
        Entity[] before =
        [
            Person("a", "Modest", more: [("addressEntity", "a-home")]),
            Other("a-sanction", "Sanction", ("entity", "a"), ("program", "Toys"), ("listingDate", "2020-01-01")),
            Other("a-pass-1", "Passport", ("holder", "a"), ("number", "X1"), ("country", "ru")),
            Other("a-home", "Address", ("full", "1 Nowhere Street, Omsk"), ("city", "Omsk")),
        ];
        Entity[] after =
        [
            Person("a", "Modest", more: [("addressEntity", "a-new")]),
            Other("a-sanction", "Sanction", ("entity", "a"), ("program", "Toys"), ("listingDate", "2020-01-01"), ("endDate", "2026-01-01")),
            Other("a-pass-2", "Passport", ("holder", "a"), ("number", "X2"), ("country", "ru")),
            Other("a-new", "Address", ("full", "2 Nowhere Street, Omsk"), ("city", "Omsk")),
        ];

        var change = Assert.Single(ListDiff.Between(before, after).All);

        Assert.Equal(("a", ChangeKind.Amended, 3), (change.Entity.Id, change.Kind, change.Linked.Length));
        Assert.Equal(
        [
            "Sanction.endDate: +[2026-01-01] -[]",
            "Passport: +[X2, country Russia] -[X1, country Russia]",
            "Address: +[2 Nowhere Street, Omsk] -[1 Nowhere Street, Omsk]",
        ], Told(change));
    }

    [Fact]
    public void What_hangs_on_a_subject_may_get_another_id()
    {
        Entity[] before = [Person("a", "Modest"), Other("p-17", "Passport", ("holder", "a"), ("number", "X1"))];
        Entity[] after = [Person("a", "Modest"), Other("p-18", "Passport", ("number", "X1"), ("holder", "a"))];

        Assert.True(ListDiff.Between(before, after).IsEmpty);
    }

    [Fact]
    public void Two_documents_that_exchange_a_value_are_not_the_same_as_before()
    {
        Entity[] before = [Person("a", "Modest"), Other("p1", "Passport", ("holder", "a"), ("number", "1"), ("country", "fr")), Other("p2", "Passport", ("holder", "a"), ("number", "2"), ("country", "gb"))];
        Entity[] after = [Person("a", "Modest"), Other("p1", "Passport", ("holder", "a"), ("number", "1"), ("country", "gb")), Other("p2", "Passport", ("holder", "a"), ("number", "2"), ("country", "fr"))];

        Assert.Equal(["Passport.country: +[gb|fr] -[fr|gb]"], Told(Assert.Single(ListDiff.Between(before, after).Amended)));
    }

    [Fact]
    public void A_relation_that_leads_to_another_is_a_change()
    {
        Entity[] people = [Person("a", "Modest"), Person("b", "Zubayr"), Person("c", "Igor")];
        Entity[] before = [.. people, Other("r", "UnknownLink", ("subject", "a"), ("object", "b"))];
        Entity[] after = [.. people, Other("r", "UnknownLink", ("subject", "a"), ("object", "c"))];

        var change = Assert.Single(ListDiff.Between(before, after).Amended);

        Assert.Equal("a", change.Entity.Id);
        Assert.Equal(["UnknownLink.object: +[c] -[b]"], Told(change));
    }

    [Fact]
    public void What_hangs_at_a_remove_or_on_nobody_is_not_lost()
    {
        Entity[] before =
        [
            Person("a", "Modest"),
            Other("s", "Sanction", ("entity", "a"), ("proof", "x")),
            Other("lost", "Sanction", ("program", "Nobody's")),
            Other("far", "Address", ("full", "Nowhere")),
            Other("own", "Ownership", ("asset", "s"), ("role", "owner")),
        ];
        var diff = ListDiff.Between(before, [Person("a", "Modest")]);

        Assert.Equal(["a"], diff.Amended.Select(change => change.Entity.Id));
        Assert.Equal(["Sanction: +[] -[proof x]", "Ownership: +[] -[owner]"], Told(diff.Amended[0]).Select(told => told.Replace("role owner", "owner", StringComparison.Ordinal)));
        Assert.Equal(["lost", "far"], diff.Removed.Select(change => change.Entity.Id));
    }

    [Fact]
    public void Delisted_but_kept_on_record_is_removed_and_listed_again_is_added()
    {
        Entity[] listed = [Person("a", "Modest"), Other("s", "Sanction", ("entity", "a"))];
        Entity[] delisted = [Person("a", "Modest", target: false), Other("s", "Sanction", ("entity", "a"), ("status", "delisted"))];

        Assert.Equal("a", Assert.Single(ListDiff.Between(listed, delisted).Removed).Entity.Id);
        Assert.Equal("a", Assert.Single(ListDiff.Between(delisted, listed).Added).Entity.Id);
        Assert.Single(ListDiff.Between(listed, delisted).All);
        Assert.Single(ListDiff.Between(delisted, listed).All);
    }

    [Fact]
    public void White_space_counts_in_names_and_not_in_running_text()
    {
        Entity[] before = [Person("a", "Abd al Rahman", more: [("notes", "web link: https://x")])];

        Assert.True(ListDiff.Between(before, [Person("a", "Abd al Rahman", more: [("notes", "web link:https://x ")])]).IsEmpty);
        Assert.Equal(["name: +[Abd alRahman] -[Abd al Rahman]"], Told(Assert.Single(ListDiff.Between(before, [Person("a", "Abd alRahman", more: [("notes", "web link: https://x")])]).Amended)));
        Assert.Single(ListDiff.Between(before, [Person("a", "Abd al Rahman", more: [("notes", "web link: https://y")])]).Amended);
    }

    [Fact]
    public void Another_schema_is_a_change()
    {
        var company = new EntityBuilder("a", "Company", "toy") { Target = true }.Add("name", "Modest").Build();

        Assert.Equal(["schema: +[Company] -[Person]"], Told(Assert.Single(ListDiff.Between([Person("a", "Modest")], [company]).Amended)));
    }

    [Fact]
    public void The_real_un_lists_of_two_years_differ_as_they_should()
    {
        var before = ListReader.Read(RealData.File("lists/un-consolidated-2021-01-18.xml"));
        var after = ListReader.Read(RealData.File("lists/un-consolidated.xml"));

        var diff = ListDiff.Between(before, after);

        static HashSet<string> Listed(ListFile file) => [.. file.Entities.Where(entity => entity.Target == true).Select(entity => entity.Id)];
        Assert.Equal(Listed(after).Except(Listed(before)).Order(), diff.Added.Select(change => change.Entity.Id).Order());
        Assert.Equal(Listed(before).Except(Listed(after)).Order(), diff.Removed.Select(change => change.Entity.Id).Order());
        Assert.NotEmpty(diff.Added);
        Assert.NotEmpty(diff.Removed);
        Assert.InRange(diff.Amended.Length, 100, 900);
        Assert.All(diff.All, change => Assert.Contains(change.Entity.Schema, (string[])["Person", "Organization"])); // nothing hangs loose
        Assert.All(diff.Amended, change => Assert.All(change.Properties, property => Assert.NotEmpty(property.Added.Concat(property.Removed))));
        Assert.True(ListDiff.Between(after, after).IsEmpty);
    }
}
