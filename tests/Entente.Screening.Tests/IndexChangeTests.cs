using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Listings;

namespace Entente.Screening.Tests;

public sealed class IndexChangeTests
{
    private static readonly Entity Tamim = Person("a-1", "Tamim al-Nahri");

    [Fact]
    public void The_same_lists_have_not_changed_whether_stored_or_built()
    {
        ScreeningIndex built = Index(Tamim, Person("a-2", "Yusuf Kharsani"));
        using var stored = new MemoryStream();
        built.Write(stored);
        stored.Position = 0;

        IndexChange change = IndexChange.Between(ScreeningIndex.Read(stored), Index(Person("a-2", "Yusuf Kharsani"), Person("a-1", "Tamim al-Nahri")));

        Assert.Empty(change.Listed);
        Assert.Empty(change.Former);
    }

    [Fact]
    public void A_remark_is_no_change()
    {
        IndexChange change = IndexChange.Between(Index(Person("a-1", "Tamim al-Nahri", ("notes", "old"))), Index(Person("a-1", "Tamim al-Nahri", ("notes", "new"))));
        Assert.Empty(change.Listed);
        Assert.Empty(change.Former);
    }

    [Theory]
    [InlineData("alias", "Abu Karim")]
    [InlineData("birthDate", "1970")]
    [InlineData("nationality", "jo")]
    [InlineData("passportNumber", "K1234567")]
    [InlineData("program", "TEST")]
    public void What_a_screening_could_tell_is_one(string property, string value)
    {
        Entity changed = Person("a-1", "Tamim al-Nahri", (property, value));
        IndexChange change = IndexChange.Between(Index(Tamim), Index(changed));
        Assert.Same(changed, Assert.Single(change.Listed));
        Assert.Equal("a-1", Assert.Single(change.Former));
    }

    [Fact]
    public void Who_came_and_who_went()
    {
        IndexChange change = IndexChange.Between(Index(Tamim), Index(Person("a-2", "Yusuf Kharsani")));
        Assert.Equal("a-2", Assert.Single(change.Listed).Id);
        Assert.Equal("a-1", Assert.Single(change.Former));
    }

    [Fact]
    public void To_be_held_for_one_with_another_entry_is_a_change_of_both()
    {
        Entity other = Person("b-1", "Tamim al-Nahri");
        ImmutableArray<Entity> both = [Tamim, other];
        EntityGroups groups = EntityResolver.Resolve(both, [new EntityJudgement("a-1", "b-1", Judgement.Positive, null, null, null)]);

        IndexChange change = IndexChange.Between(Index(Tamim, other), ScreeningIndex.Build(both).WithGroups(groups));

        Assert.Equal(["a-1", "b-1"], change.Listed.Select(entity => entity.Id).Order());
        Assert.Equal(["a-1", "b-1"], change.Former.Order());
        Assert.Equal("a-1", ScreeningIndex.Build(both).WithGroups(groups).Whole("b-1")!.CanonicalId);
        Assert.Null(Index(Tamim).Whole("b-1"));
    }

    private static ScreeningIndex Index(params Entity[] entities) => ScreeningIndex.Build(entities);

    private static Entity Person(string id, string name, params (string Property, string Value)[] facts)
    {
        EntityBuilder person = new(id, "Person", id[..1]);
        person.Add("name", name);
        foreach ((string property, string value) in facts)
            person.Add(property, value);
        return person.Build();
    }
}
