using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Listings;

namespace Entente.Screening.Tests;

/// <summary>What an entry does not say, but is known: another list says it, or it follows from when and for what it was listed.</summary>
public sealed class SurroundingsTests
{
    private static readonly MatchPolicy Wide = MatchPolicy.Default with { Cutoff = 0.001, Limit = 50 };

    private static readonly Query Asked = new() { Names = ["Yevstigney Dolmatinsky"] };

    /// <summary>By name alone.</summary>
    private static readonly Entity Silent = Person("a-1");

    private static readonly Entity Dated = Person("b-1", ("birthDate", "1961-05-07"), ("nationality", "by"), ("gender", "male"));

    [Theory]
    [InlineData("birthDate", "1994-02-20", "born 33 years apart; another list says so of the same entity")]
    [InlineData("nationality", "cl", "another nationality; another list says so of the same entity")]
    [InlineData("gender", "female", "another gender; another list says so of the same entity")]
    public void What_another_list_says_speaks_against_the_entry_that_does_not_say_it(string feature, string value, string explanation)
    {
        Query asked = With(feature, value);
        Evidence against = Of(Screen(Together(Silent, Dated), asked), "a-1").Single(item => item.Feature == feature);
        Assert.InRange(against.Weight, -10, -1);
        Assert.Equal(explanation, against.Explanation);
        // It is for the link to say so: of two entries that are not held to be one, neither speaks for the other.
        Assert.DoesNotContain(Of(Screen(ScreeningIndex.Build([Silent, Dated]), asked), "a-1"), item => item.Feature == feature);
    }

    [Theory]
    [InlineData("birthDate", "1961-05-07")]
    [InlineData("nationality", "by")]
    [InlineData("gender", "male")]
    public void And_never_for_it(string feature, string value)
    {
        ScreeningIndex together = Together(Silent, Dated);
        Match match = Assert.Single(Screen(together, With(feature, value)));
        Assert.Equal("b-1", match.Entity.Id);
        Assert.Equal(Screen(together, Asked)[0].Score, match.Listings.Single(listing => listing.Entity.Id == "a-1").Score);
    }

    [Fact]
    public void Whom_one_list_rules_out_no_other_brings_back()
    {
        // A name that many bear: the question comes again and again.
        Entity silent = Named("a-1", "Karim Haddad"), dated = Named("b-1", "Karim Haddad", ("birthDate", "1961-05-07"), ("nationality", "jo"));
        var asked = new Query { Names = ["Karim Haddad"], BirthDates = ["1994-02-20"], Nationalities = ["cl"] };
        Assert.Contains(new Screener(ScreeningIndex.Build([silent, dated]), MatchPolicy.Default).Screen(asked), match => match.IsMatch);
        Assert.DoesNotContain(new Screener(Together(silent, dated), MatchPolicy.Default).Screen(asked), match => match.IsMatch);
    }

    [Theory]
    [InlineData("2003-01-31", -8, "not yet born when listed on 2001-10-12")]
    [InlineData("1999", -8, "2 years old when listed on 2001-10-12")]
    [InlineData("1980", -3, "21 years old when listed on 2001-10-12")]
    [InlineData("1960", 0, null)]
    [InlineData("1915-03-03", -2, "86 years old when listed on 2001-10-12")]
    public void Children_are_not_listed(string born, double weight, string? explanation)
    {
        ScreeningIndex index = Stored(ScreeningIndex.Build([Silent, Sanction("a-1", "2009-01-01"), Sanction("a-1", "2001-10-12"), Sanction("someone else", "1990")]));
        Evidence? said = Of(Screen(index, With("birthDate", born)), "a-1").SingleOrDefault(item => item.Feature == "birthDate");
        Assert.Equal((weight, explanation), (said?.Weight ?? 0, said?.Explanation));
    }

    [Fact]
    public void Of_a_year_the_last_day_counts_and_a_birth_date_of_its_own_comes_before_all()
    {
        Evidence said = Assert.Single(Of(Screen(ScreeningIndex.Build([Silent, Sanction("a-1", "2001")]), With("birthDate", "1995")), "a-1"), item => item.Feature == "birthDate");
        Assert.Equal("6 years old when listed on 2001-12-31", said.Explanation);
        Evidence own = Assert.Single(Of(Screen(ScreeningIndex.Build([Dated, Sanction("b-1", "2001")]), With("birthDate", "1995")), "b-1"), item => item.Feature == "birthDate");
        Assert.Equal("born 34 years apart", own.Explanation);
    }

