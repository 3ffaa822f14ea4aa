namespace Entente.Names.Tests;

public sealed class OrganisationComparisonTests
{
    private const double Match = 0.70;

    [Theory]
    [InlineData("Zarifneft PJSC", "ПАО Зарифнефть")]
    [InlineData("Rosbakhneft Oil Company", "Росбахнефть")]
    [InlineData("Siemsund AG", "Siemsund Aktiengesellschaft")]
    [InlineData("CRAFTSMANLY LLC", "ООО КРАФТСМАНЛИ")]
    [InlineData("Islamic Revolutionary Guard Corps", "IRGC")]
    [InlineData("Islamic Revolutionary Guard Corps", "Корпус стражей исламской революции")]
    [InlineData("Ministry of Defence", "Министерство обороны")]
    [InlineData("Ministère de la Défense", "وزارة الدفاع")]
    [InlineData("Al-Qadiri Exchange", "شركة القادري للصرافة")]
    [InlineData("Jabhat al-Nusra", "جبهة النصرة")]
    [InlineData("Popular Renewal Front (PRF)", "PRF")]
    [InlineData("Al Barakaat Bank", "Al-Barakat Bank")]
    [InlineData("Vostok Elektroniks 2", "Vostok Electronics 2")]
    public void Names_of_one_organisation_match(string a, string b)
    {
        Assert.InRange(Names.Organisation(a, b), Match, 1);
        Assert.InRange(Names.Organisation(b, a), Match, 1);
    }

    [Theory]
    [InlineData("Bank of China", "Bank of India")]
    [InlineData("Northgate Growth Fund II", "Northgate Growth Fund III")]
    [InlineData("5th Independent Brigade", "55th Independent Brigade")]
    [InlineData("Sun Trading FZE", "Moon Trading FZE")]
    [InlineData("First Capital Bank", "First Capital Insurance")]
    [InlineData("Al-Noor Charity Foundation", "Al-Huda Charity Foundation")]
    [InlineData("ABC Holdings", "ABD Holdings")]
    [InlineData("شركة التجارة العامة", "شركة الصناعة العامة")]
    public void Names_of_two_organisations_do_not_match(string a, string b)
    {
        Assert.InRange(Names.Organisation(a, b), 0, Match - 0.0001);
        Assert.InRange(Names.Organisation(b, a), 0, Match - 0.0001);
    }

    [Fact]
    public void Ships_that_differ_in_number_are_two() =>
        Assert.InRange(Names.Score("Baltic Grace 1", "Baltic Grace 2", Structure.NameKind.Thing), 0, Match - 0.0001);
}
