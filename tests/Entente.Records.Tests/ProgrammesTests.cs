namespace Entente.Records.Tests;

public sealed class ProgrammesTests
{
    [Theory]
    [InlineData("The Syria (Sanctions) (EU Exit) Regulations 2019", "sy lb")]
    [InlineData("SYRIA-EO13894", "sy lb")]
    [InlineData("UE Syrie - R (UE) 36/2012", "sy lb")]
    [InlineData("The Democratic People’s Republic of Korea (Sanctions) (EU Exit) Regulations 2019", "kp")]
    [InlineData("DPRK4", "kp")]
    [InlineData("SOUTH SUDAN", "ss")]
    [InlineData("DARFUR", "sd")]
    [InlineData("Autonomous Sanctions (Designated Persons and Entities and Declared Persons—Russia and Ukraine) Amendment (No. 8) Instrument 2023", "ru ua by")]
    [InlineData("Bélarus", "by ru")]
    [InlineData("IRAN, then BELARUS", "ir by ru")]
    public void A_programme_on_a_country_says_whose_nationals_are_listed(string programme, string countries) =>
        Assert.Equal(countries, string.Join(' ', Programmes.CountriesOf(programme)));

    [Theory]
    [InlineData("SDGT")]
    [InlineData("HR")] // human rights, and not Croatia
    [InlineData("GB")] // Guinea-Bissau to the United Nations, another country to everybody else
    [InlineData("Isil (Da'esh) and Al-Qaeda (United Nations Sanctions) (EU Exit) Regulations 2019")]
    [InlineData("The Cyber (Sanctions) (EU Exit) Regulations 2020")]
    [InlineData("Listed on 19 Jun. 2014")]
    [InlineData("")]
    public void Any_other_says_nothing(string programme) => Assert.Empty(Programmes.CountriesOf(programme));

    [Fact]
    public void A_text_without_end_is_read_to_a_limit() =>
        Assert.Empty(Programmes.CountriesOf(new string('x', 5_000_000) + " IRAN"));
}
