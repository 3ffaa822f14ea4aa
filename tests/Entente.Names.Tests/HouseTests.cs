namespace Entente.Names.Tests;

public sealed class HouseTests
{
    [Fact]
    public void Unicode_normalisation_works() =>
        Assert.Equal("A", "\uFF21".Normalize(System.Text.NormalizationForm.FormKC));
}
