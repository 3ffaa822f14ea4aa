using System.Xml.Linq;
using Entente.Records;

namespace Entente.Lists.Tests.EuropeanUnion;

/// <summary>Against the list as the EU publishes it.</summary>
public sealed class EuRealListTests
{
    private static readonly XNamespace Ns = "http://eu.europa.ec/fpi/fsd/export";

    private static string Even(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Every_entry_and_every_name_is_there()
    {
        var path = RealData.File("lists/eu-fsf.xml");
        var list = ListReader.Read(path);
        Assert.Equal(4341, list.Entities.Count(e => e.Schema == "Person"));
        Assert.Equal(1519, list.Entities.Count(e => e.Schema is "Organization" or "Vessel"));
        Assert.Equal(5860, list.Entities.Count(e => e.Schema == "Sanction"));
        Assert.Equal(["New Konk", "Unica"], list.Entities.Where(e => e.Schema == "Vessel").Select(e => e.Caption).Order());

        var byId = list.Entities.ToDictionary(e => e.Id);
        foreach (var record in XDocument.Load(path).Descendants(Ns + "sanctionEntity"))
        {
            var entity = byId["eu-fsf-" + record.Attribute("euReferenceNumber")!.Value];
            var names = entity.Get("name").Concat(entity.Get("alias")).ToHashSet();
            foreach (var name in record.Elements(Ns + "nameAlias"))
                Assert.Contains(Even(name.Attribute("wholeName")!.Value), names);
        }
    }

    [Fact]
    public void Names_in_other_scripts_have_a_language_of_that_script()
    {
        var list = ListReader.Read(RealData.File("lists/eu-fsf.xml"));
        var languages = list.Entities.SelectMany(e => e.Statements).Where(s => s.Property is "name" or "alias").ToLookup(s => s.Lang);
        Assert.True(languages["ara"].Count() > 300);
        Assert.True(languages["rus"].Count() > 2500);
        Assert.DoesNotContain(languages["rus"], s => s.Value.All(c => c < 0x250));
        Assert.DoesNotContain(languages["eng"], s => s.Value.Any(c => c is >= '\u0621' and <= '\u064A'));
    }

    [Fact]
    public void Nearly_every_birth_date_is_a_date_and_only_doubtful_values_are_warned_of()
    {
        var path = RealData.File("lists/eu-fsf.xml");
        var list = ListReader.Read(path);
        var people = list.Entities.Where(e => e.Schema == "Person").ToList();
        var given = XDocument.Load(path).Descendants(Ns + "sanctionEntity")
            .Count(e => e.Elements(Ns + "birthdate").Any(b => (b.Attribute("birthdate") ?? b.Attribute("year")) is not null));
        Assert.InRange(people.Count(p => !p.Get("birthDate").IsEmpty), given - 4, given);
        Assert.All(people.SelectMany(p => p.Get("birthDate")), date => Assert.True(PartialDate.TryParse(date, out var read) && read.Year > 1900));

        // Four years of an uncertain calendar, four references cut short, one man's gender on an enterprise.
        Assert.Equal(9, list.Warnings.Length);
        Assert.Equal(84, list.Entities.Count(e => !e.Get("unscId").IsEmpty));
    }

    [Fact]
    public void Links_and_properties_are_of_the_vocabulary()
    {
        var list = ListReader.Read(RealData.File("lists/eu-fsf.xml"));
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
            }
        }
    }

    [Fact]
    public void The_official_sample_is_read_without_a_warning_and_keeps_its_ids_over_the_years()
    {
        var old = ListReader.Read(RealData.File("lists/eu-fsf-sample-2018.xml"));
        Assert.Empty(old.Warnings);
        Assert.Equal(["eu-fsf-EU.36.64", "eu-fsf-EU.3523.13"], old.Entities.Where(e => e.Target == true).Select(e => e.Id));
        Assert.Equal(["AD001095"], old.Entities[0].Get("passportNumber"));
        Assert.Equal(["1924-02-21"], old.Entities[0].Get("birthDate"));

        var later = ListReader.Read(RealData.File("lists/eu-fsf.xml")).Entities.Single(e => e.Id == "eu-fsf-EU.3523.13");
        Assert.Contains("IBDA-C", later.Get("alias").Concat(later.Get("name")));
    }
}
