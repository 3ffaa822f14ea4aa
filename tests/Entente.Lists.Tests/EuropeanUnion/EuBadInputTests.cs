using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Lists.Tests.EuropeanUnion;

/// <summary>A list is read whole or refused with its place; what is unknown in it is named once.</summary>
public sealed class EuBadInputTests
{
    private static readonly string Valid = EuXml.List(EuXml.Entry(EuXml.Name));

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Valid);
        for (var length = 1; length < Encoding.UTF8.GetByteCount(Valid.AsSpan(0, Valid.LastIndexOf('>'))); length++)
            Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(bytes, 0, length), "eu.xml"));
    }

    [Fact]
    public void The_same_root_in_another_namespace_is_another_format() =>
        Assert.Contains("not a list format", Refused(Valid.Replace("fsd/export", "fsd/other", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_reference_that_is_missing_or_stands_twice_and_an_empty_list_are_refused()
    {
        Assert.Contains("neither euReferenceNumber nor logicalId", Refused(EuXml.List(EuXml.Entry(EuXml.Name, reference: "", id: ""))), StringComparison.Ordinal);
        Assert.Contains("EU.1.23 stands twice; first in line 3", Refused(EuXml.List(EuXml.Entry(EuXml.Name) + EuXml.Entry(EuXml.Name))), StringComparison.Ordinal);
        Assert.Contains("no entries", Refused(EuXml.List("")), StringComparison.Ordinal);
        Assert.Contains("no entries", Refused(EuXml.List("<other/>")), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_limit_is_enforced()
    {
        Assert.Contains("longer than 15 characters", Refused(Valid, new() { MaxValueLength = 15 }), StringComparison.Ordinal);
        Assert.Contains("more than 1 entities", Refused(Valid, new() { MaxEntities = 1 }), StringComparison.Ordinal);
        Assert.Contains("more than 2 elements", Refused(Valid, new() { MaxElementsPerRecord = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_format_is_not_known_to_have_is_named_once()
    {
        const string New = """<nameAlias wholeName="B" strong="true" shoeSize="45" logicalId="2"/><horoscope sign="lion"/>""";
        var list = EuXml.Read(EuXml.List(EuXml.Entry(EuXml.Name + New) + EuXml.Entry(EuXml.Name + New, reference: "EU.2.23")));
        Assert.Equal(4, list.Entities.Length);
        Assert.Equal(2, list.Warnings.Length);
        Assert.Contains("'shoeSize' of <nameAlias>", list.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("<horoscope>", list.Warnings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Doubtful_values_are_warned_of_and_the_rest_is_read()
    {
        var list = EuXml.Read(EuXml.List(EuXml.Entry("""<nameAlias wholeName="Tam&#xFFFD;m" gender="X" strong="true" logicalId="1"/>""", "hermit"))
            .Replace("classificationCode=\"P\"", "", StringComparison.Ordinal).Replace("2031-02-03T04", "soon", StringComparison.Ordinal));
        Assert.Equal("LegalEntity", list.Entities[0].Schema);
        Assert.Equal(4, list.Warnings.Length); // date of the list, type, letter, gender
        Assert.Null(list.Metadata.GeneratedAt);

        Assert.Contains("no name", Assert.Single(EuXml.ReadOne("<nameAlias wholeName=\" - \"/>").Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_text_in_any_attribute_is_read()
    {
        var places = Gen.Elements(
            "nameAlias wholeName", "nameAlias nameLanguage", "nameAlias gender", "nameAlias logicalId", "birthdate birthdate", "birthdate year", "birthdate monthOfYear",
            "birthdate dayOfMonth", "birthdate calendarType", "birthdate yearRangeFrom", "identification number", "identification validTo", "identification identificationTypeCode",
            "address countryIso2Code", "address city", "regulation publicationDate", "citizenship countryDescription");
        var texts = Gen.OneOf(
            Gen.Elements("", "1971", "1971-02-31", "ISLAMIC", "1400", "0", "-1", "99", "00", "imo", "9074729", "no. 5", "(", "نهر", "Нахр", "2147483648"),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => new string([.. s.Get.Where(System.Xml.XmlConvert.IsXmlChar)])));
        var element =
            from place in places
            from text in texts
            select $"<{place}=\"{System.Security.SecurityElement.Escape(text)}\"/>";
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Gen.ListOf(element, 4).ToArbitrary(),
            elements => EuXml.ReadOne(EuXml.Name + string.Concat(elements)).Entities[0].Get("name").Contains("Tamim Yusuf AL-NAHRI")));
    }

    private static string Refused(string xml, ListLimits? limits = null) => Assert.Throws<ListFormatException>(() => EuXml.Read(xml, limits)).Message;
}
