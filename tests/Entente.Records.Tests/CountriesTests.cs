namespace Entente.Records.Tests;

public sealed class CountriesTests
{
    [Theory]
    [InlineData("AF", "af")]
    [InlineData("af", "af")]
    [InlineData("AFG", "af")]
    [InlineData("Afghanistan", "af")]
    [InlineData("  AFGHANISTAN ", "af")]
    [InlineData("Афганистан", "af")]
    [InlineData("أفغانستان", "af")]
    [InlineData("افغانستان", "af")]
    [InlineData("أَفْغَانِسْتَان", "af")]
    [InlineData("أفـغـانستان", "af")]
    [InlineData("Algérie", "dz")]
    [InlineData("ALGERIE", "dz")]
    [InlineData("Bosnia & Herzegovina", "ba")]
    [InlineData("Bosnia and Herzegovina", "ba")]
    [InlineData("the Russian Federation", "ru")]
    [InlineData("Democratic People's Republic of Korea", "kp")]
    [InlineData("Democratic People’s Republic of Korea", "kp")]
    [InlineData("Iran (Islamic Republic of)", "ir")]
    [InlineData("Türkiye", "tr")]
    [InlineData("Turkey", "tr")]
    [InlineData("AND", "ad")]
    public void A_country_is_found_by_code_or_by_name_in_four_languages(string text, string expected)
    {
        Assert.True(Countries.TryNormalise(text, out var code));
        Assert.Equal(expected, code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the")]
    [InlineData("!!")]
    [InlineData("na na")]
    [InlineData("Ruritania")]
    [InlineData("born in France")]
    [InlineData("\uD800")]
    public void What_names_no_country_is_refused(string? text)
    {
        Assert.False(Countries.TryNormalise(text, out var code));
        Assert.Equal("", code);
    }

    [Fact]
    public void A_code_has_an_English_name_and_an_unknown_code_stands_for_itself()
    {
        Assert.Equal("Yemen", Countries.NameOf("ye"));
        Assert.Equal("Yemen", Countries.NameOf("YE"));
        Assert.Equal("zz", Countries.NameOf("zz"));
    }
}
