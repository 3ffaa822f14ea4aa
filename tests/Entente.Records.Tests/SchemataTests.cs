namespace Entente.Records.Tests;

public sealed class SchemataTests
{
    [Theory]
    [InlineData("Person", "LegalEntity", true)]
    [InlineData("Company", "Asset", true)]
    [InlineData("Company", "Thing", true)]
    [InlineData("PublicBody", "Organization", true)]
    [InlineData("Vessel", "Vehicle", true)]
    [InlineData("Passport", "Identification", true)]
    [InlineData("Passport", "Interval", true)]
    [InlineData("Person", "Person", true)]
    [InlineData("Person", "Organization", false)]
    [InlineData("Sanction", "Thing", false)]
    [InlineData("Nonsense", "Thing", false)]
    public void Inheritance_follows_FtM(string schema, string ancestor, bool expected) =>
        Assert.Equal(expected, Schemata.IsA(schema, ancestor));

    [Theory]
    [InlineData("Person", true)]
    [InlineData("Vessel", true)]
    [InlineData("CryptoWallet", true)]
    [InlineData("Sanction", false)]
    [InlineData("Passport", false)]
    [InlineData("Ownership", false)]
    [InlineData("Nonsense", false)]
    public void Only_parties_and_assets_are_matchable(string schema, bool expected) =>
        Assert.Equal(expected, Schemata.IsMatchable(schema));

    [Theory]
    [InlineData("Person", "name", "name")]
    [InlineData("Person", "birthDate", "date")]
    [InlineData("Person", "passportNumber", "identifier")]
    [InlineData("Company", "addressEntity", "entity")]
    [InlineData("Sanction", "listingDate", "date")]
    [InlineData("Person", "shoeSize", null)]
    [InlineData("Nonsense", "name", null)]
    public void A_property_has_its_FtM_type_also_when_inherited(string schema, string property, string? type) =>
        Assert.Equal(type, Schemata.TypeOf(schema, property));

    [Theory]
    [InlineData("Sanction", "entity", "sanctions")]
    [InlineData("Company", "addressEntity", "things")]
    [InlineData("Passport", "holder", "identification")]
    [InlineData("Ownership", "owner", "ownershipOwner")]
    [InlineData("Vessel", "owner", "ownedVehicles")]
    [InlineData("TaxRoll", "taxee", null)]
    [InlineData("Person", "name", null)]
    [InlineData("Nonsense", "name", null)]
    public void A_property_that_points_to_an_entity_has_a_name_at_the_other_end(string schema, string property, string? reverse) =>
        Assert.Equal(reverse, Schemata.ReverseOf(schema, property));

    [Fact]
    public void Abstract_schemata_are_known_but_not_for_records()
    {
        Assert.True(Schemata.IsKnown("Thing"));
        Assert.False(Schemata.IsConcrete("Thing"));
        Assert.True(Schemata.IsConcrete("Person"));
    }

    [Fact]
    public void Caption_properties_of_every_schema_are_its_own_properties() =>
        Assert.All(Schemata.All.Where(Schemata.IsConcrete), schema =>
            Assert.All(Schemata.CaptionProperties(schema).Where(p => p != "name"), property =>
                Assert.NotNull(Schemata.TypeOf(schema, property))));
}
