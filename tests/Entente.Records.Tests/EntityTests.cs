namespace Entente.Records.Tests;

public sealed class EntityTests
{
    private static EntityBuilder Person() => new("x-1", "Person", "x");

    [Fact]
    public void The_caption_is_the_first_name_in_Latin_script()
    {
        Assert.Equal("Tamim al-Nahri", Person().Add("name", "تميم النهري").Add("name", "Tamim al-Nahri").Add("name", "Tamim Nahri").Build().Caption);
        Assert.Equal("تميم النهري", Person().Add("name", "تميم النهري").Build().Caption);
    }

    [Fact]
    public void Without_a_name_the_caption_falls_to_the_next_property_and_at_last_to_the_schema()
    {
        Assert.Equal("Nahri", Person().Add("lastName", "Nahri").Build().Caption);
        Assert.Equal("Person", Person().Build().Caption);
        Assert.Equal("1 Quay Street", new EntityBuilder("a", "Address", "x").Add("full", "1 Quay Street").Build().Caption);
    }

    [Fact]
    public void Blank_values_are_ignored_and_repeated_ones_kept_once()
    {
        var entity = Person().Add("name", " A B ").Add("name", "A B").Add("name", "  ").Add("alias", null).Build();
        Assert.Equal(["A B"], entity.Get("name"));
        Assert.Empty(entity.Get("alias"));
        Assert.DoesNotContain("alias", entity.Properties.Keys);
        Assert.Single(entity.Statements);
    }

    [Fact]
    public void A_statement_keeps_the_language_and_the_wording_of_its_source()
    {
        var entity = Person().Add("birthDate", "1963", originalValue: "approximately 1963").Add("name", "تميم", lang: "ara").Build();
        Assert.Equal(["x"], entity.Datasets);
        Assert.Contains(entity.Statements, s => s is { Property: "birthDate", Value: "1963", OriginalValue: "approximately 1963", Dataset: "x" });
        Assert.Contains(entity.Statements, s => s is { Property: "name", Lang: "ara", OriginalValue: null });
    }

    [Fact]
    public void One_value_in_two_wordings_is_one_value_with_two_statements()
    {
        var entity = Person().Add("birthDate", "1963", originalValue: "approximately 1963").Add("birthDate", "1963").Build();
        Assert.Equal(["1963"], entity.Get("birthDate"));
        Assert.Equal(2, entity.Statements.Length);
    }

    [Fact]
    public void What_is_added_after_building_does_not_reach_the_entity()
    {
        var builder = Person().Add("name", "A");
        var entity = builder.Build();
        builder.Add("name", "B").AddDataset("y");
        Assert.Equal(["A"], entity.Get("name"));
        Assert.Equal(["x"], entity.Datasets);
        Assert.Single(entity.Statements);
    }

    [Fact]
    public void A_statement_id_is_the_one_that_FtM_computes() =>
        // sha1("wd_persons.Q61589.name.Salih"), as an OpenSanctions statements.pack has it.
        Assert.Equal("241a6298861ed88df12ae64e49ff96292f711d95", new Statement("Q61589", "Person", "name", "Salih", "wd_persons").ComputeId());

    [Fact]
    public void An_unknown_schema_or_a_blank_id_is_a_fault_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => new EntityBuilder("x", "Persson", "x"));
        Assert.Throws<ArgumentException>(() => new EntityBuilder(" ", "Person", "x"));
    }
}
