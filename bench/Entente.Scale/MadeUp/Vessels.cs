using System.Globalization;
using Entente.Records;

namespace Entente.Scale.MadeUp;

/// <summary>Makes up vessels.</summary>
internal sealed class Vessels(NameStock stock)
{
    private static readonly string[] Flags = ["pa", "lr", "mh", "hk", "mt", "cy", "ir", "ru", "km", "tz", "ga", "ck", "cm", "vn", "tr"];

    private static readonly string[] Firsts =
    [
        "Sea", "Ocean", "Golden", "Silver", "Blue", "Northern", "Southern", "Eastern", "Atlantic", "Pacific", "Royal", "Lucky", "Bright", "Red", "White", "Grand", "New", "Swift", "Brave",
        "Noble", "Baltic", "Gulf", "Arctic", "Crystal", "Iron", "Morning", "Evening", "Happy", "Star", "Global",
    ];

    private static readonly string[] Seconds =
    [
        "Star", "Horizon", "Pearl", "Dawn", "Falcon", "Eagle", "Spirit", "Pride", "Glory", "Wave", "Breeze", "Trader", "Voyager", "Pioneer", "Fortune", "Harmony", "Queen", "Prince", "Bridge",
        "Wind", "Light", "Moon", "Sun", "Hope", "Victory", "Dream", "Lion", "Dragon", "Phoenix", "Carrier", "Venture", "Grace", "Sky", "Rose", "Express",
    ];

    public void Fill(EntityBuilder vessel, Dice dice)
    {
        vessel.Add("name", Name(dice));
        // Vessels change their names as often as their flags.
        while (dice.Chance(0.4))
            vessel.Add(dice.Chance(0.8) ? "previousName" : "alias", Name(dice));
        vessel.Add("flag", dice.Any(Flags));
        if (dice.Chance(0.9))
            vessel.Add("imoNumber", "IMO" + Imo(dice));
    }

    private string Name(Dice dice)
    {
        Culture culture = stock.Cultures.Draw(dice);
        Country country = dice.Any(culture.Countries);
        string name = dice.Next(6) switch
        {
            0 => culture.Surname(country, dice).Latin + " " + dice.Any(Seconds),
            1 => culture.Given(country, dice.Chance(0.5), dice).Latin + " " + dice.Any(Seconds)[..1],
            2 => culture.Given(country, dice.Chance(0.5), dice).Latin + " " + culture.Surname(country, dice).Latin,
            3 => culture.Surname(country, dice).Latin,
            _ => dice.Any(Firsts) + " " + dice.Any(Seconds),
        };
        return (dice.Chance(0.25) ? name + " " + (1 + dice.Next(30)).ToString(CultureInfo.InvariantCulture) : name).ToUpperInvariant();
    }

    /// <summary>A number whose last digit checks the others, as the IMO sets it: seven times the first digit, six times the second, and so on.</summary>
    private static string Imo(Dice dice)
    {
        string number = (900_000 + dice.Next(100_000)).ToString(CultureInfo.InvariantCulture);
        int sum = number.Select((digit, i) => (digit - '0') * (7 - i)).Sum();
        return number + (sum % 10).ToString(CultureInfo.InvariantCulture);
    }
}
