using System.Collections.Immutable;
using Entente.Exchange.Overlap.Keys;
using Entente.Exchange.Overlap.Protocol;
using Entente.Records;

namespace Entente.Exchange.Tests.Overlap;

public sealed class EntityKeysTests
{
    [Theory]
    [InlineData("تميم القذافي", "Tamime Kadhafi")]
    [InlineData("تميم القذافي", "Tamim Gaddafi")]
    [InlineData("تميم القذافي", "Тамим Каддафи")]
    [InlineData("Тамим Каддафи", "QADHAFI, Tamim")]
    [InlineData("عبد الرحمن الشريف", "Abderrahmane Cherif")]
    [InlineData("Абдуррахман аш-Шариф", "Abdul Rahman al-Sharif")]
    [InlineData("Шевченко Александр", "Alexandre Chevtchenko")]
    [InlineData("يوسف خالد الحسيني", "Youssef El Husseini")]
    public void One_name_in_two_scripts_meets_by_the_year_and_by_the_day_of_birth(string left, string right)
    {
        Assert.Contains(KeyKind.WordsAndYear, Shared(Person("a", left, "1961"), Person("b", right, "1961-03-04")));
        Assert.Contains(KeyKind.WordAndDay, Shared(Person("a", left, "1961-03-04"), Person("b", right, "1961-03-04")));
    }

    [Fact]
    public void Others_do_not_meet()
    {
        Assert.Empty(Shared(Person("a", "تميم القذافي", "1961-03-04"), Person("b", "Bernard Lemaître", "1961-03-04")));
        Assert.DoesNotContain(KeyKind.WordsAndYear, Shared(Person("a", "تميم القذافي", "1961"), Person("b", "Tamime Kadhafi", "1962")));
    }

    [Fact]
    public void Numbers_meet_however_they_are_written_and_only_in_their_space()
    {
        Assert.Equal([KeyKind.Number], Shared(Thing("a", "Vessel", "imoNumber", "IMO 9074729"), Thing("b", "Vessel", "imoNumber", "9074729")));
        Assert.Empty(Shared(Thing("a", "Vessel", "imoNumber", "9074729"), Thing("b", "Vessel", "mmsi", "9074729")));
        Assert.Equal([KeyKind.Number], Shared(Thing("a", "Person", "passportNumber", "A 123-456"), Thing("b", "Person", "idNumber", "a123456")));
        Assert.Equal([KeyKind.Number], Shared(Thing("a", "BankAccount", "iban", "FR76 3000 6000 0112"), Thing("b", "BankAccount", "iban", "FR76300060000112")));
        Assert.Empty(Shared(Thing("a", "Person", "passportNumber", "1234"), Thing("b", "Person", "passportNumber", "1234")));
        Assert.Empty(Shared(Thing("a", "CryptoWallet", "publicKey", "1BoatSLRHtKNngkdXEeobR76b53"), Thing("b", "CryptoWallet", "publicKey", "1bOATslrhTknNGKDxeEOBr76B53")));
    }

    [Fact]
    public void Organisations_meet_by_their_names()
    {
        Entity left = new EntityBuilder("a", "Organization", "d").Add("name", "مؤسسة الرشيد للتجارة").Build();
        Entity right = new EntityBuilder("b", "Organization", "d").Add("name", "Al-Rashid Trading Foundation").Build();
        Assert.NotEmpty(Shared(left, right));
    }

    [Fact]
    public void An_entity_that_says_nothing_has_no_keys()
    {
        Assert.Empty(EntityKeys.Of(new EntityBuilder("a", "Person", "d").Add("name", "12").Build()));
        Assert.Empty(EntityKeys.ForCounting(Person("a", "Tamime Kadhafi", "1961")));
        Assert.NotEmpty(EntityKeys.Of(Person("a", "Tamime Kadhafi", null)));
    }

    [Fact]
    public void Keys_are_bounded_and_each_is_there_once()
    {
        var builder = new EntityBuilder("a", "Person", "d");
        for (int i = 0; i < 30; i++)
            builder.Add("alias", $"Mohammed{(char)('a' + (i % 26))} Garcia{(char)('a' + (i * 7 % 26))} Vovkovic Dzhokhar Shchevtsov Chkhikvadze Jjj").Add("birthDate", $"19{50 + i}-01-02").Add("passportNumber", $"P{i:D7}");
        ImmutableArray<EntityKey> keys = EntityKeys.Of(builder.Build());
        Assert.Equal(EntityKeys.Most, keys.Length);
        Assert.Equal(keys.Length, keys.Select(key => key.Key).Distinct().Count());
        Assert.Equal(30, keys.Count(key => key.Kind == KeyKind.Number));
        Assert.InRange(EntityKeys.ForCounting(builder.Build()).Length, 1, OverlapInput.KeysOfEntity);
    }

    private static KeyKind[] Shared(Entity a, Entity b)
    {
        Dictionary<OverlapKey, KeyKind> ours = EntityKeys.Of(a).ToDictionary(key => key.Key, key => key.Kind);
        return [.. EntityKeys.Of(b).Where(key => ours.ContainsKey(key.Key)).Select(key => key.Kind).Distinct()];
    }

    private static Entity Person(string id, string name, string? born) => new EntityBuilder(id, "Person", "d").Add("name", name).Add("birthDate", born).Build();

    private static Entity Thing(string id, string schema, string property, string value) => new EntityBuilder(id, schema, "d").Add(property, value).Build();
}
