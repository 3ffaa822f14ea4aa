using Entente.Names.Scripts;
using Entente.Records;
using Entente.Records.Json;
using Entente.Scale.MadeUp;

namespace Entente.Scale.Tests;

/// <summary>The made-up lists that scale is measured with: a bench on a list that changes, or is all Latin, measures nothing.</summary>
public sealed class MadeUpListTests : IDisposable
{
    private const int Entities = 4000;

    private readonly string _folder = Directory.CreateTempSubdirectory("entente-scale-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_seed_makes_the_same_list_and_a_shorter_one_is_its_beginning()
    {
        string[] list = [.. Own().Entities(Entities, seed: 7).Select(EntityJson.ToText)];

        Assert.Equal(list, Own().Entities(Entities, seed: 7).Select(EntityJson.ToText));
        Assert.Equal(list.Take(100), Own().Entities(100, seed: 7).Select(EntityJson.ToText));
        Assert.NotEqual(list, Own().Entities(Entities, seed: 8).Select(EntityJson.ToText));
    }

    [Fact]
    public void Most_are_people_then_organisations_then_vessels()
    {
        ILookup<string, Entity> kinds = Own().Entities(Entities, seed: 1).ToLookup(entity => entity.Schema);

        Assert.InRange(kinds["Person"].Count(), 0.55 * Entities, 0.65 * Entities);
        Assert.InRange(kinds["Company"].Count() + kinds["Organization"].Count(), 0.25 * Entities, 0.35 * Entities);
        Assert.InRange(kinds["Vessel"].Count(), 0.07 * Entities, 0.13 * Entities);
    }

    [Fact]
    public void Names_of_one_bearer_differ_and_stand_in_several_scripts()
    {
        Entity[] list = [.. Own().Entities(Entities, seed: 1)];

        Assert.Superset(
            new HashSet<Script> { Script.Latin, Script.Arabic, Script.Cyrillic },
            list.SelectMany(Names).Select(name => ScriptOf.Text(name)).ToHashSet());
        Assert.All(list.Where(entity => entity.Schema == "Person"), entity => Assert.Equal(Names(entity).Distinct(), Names(entity)));
        Assert.Contains(list, entity => entity.Get("name").Contains("Тимур Назарович Ковылёв"));
        Assert.Contains(list, entity => entity.Get("alias").Any(alias => alias.Contains("Tarek", StringComparison.Ordinal)));
    }

    [Fact]
    public void From_the_real_stock_one_in_seven_bears_a_name_in_its_own_script()
    {
        string folder = Path.GetDirectoryName(RealData.File("names/arabic-latin-tokens.csv"))!;
        Entity[] list = [.. new MadeUpList(NameStock.Read(folder)).Entities(20_000, seed: 1)];

        Script[] others = [.. list.Select(entity => Names(entity).Select(name => ScriptOf.Text(name)).FirstOrDefault(script => script > Script.Latin)).Where(script => script > Script.Latin)];
        Assert.InRange(others.Length, 0.11 * list.Length, 0.19 * list.Length);
        Assert.Equal([Script.Arabic, Script.Cyrillic, Script.Hebrew, Script.Other], others.Distinct().Order());
        Assert.InRange(list.Select(entity => entity.Get("name")[0]).Distinct().Count(), 0.9 * list.Length, list.Length);
    }

    private static IEnumerable<string> Names(Entity entity) =>
        new[] { "name", "alias", "weakAlias", "previousName" }.SelectMany(property => entity.Get(property));

    /// <summary>A list from a stock as small as it may be.</summary>
    private MadeUpList Own()
    {
        void Write(string file, params IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(_folder, file), lines);
        Write("arabic-latin-tokens.csv", "latin,other,count", "tariq,طارق,9", "tarek,طارق,6", "qadiri,قادري,3", "hassoun,حسون,2");
        Write("cyrillic-latin-tokens.csv", "latin,other,count", "kovylev,ковылёв,4", "brandt,брандт,5", "lindqvist,линдквист,2");
        Write("hebrew-latin-tokens.csv", "latin,other,count", "barzilai,ברזילאי,2");
        Write(
            "common-forenames-by-country.csv",
            "Country,Index,Gender,Localized Name,Romanized Name",
            "SA,1,M,Tariq,Tariq", "SA,2,M,Hassoun,Hassoun", "SA,1,F,Layal,Layal",
            "RU,1,M,Тиму́р,Timur", "RU,2,M,Назар,Nazar", "RU,1,F,Ярина,Yarina",
            "SE,1,M,Nils,Nils", "SE,1,F,Ebba,Ebba");
        Write("common-surnames-by-country.csv", "Country,Rank,Localized Name,Romanized Name", "SE,1,Lindqvist,Lindqvist");
        return new MadeUpList(NameStock.Read(_folder));
    }
}
