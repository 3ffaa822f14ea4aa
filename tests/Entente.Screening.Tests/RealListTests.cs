using Entente.Lists;
using Entente.Records;

namespace Entente.Screening.Tests;

/// <summary>Accuracy on the real UN list, with floors a little below what <c>bench/</c> measures.</summary>
public sealed class RealListTests
{
    private static readonly Lazy<ScreeningIndex> Index = new(() => ScreeningIndex.Build(ListReader.Read(RealData.File("lists/un-consolidated.xml")).Entities));

    private static Screener UnitedNations()
    {
        _ = RealData.File("lists/un-consolidated.xml");
        return new Screener(Index.Value, MatchPolicy.Default);
    }

    [Theory]
    [InlineData("أسامة بن لادن")]
    [InlineData("Усама бен Ладен")]
    [InlineData("Oussama Ben Laden")]
    [InlineData("BIN LADIN USAMA")]
    public void One_man_in_any_script_leads_to_the_one_entry_that_names_him(string name)
    {
        Match first = UnitedNations().Screen(new Query { Names = [name] })[0];
        Assert.True(first.IsMatch);
        // He himself is no longer listed; his son is.
        Assert.Equal("un-QDi.421", first.Entity.Id);
        Assert.NotEmpty(first.Evidence);
    }

    [Fact]
    public void Mangled_names_of_listed_people_find_them()
    {
        Screener screener = UnitedNations();
        (string Name, string Reference)[] rows = [.. Rows("queries/un-listed-people.csv").Select(r => (r[0], r[^1]))];
        int found = rows.Count(r => screener.Screen(new Query { Names = [r.Name] }) is [{ IsMatch: true } first, ..] && (first.Entity.Id == "un-" + r.Reference || r.Reference.Contains(first.Entity.Id[3..], StringComparison.Ordinal)));
        Assert.True(found >= 0.99 * rows.Length, $"{found} of {rows.Length}");
    }

    [Fact]
    public void Ordinary_people_are_left_alone()
    {
        Screener screener = UnitedNations();
        string[] names = [.. Rows("queries/ordinary-people-global.csv").Select(r => r[0]).Where((_, i) => i % 10 == 0)];
        int alarms = names.Count(n => screener.Screen(new Query { Names = [n] }).Any(m => m.IsMatch));
        Assert.True(alarms <= names.Length / 500, $"{alarms} of {names.Length}");
    }

    [Fact]
    public void The_index_loses_nothing_that_a_scan_would_report()
    {
        Screener screener = UnitedNations();
        string[] names = [.. Rows("queries/un-listed-people.csv").Select(r => r[0]).Where((_, i) => i % 12 == 0), .. Rows("queries/ordinary-people-global.csv").Select(r => r[0]).Where((_, i) => i % 1000 == 0)];
        foreach (string name in names)
        {
            var query = new Query { Names = [name] };
            string[] scanned = [.. screener.Screen(query, exhaustive: true).Where(m => m.IsMatch).Select(m => m.Entity.Id)];
            Assert.Equal(scanned, screener.Screen(query).Where(m => m.IsMatch).Select(m => m.Entity.Id));
        }
    }

    [Fact]
    public void Every_listed_name_finds_its_bearer()
    {
        ListFile list = ListReader.Read(RealData.File("lists/un-consolidated.xml"));
        Screener screener = UnitedNations();
        Entity[] people = [.. list.Entities.Where(e => e.Schema is "Person" or "Organization").Where((_, i) => i % 5 == 0)];
        Assert.All(people, e => Assert.Contains(screener.Screen(new Query { Schema = e.Schema, Names = [e.Get("name")[0]] }), m => m.IsMatch && m.Entity.Id == e.Id));
    }

    /// <summary>Rows of a query file; its quoted fields hold commas but no quotes.</summary>
    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(RealData.File(file)).Skip(1).Select(line => System.Text.RegularExpressions.Regex.Matches(line, "(?:^|,)(?:\"([^\"]*)\"|([^,]*))").Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value).ToArray());
}
