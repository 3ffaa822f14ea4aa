using Entente.Names.Keys;
using Entente.Names.Structure;

namespace Entente.Names.Tests;

public sealed class NameKeysTests
{
    [Theory]
    [InlineData("القذافي", "Kadhafi")]
    [InlineData("القذافي", "Gaddafi")]
    [InlineData("القذافي", "Каддафи")]
    [InlineData("محمد", "Mohammed")]
    [InlineData("خالد", "Халид")]
    [InlineData("Александр", "Alexandre")]
    [InlineData("Максим", "Maksim")]
    [InlineData("جمال", "Gamal")]
    public void One_word_in_two_scripts_has_a_coarse_key_and_a_finer_one_in_common(string left, string right)
    {
        WordKeys a = Assert.Single(Of(left)), b = Assert.Single(Of(right));
        Assert.NotEmpty(a.Coarse.Intersect(b.Coarse));
        Assert.NotEmpty(a.Fine.Concat(a.Known).Intersect(b.Fine.Concat(b.Known)));
    }

    [Fact]
    public void Words_that_join_or_adorn_a_name_have_no_keys()
    {
        Assert.Equal(2, Of("Dr. Tamim bin al-Nahri").Length);
        Assert.Empty(Of("12 345"));
        Assert.Single(Of("J. Nahri"));
    }

    [Fact]
    public void Names_that_sound_unlike_have_nothing_in_common()
    {
        WordKeys a = Assert.Single(Of("محمد")), b = Assert.Single(Of("Bernard"));
        Assert.Empty(a.Coarse.Intersect(b.Coarse));
        Assert.Empty(a.Known.Intersect(b.Known));
    }

    private static WordKeys[] Of(string text) => [.. NameKeys.Of(Name.Parse(text, NameKind.Person))];
}