    [Theory]
    [InlineData("cl", -4, "program", "The Syria (Sanctions) (EU Exit) Regulations 2019")]
    [InlineData("sy", 0, "program", "The Syria (Sanctions) (EU Exit) Regulations 2019")]
    [InlineData("cl", 0, "program", "SDGT")]
    [InlineData("cl", 0, "program", "SYRIA|SDGT")] // on one of them people of all nations are
    [InlineData("cl", -4, "birthCountry", "Syria")]
    [InlineData("cl", -4, "birthPlace", "Tartus, Syria")]
    [InlineData("cl", -2, "address", "4 Harbour Street, Tartus, Syria")] // where somebody lives says less
    [InlineData("cl", -4, "address|program", "Tartus, Syria|SYRIA")]
    [InlineData("cl", 0, "address", "Tartus")]
    public void All_ties_to_other_countries_speak_against_a_nationality(string nationality, double weight, string properties, string values)
    {
        string[] names = properties.Split('|');
        Entity entity = Person("a-1", [.. values.Split('|').Select((value, i) => (names[Math.Min(i, names.Length - 1)], value))]);
        Evidence? said = Of(Screen(ScreeningIndex.Build([entity]), With("nationality", nationality)), "a-1").SingleOrDefault(item => item.Feature == "nationality");
        Assert.Equal((weight, weight < 0 ? "all that is known ties it to other countries" : null), (said?.Weight ?? 0, said?.Explanation));
    }

    [Fact]
    public void Another_lists_nationality_that_is_the_asked_one_settles_the_ties()
    {
        Match match = Assert.Single(Screen(Together(Person("a-1", ("program", "SYRIA")), Dated), With("nationality", "by")));
        Assert.Equal(Screen(ScreeningIndex.Build([Silent]), Asked)[0].Score, match.Listings.Single(listing => listing.Entity.Id == "a-1").Score);
    }

    [Fact]
    public void The_evidence_adds_up()
    {
        Match match = Screen(Together(Silent, Dated), Asked with { BirthDates = ["1994-02-20"], Nationalities = ["cl"], Genders = ["female"] }).Single();
        Assert.Equal(match.Weight, match.Evidence.Sum(item => item.Weight), 1e-3);
    }

    [Fact]
    public void What_another_list_says_anew_concerns_the_entry_too()
    {
        IndexChange change = IndexChange.Between(Together(Silent, Dated), Together(Silent, Person("b-1", ("birthDate", "1994-02-20"), ("nationality", "by"), ("gender", "male"))));
        Assert.Equal(["a-1", "b-1"], change.Listed.Select(entity => entity.Id).Order());
        // A remark of the other list's does not.
        change = IndexChange.Between(Together(Silent, Dated), Together(Silent, Person("b-1", ("birthDate", "1961-05-07"), ("nationality", "by"), ("gender", "male"), ("notes", "reworded"))));
        Assert.Empty(change.Listed);
        change = IndexChange.Between(ScreeningIndex.Build([Silent, Sanction("a-1", "2001")]), ScreeningIndex.Build([Silent, Sanction("a-1", "2012")]));
        Assert.Equal("a-1", Assert.Single(change.Listed).Id);
    }

    [Fact]
    public void The_reverse_search_finds_whom_a_screening_would()
    {
        // What the one is listed for speaks against the nationality that the other states.
        ScreeningIndex lists = Together(Person("a-1", ("program", "SYRIA")), Dated);
        ImmutableArray<(string Id, Query Query)> subjects = [.. new[] { "by", "sy", "cl" }.Select(code => (code, Asked with { Nationalities = [code] }))];
        var search = new SubjectSearch(SubjectSearch.Index(subjects), MatchPolicy.Default);
        foreach ((string id, Query query) in subjects)
        {
            foreach (Match match in new Screener(lists, MatchPolicy.Default).Screen(query).Where(match => match.IsMatch))
                Assert.Contains(id, search.Find(match.Entity));
        }
    }

    private static ImmutableArray<Match> Screen(ScreeningIndex index, Query query) => new Screener(index, Wide).Screen(query);

    /// <summary>The evidence of the match that an entry makes.</summary>
    private static ImmutableArray<Evidence> Of(ImmutableArray<Match> matches, string id) => matches.Single(match => match.Entity.Id == id).Evidence;

    private static Query With(string feature, string value) => feature switch
    {
        "birthDate" => Asked with { BirthDates = [value] },
        "nationality" => Asked with { Nationalities = [value] },
        _ => Asked with { Genders = [value] },
    };

    private static ScreeningIndex Together(params Entity[] entities) =>
        ScreeningIndex.Build(entities).WithGroups(EntityResolver.Resolve([.. entities], [new EntityJudgement("a-1", "b-1", Judgement.Positive, null, null, null)]));

    private static ScreeningIndex Stored(ScreeningIndex index)
    {
        using var stored = new MemoryStream();
        index.Write(stored);
        stored.Position = 0;
        return ScreeningIndex.Read(stored);
    }

    private static Entity Person(string id, params (string Property, string Value)[] facts) => Named(id, "Yevstigney Dolmatinsky", facts);

    private static Entity Named(string id, string name, params (string Property, string Value)[] facts)
    {
        EntityBuilder person = new EntityBuilder(id, "Person", id[..1]).Add("name", name);
        foreach ((string property, string value) in facts)
            person.Add(property, value);
        return person.Build();
    }

    private static Entity Sanction(string entity, string listed) =>
        new EntityBuilder($"sanction of {entity} {listed}", "Sanction", "a").Add("entity", entity).Add("listingDate", listed).Build();
}
