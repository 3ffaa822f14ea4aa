using System.Xml.Linq;
using Entente.Records;

namespace Entente.Lists.Tests.UnitedNations;

/// <summary>Against the list as the UN published it.</summary>
public sealed class UnRealListTests
{
    private static (ListFile List, XDocument Xml) Real(string file = "lists/un-consolidated.xml")
    {
        var path = RealData.File(file);
        return (ListReader.Read(path), XDocument.Load(path));
    }

    private static string Even(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("lists/un-consolidated.xml", 730, 273, 378)]
    [InlineData("lists/un-consolidated-2021-01-18.xml", 710, 293, null)]
    public void Every_entry_and_every_name_in_original_script_is_there(string file, int persons, int organizations, int? originals)
    {
        var (list, xml) = Real(file);
        Assert.Equal(persons, list.Entities.Count(e => e.Schema == "Person"));
        Assert.Equal(organizations, list.Entities.Count(e => e.Schema == "Organization"));
        Assert.Equal(persons + organizations, list.Entities.Count(e => e.Schema == "Sanction"));
        Assert.Equal(list.Entities.Length, list.Entities.Select(e => e.Id).Distinct().Count());

        var byId = list.Entities.ToDictionary(e => e.Id);
        var found = 0;
        foreach (var original in xml.Descendants("NAME_ORIGINAL_SCRIPT").Where(e => Even(e.Value).Length > 0))
        {
            var entity = byId["un-" + original.Parent!.Element("REFERENCE_NUMBER")!.Value.Trim()];
            Assert.Contains(Even(original.Value), entity.Get("name"));
            found++;
        }
        if (originals is not null)
            Assert.Equal(originals, found);
    }

    [Fact]
    public void Every_letter_of_every_name_field_is_somewhere_in_the_entity()
    {
        var (list, xml) = Real();
        var byId = list.Entities.ToDictionary(e => e.Id);
        foreach (var element in xml.Descendants().Where(e => e.Name.LocalName is "ALIAS_NAME" && Even(e.Value).Length > 0))
        {
            var entity = byId["un-" + element.Ancestors().First(a => a.Element("REFERENCE_NUMBER") is not null).Element("REFERENCE_NUMBER")!.Value.Trim()];
            var field = Even(element.Value);
            // The whole field is a name, or the wording that names were taken from.
            Assert.Contains(entity.Statements, s => s.Value == field || s.OriginalValue == field);
        }
    }

    [Fact]
    public void Every_value_that_has_a_place_in_FtM_is_in_it()
    {
        var (list, xml) = Real();
        var people = list.Entities.Where(e => e.Schema == "Person").ToList();
        int Count(string element) => xml.Descendants(element).Count(e => e.Parent!.Name.LocalName == "INDIVIDUAL_DOCUMENT" && Even(e.Value).Length > 0);

        Assert.InRange(list.Entities.Count(e => e.Schema is "Passport" or "Identification"), Count("NUMBER"), Count("TYPE_OF_DOCUMENT"));
        Assert.All(people.SelectMany(p => p.Get("birthDate")), date => Assert.True(PartialDate.TryParse(date, out var read) && read.ToString() == date));
        Assert.All(people.SelectMany(p => p.Get("nationality")), code => Assert.True(code.Length is 2 or 4 || !Countries.TryNormalise(code, out _)));
        Assert.All(list.Entities.Where(e => e.Schema == "Sanction"), s => Assert.Single(s.Get("listingDate")));

        // Only what is no Gregorian date, and one name that the publisher damaged, gives cause to complain.
        Assert.Equal(["LYi.022", "QDi.291", "TAi.068"], list.Warnings.Select(w => w.Reference));
    }

    [Fact]
    public void Links_lead_to_entities_of_the_same_file()
    {
        var (list, _) = Real();
        var ids = list.Entities.Select(e => e.Id).ToHashSet();
        foreach (var entity in list.Entities)
        {
            foreach (var (property, values) in entity.Properties)
            {
                if (Schemata.TypeOf(entity.Schema, property) == "entity")
                    Assert.All(values, value => Assert.Contains(value, ids));
                Assert.NotNull(Schemata.TypeOf(entity.Schema, property));
            }
        }
    }

    [Fact]
    public void One_known_entry_is_read_as_a_person_would_read_it()
    {
        var (list, _) = Real();
        var entry = list.Entities.Single(e => e.Id == "un-QDi.430");
        Assert.Equal("EMRAAN ALI", entry.Caption);
        Assert.Equal(["1967-07-04"], entry.Get("birthDate"));
        Assert.Equal(["tt", "us"], entry.Get("nationality"));
        Assert.Equal(["TB162181", "420985453"], entry.Get("passportNumber"));
        Assert.Equal(["19670704052"], entry.Get("idNumber"));
        Assert.Equal(["Abu Jihad TNT"], entry.Get("weakAlias"));
        Assert.Equal(2, entry.Get("addressEntity").Length);
        Assert.Equal(["2021-11-23"], list.Entities.Single(e => e.Id == "un-QDi.430-sanction").Get("listingDate"));
    }
}
