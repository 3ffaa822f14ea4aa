using System.Xml.Linq;
using Entente.Records;

namespace Entente.Lists.Tests.UnitedKingdom;

/// <summary>Against the list as the UK publishes it.</summary>
public sealed class UkRealListTests
{
    private static string Even(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Every_entry_and_every_name_is_there()
    {
        var path = RealData.File("lists/uk-sanctions-list.xml");
        var list = ListReader.Read(path);
        Assert.Equal(4036, list.Entities.Count(e => e.Schema == "Person"));
        Assert.Equal(1647, list.Entities.Count(e => e.Schema == "Organization"));
        Assert.Equal(666, list.Entities.Count(e => e.Schema == "Vessel"));
        Assert.Equal(6349, list.Entities.Count(e => e.Schema == "Sanction" && e.Get("listingDate").Length == 1));
        Assert.Empty(list.Warnings);

        var byId = list.Entities.ToDictionary(e => e.Id);
        foreach (var record in XDocument.Load(path).Root!.Elements("Designation"))
        {
            var entity = byId["gb-" + record.Element("UniqueID")!.Value];
            string[] names = [.. entity.Get("name"), .. entity.Get("alias"), .. entity.Get("weakAlias")];
            foreach (var name in record.Descendants("Name").Where(name => name.Elements().Any(part => part.Name != "NameType" && part.Name != "AliasStrength" && Even(part.Value).Length > 0)))
                Assert.Contains(Even(string.Join(' ', Enumerable.Range(1, 6).Select(i => name.Element("Name" + i)?.Value))), names);
            foreach (var name in record.Descendants("NameNonLatinScript"))
                Assert.Contains(entity.Statements, s => s.Value == Even(name.Value) || s.OriginalValue == Even(name.Value));
        }
    }

    [Fact]
    public void UN_references_lead_to_the_UN_list()
    {
        var uk = ListReader.Read(RealData.File("lists/uk-sanctions-list.xml"));
        var un = ListReader.Read(RealData.File("lists/un-consolidated.xml")).Entities.SelectMany(e => e.Get("unscId")).ToHashSet();
        var references = uk.Entities.SelectMany(e => e.Get("unscId")).ToList();
        Assert.Equal(1004, references.Count);
        Assert.True(references.Count(un.Contains) > 900);
    }

    [Fact]
    public void Properties_are_of_the_vocabulary_and_countries_are_codes()
    {
        var list = ListReader.Read(RealData.File("lists/uk-sanctions-list.xml"));
        var ids = list.Entities.Select(e => e.Id).ToHashSet();
        Assert.Equal(list.Entities.Length, ids.Count);
        foreach (var entity in list.Entities)
        {
            foreach (var (property, values) in entity.Properties)
            {
                var type = Schemata.TypeOf(entity.Schema, property);
                Assert.NotNull(type);
                if (type == "entity")
                    Assert.All(values, value => Assert.Contains(value, ids));
                if (type == "country")
                    Assert.All(values, value => Assert.Equal(2, value.Length));
            }
        }
    }

    [Fact]
    public void The_details_of_the_samples_are_read()
    {
        var xml = ListReader.Read(RealData.File("lists/samples/uk_xml_individual_details_sample_2026-09.xml"));
        Assert.Equal(["P04581926"], xml.Entities.Single(e => e.Id == "gb-AFG0006").Get("passportNumber"));
        Assert.Equal(["1027700132195", "190950894", "7704734000/770301001"], xml.Entities.Single(e => e.Id == "gb-RUS1234").Get("registrationNumber"));

        var csv = ListReader.Read(RealData.File("lists/samples/uk_sanctions_list_csv_header_sample_2026-02.csv"));
        Assert.Empty(csv.Warnings);
        Assert.Equal(["1958-01-01"], csv.Entities.Single(e => e.Id == "gb-AFG0006").Get("birthDate"));
        Assert.Equal(["A1234567"], csv.Entities.Single(e => e.Id == "gb-AFG0006").Get("passportNumber"));
    }
}
