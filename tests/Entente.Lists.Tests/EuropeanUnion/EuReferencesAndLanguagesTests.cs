namespace Entente.Lists.Tests.EuropeanUnion;

/// <summary>UN references and languages of names, which several lists have; shown on the EU's.</summary>
public sealed class EuReferencesAndLanguagesTests
{
    [Theory]
    [InlineData("FXi.430", "FXi.430")]
    [InlineData("FXE.145", "FXe.145")]
    [InlineData("fxi.002", "FXi.002")]
    public void A_UN_reference_is_read_whatever_its_case(string text, string expected) =>
        Assert.Equal([expected], EuXml.ReadOne(EuXml.Name, attributes: $"unitedNationId=\"{text}\"").Sanction().Get("unscId"));

    [Theory]
    [InlineData("FXi.43")] // cut short: it may be FXi.430 to FXi.439 as well as FXi.043
    [InlineData("FXi.4300")]
    [InlineData("FXx.430")]
    [InlineData("FXi-430")]
    public void What_is_no_whole_UN_reference_names_nobody(string text)
    {
        var list = EuXml.ReadOne(EuXml.Name, attributes: $"unitedNationId=\"{text}\"");
        Assert.Empty(list.Sanction().Get("unscId"));
        Assert.Equal(["UN reference: " + text], list.Entities[0].Get("notes"));
        Assert.Contains("not a whole UN reference", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UN Ref. (Permanent reference number): FXi.002. Photo available.", "FXi.002")]
    [InlineData("Ferryman. UN ID: FXi.003", "FXi.003")]
    [InlineData("(FXe.004)", "FXe.004")]
    public void A_labelled_reference_is_the_entrys_own(string remark, string expected) =>
        Assert.Equal([expected], EuXml.ReadOne($"{EuXml.Name}<remark>{remark}</remark>").Sanction().Get("unscId"));

    [Theory]
    [InlineData("Owned by Tamim al-Nahri (FXi.001) as of mid-2016.")]
    [InlineData("UN designation; associated with the River Ferry (FXe.001).")]
    [InlineData("UN ref. pending")]
    public void A_reference_that_is_merely_mentioned_is_somebody_elses(string remark)
    {
        var list = EuXml.ReadOne($"{EuXml.Name}<remark>{remark}</remark>");
        Assert.Empty(list.Sanction().Get("unscId"));
        Assert.Equal([remark], list.Entities[0].Get("notes"));
    }

    [Theory]
    [InlineData("Тамим Нахри", "RU", "rus")]
    [InlineData("Тамим Нахри", "BG", "bul")]
    [InlineData("Тамим Нахри", "EN", "rus")] // labelled wrongly, as lists do
    [InlineData("Tamim Nahri", "RU", null)]
    [InlineData("Tamim Nahri", "FR", "fra")]
    [InlineData("تميم النهري", "AR", "ara")]
    [InlineData("تميم النهري", "", "ara")]
    [InlineData("Τίμος Ποτάμιος", "EL", "ell")]
    [InlineData("Tamîm Nehrî", "KU", "kur")]
    [InlineData("Iван Рака", "", "rus")] // a Latin I before Cyrillic letters
    [InlineData("Iван Ракаў", "", "bel")]
    [InlineData("Tamim", "XX", null)]
    public void The_language_is_believed_where_the_letters_allow_it(string name, string language, string? expected)
    {
        var person = EuXml.ReadOne($"<nameAlias wholeName=\"{name}\" nameLanguage=\"{language}\" strong=\"true\" logicalId=\"1\"/>").Entities[0];
        Assert.Equal(expected, Assert.Single(person.Statements, s => s.Property == "name").Lang);
    }
}
