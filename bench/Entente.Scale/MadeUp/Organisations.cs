using System.Globalization;
using Entente.Records;

namespace Entente.Scale.MadeUp;

/// <summary>Makes up companies and other bodies.</summary>
internal sealed class Organisations(NameStock stock)
{
    private const double HasOriginal = 0.4;

    /// <summary>What a body does, in English, and as it stands in Russian and Arabic names.</summary>
    private static readonly (string English, string Russian, string Arabic)[] Trades =
    [
        ("Trading", "Торговая компания", "للتجارة"), ("General Trading", "Торговый дом", "للتجارة العامة"), ("Shipping", "Судоходная компания", "للملاحة"),
        ("Construction", "Строительная компания", "للمقاولات"), ("Oil and Gas", "Нефтегазовая компания", "للنفط والغاز"), ("Petroleum", "Нефтяная компания", "للبترول"),
        ("Metals", "Металлургический завод", "للمعادن"), ("Electronics", "Электроника", "للإلكترونيات"), ("Aviation", "Авиационная компания", "للطيران"),
        ("Exchange", "Обменный дом", "للصرافة"), ("Investment", "Инвестиционная компания", "للاستثمار"), ("Engineering", "Инжиниринг", "للهندسة"),
        ("Logistics", "Логистика", "للخدمات اللوجستية"), ("Telecom", "Телеком", "للاتصالات"), ("Chemicals", "Химический завод", "للكيماويات"),
        ("Agriculture", "Агрокомпания", "للزراعة"), ("Import and Export", "Внешнеторговая компания", "للاستيراد والتصدير"), ("Travel and Tourism", "Туристическая компания", "للسياحة والسفر"),
        ("Security Services", "Охранное предприятие", "للخدمات الأمنية"), ("Machinery", "Машиностроительный завод", "للمعدات"), ("Real Estate", "Недвижимость", "للعقارات"),
        ("Media", "Медиа", "للإعلام"), ("Foundation", "Фонд", "الخيرية"), ("Research Institute", "Научно-исследовательский институт", "للبحوث"),
    ];

    private static readonly string[] Qualities = ["Global", "United", "First", "Golden", "Northern", "Eastern", "International", "Modern", "Royal", "Blue", "New", "Green", "Central", "Advanced", "Star", "Gulf", "Euro", "Trans", "Prime", "Crown"];
    private static readonly string[] WesternForms = ["LLC", "Ltd", "Limited", "Inc", "GmbH", "S.A.", "S.r.l.", "B.V.", "AG", "Corporation", "Co. Ltd", "Group", "Holding", "d.o.o.", "Pte. Ltd."];
    private static readonly string[] ArabicForms = ["LLC", "Co.", "Company", "FZE", "FZCO", "Est.", "Group", "Corporation"];
    private static readonly (string Latin, string Russian)[] RussianForms = [("OOO", "ООО"), ("AO", "АО"), ("ZAO", "ЗАО"), ("PAO", "ПАО"), ("LLC", "ООО"), ("JSC", "АО")];

    public void Fill(EntityBuilder body, Dice dice)
    {
        Culture culture = stock.Cultures.Draw(dice);
        Country country = dice.Any(culture.Countries);
        (string english, string russian, string arabic) = dice.Any(Trades);
        NamePart proper = culture.Surname(country, dice);
        string core = dice.Next(5) switch
        {
            0 => $"{dice.Any(Qualities)} {proper.Latin} {english}",
            1 => $"{proper.Latin} {culture.Surname(country, dice).Latin} {english}",
            2 => $"{proper.Latin} {dice.Any(Qualities)}",
            _ => $"{proper.Latin} {english}",
        };
        if (culture.Style == NamingStyle.EastSlavic)
        {
            (string latinForm, string russianForm) = dice.Any(RussianForms);
            body.Add("name", $"{latinForm} {core}");
            if (proper.Original is { } original && dice.Chance(HasOriginal))
                body.Add("name", $"{russianForm} «{russian} {original}»");
        }
        else
        {
            string form = dice.Any(culture.Style == NamingStyle.Arabic ? ArabicForms : WesternForms);
            body.Add("name", $"{core} {form}");
            if (culture.Style == NamingStyle.Arabic && proper.Original is { } original && dice.Chance(HasOriginal))
                body.Add("name", $"شركة {original} {arabic}");
            else if (culture.Style == NamingStyle.EastAsian && proper.Original is { } sign && dice.Chance(HasOriginal))
                body.Add("name", $"{sign}{Syllables.Given(country.Code, dice)?.Original}有限公司");
        }
        if (dice.Chance(0.35))
            body.Add("alias", core);
        if (dice.Chance(0.2))
            body.Add("alias", $"{core} {dice.Any(WesternForms)}");
        if (dice.Chance(0.15))
            body.Add("alias", $"{proper.Latin} {english} {dice.Any(WesternForms)}");
        if (dice.Chance(0.1))
            body.Add("weakAlias", string.Concat(core.Split(' ').Select(word => word[0])) + dice.Any(Qualities)[0]);

        if (dice.Chance(0.85))
            body.Add("country", country.Code);
        if (dice.Chance(0.5))
            body.Add("registrationNumber", dice.Next(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture));
    }
}
