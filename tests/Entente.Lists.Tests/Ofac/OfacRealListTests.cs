using System.Globalization;
using System.Xml.Linq;
using Entente.Records;

namespace Entente.Lists.Tests.Ofac;

/// <summary>Against the lists as OFAC published them.</summary>
public sealed class OfacRealListTests
{
    private static ListFile Csv(int day = 3) => ListReader.Read(RealData.File(string.Create(CultureInfo.InvariantCulture, $"lists/ofac-2024-05-0{day}/sdn.csv")));

    [Fact]
    public void Every_entry_of_the_CSV_is_there()
    {
        var list = Csv();
        Assert.Equal("us-ofac-sdn", list.Metadata.Dataset);
        var bySchema = list.Entities.Where(e => e.Target == true).GroupBy(e => e.Schema).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal((6854, 6884, 851, 376), (bySchema["Person"], bySchema["Organization"], bySchema["Vessel"], bySchema["Airplane"]));
        Assert.Equal(list.Entities.Length, list.Entities.Select(e => e.Id).Distinct().Count());
        Assert.All(list.Entities.Where(e => e.Target == true), e => Assert.NotEmpty(e.Get("name")));
    }

    [Fact]
    public void Most_facts_of_the_remarks_have_a_place_in_FtM()
    {
        var list = Csv();
        var people = list.Entities.Where(e => e.Schema == "Person").ToList();
        // All but some hundred have a DOB in the remarks.
        Assert.InRange(people.Count(p => !p.Get("birthDate").IsEmpty), 6700, people.Count);
        Assert.All(people.SelectMany(p => p.Get("birthDate")), date => Assert.True(PartialDate.TryParse(date, out var read) && read.ToString() == date));
        Assert.InRange(people.Count(p => !p.Get("gender").IsEmpty), 4200, people.Count);
        Assert.Equal(288, list.Entities.Count(e => e.Schema == "CryptoWallet"));
        Assert.InRange(list.Entities.Count(e => e.Schema == "Vessel" && !e.Get("imoNumber").IsEmpty), 840, 851);

        // Some sixty thousand remarks; fewer than six hundred remain as text.
        Assert.InRange(list.Entities.Where(e => e.Target == true).Sum(e => e.Get("notes").Length), 1, 600);
        var countries = list.Entities.SelectMany(e => e.Properties)
            .Where(p => p.Key is "nationality" or "citizenship" or "country" or "flag" or "birthCountry" or "jurisdiction")
            .SelectMany(p => p.Value);
        // Regions and a league of states, which have no code, stay in OFAC's words.
        Assert.Equal(
            ["Commonwealth of Independent States", "Crimea", "Kafia Kingi", "Northern Mali"],
            countries.Where(code => !Countries.TryNormalise(code, out var known) || known != code).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_is_amiss_between_the_files_gives_a_warning()
    {
        var warnings = Csv().Warnings;
        Assert.Equal(3, warnings.Length);
        Assert.Contains(warnings, w => w.Message.Contains("sdn_comments.csv", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Message.Contains("2,727 rows of alt.csv", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Message.Contains("5,598 rows of add.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_lead_to_entities_of_the_same_file()
    {
        var list = Csv();
        var ids = list.Entities.Select(e => e.Id).ToHashSet();
        foreach (var entity in list.Entities)
        {
            foreach (var (property, values) in entity.Properties)
            {
                var type = Schemata.TypeOf(entity.Schema, property);
                Assert.NotNull(type);
                if (type == "entity")
                    Assert.All(values, value => Assert.Contains(value, ids));
            }
        }
    }

    [Fact]
    public void The_next_days_add_entries_and_keep_the_ids_of_the_others()
    {
        HashSet<string>[] days = [.. new[] { 1, 2, 3 }.Select(day => Csv(day).Entities.Where(e => e.Target == true).Select(e => e.Id).ToHashSet())];
        // Seven more on the second day, eight fewer on the third.
        Assert.Equal((7, -8), (days[1].Count - days[0].Count, days[2].Count - days[1].Count));
        Assert.InRange(days[0].Except(days[2]).Count(), 0, 20);
    }

    [Fact]
    public void The_consolidated_list_is_told_from_the_SDN_list_and_read_whole()
    {
        var path = RealData.File("lists/ofac-consolidated-2020-12-14.xml");
        var list = ListReader.Read(path);
        Assert.Equal(("us-ofac-cons", "12/14/2020"), (list.Metadata.Dataset, list.Metadata.Version));
        Assert.Equal((82, 294), (list.Entities.Count(e => e.Schema == "Person"), list.Entities.Count(e => e.Schema == "Organization")));
        Assert.Empty(list.Warnings);

        XNamespace ns = "http://tempuri.org/sdnList.xsd";
        var byId = list.Entities.ToDictionary(e => e.Id);
        foreach (var aka in XDocument.Load(path).Descendants(ns + "aka"))
        {
            var entity = byId["us-ofac-" + aka.Ancestors(ns + "sdnEntry").Single().Element(ns + "uid")!.Value];
            var name = string.Join(' ', $"{aka.Element(ns + "firstName")?.Value} {aka.Element(ns + "lastName")!.Value}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var expected = aka.Element(ns + "category")!.Value == "weak" ? "weakAlias" : aka.Element(ns + "type")!.Value == "f.k.a." ? "previousName" : "alias";
            Assert.Contains(entity.Statements, s => s.Value == name && (s.Property == expected || s.Property == "name"));
        }
        Assert.All(list.Entities, e => Assert.Equal(["us-ofac-cons"], e.Datasets));
    }

    [Fact]
    public void One_party_is_the_same_in_the_advanced_sample_and_in_the_CSV()
    {
        var advanced = ListReader.Read(RealData.File("lists/samples/sdn_advanced_sample_2026-05-21.xml"));
        var party = Assert.Single(advanced.Entities, e => e.Target == true);
        var csv = Csv().Entities.ToDictionary(e => e.Id);
        Assert.Equal(party.Get("name")[0], csv[party.Id].Get("name")[0], ignoreCase: true);
        Assert.Equal(advanced.Entities.Single(e => e.Schema == "CryptoWallet").Get("publicKey"), csv[advanced.Entities.Single(e => e.Schema == "CryptoWallet").Id].Get("publicKey"));
    }

    [Fact]
    public void The_current_namespace_is_read()
    {
        var list = ListReader.Read(RealData.File("lists/samples/sdn_xml_current_namespace_sample_2026-09-10.xml"));
        Assert.Equal(("us-ofac-sdn", 2, 0), (list.Metadata.Dataset, list.Entities.Count(e => e.Target == true), list.Warnings.Length));
        Assert.Equal(["Juan Carlos PÉREZ GÓMEZ"], list.Entities.Single(e => e.Schema == "Person").Get("name"));
    }
}
