using Entente.Records;

namespace Entente.Screening.Tests;

/// <summary>A small list of fictional people and organisations.</summary>
internal static class Listed
{
    public static readonly Entity Tariq = new EntityBuilder("xx-1", "Person", "sample")
        .Add("name", "Tariq Salman al-Qadiri").Add("name", "طارق سلمان القادري").Add("alias", "Тарик Кадири")
        .Add("birthDate", "1971-03-14").Add("nationality", "jo").Add("gender", "male").Add("birthPlace", "Zarqa, Jordan").Add("passportNumber", "K 998-123").Build();

    public static readonly Entity Namesake = new EntityBuilder("xx-2", "Person", "sample")
        .Add("name", "Mohammed Ahmadi").Add("birthDate", "1963").Add("nationality", "af").Build();

    public static readonly Entity WeaklyNamed = new EntityBuilder("xx-3", "Person", "sample")
        .Add("name", "Grigory Zheleznyakovsky").Add("weakAlias", "Abu Ziyad").Add("birthDate", "1980").Add("birthDate", "1981").Build();

    public static readonly Entity Relief = new EntityBuilder("xx-4", "Organization", "sample")
        .Add("name", "International Bureau for Harvest and Wells").Add("alias", "المكتب الدولي للحصاد والآبار").Build();

    public static readonly Entity Ship = new EntityBuilder("xx-5", "Vessel", "sample").Add("name", "Sea Falcon 7").Add("imoNumber", "9074729").Build();

    public static readonly ScreeningIndex Index = ScreeningIndex.Build([Tariq, Namesake, WeaklyNamed, Relief, Ship]);

    public static readonly Screener Screener = new(Index, MatchPolicy.Default with { Cutoff = 0.01 });
}
