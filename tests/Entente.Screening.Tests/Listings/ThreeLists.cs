using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Listings;

namespace Entente.Screening.Tests.Listings;

/// <summary>Three fictional lists, in Latin, Arabic and Cyrillic letters. People of one number in their ids are meant to be one.</summary>
internal static class ThreeLists
{
    public static readonly ImmutableArray<Entity> All =
    [
        // The same man in three scripts, the same day of birth.
        Person("latin", 1, "1971-03-14", "Tariq Salman al-Qadiri"),
        Person("arabic", 1, "1971-03-14", "طارق سلمان القادري"),
        Person("cyrillic", 1, "1971-03-14", "Тарик Салман аль-Кадири"),

        // His namesake, born on another day.
        Person("arabic", 2, "1984-11-02", "طارق سلمان القادري"),

        // Father and son.
        Person("latin", 3, "1950-06-09", "Grigory Pavlovich Zheleznyakovsky"),
        Person("cyrillic", 4, "1976-02-17", "Григорий Павлович Железняковский"),

        // A woman and her brother, twins.
        Person("latin", 5, "1990-08-21", "Salma Haddar al-Tamimi"),
        Person("arabic", 6, "1990-08-21", "سالم هدار التميمي"),

        // The first of January stands for 'that year'.
        Person("latin", 7, "1966-01-01", "Hamid Rustami Bazargan"),
        Person("cyrillic", 8, "1966-01-01", "Хамид Рустами Базарган"),

        Organisation("latin", 9, "jo", "Zarnabad Kelvanite Works Ltd"),
        Organisation("cyrillic", 9, "jo", "ООО Зарнабад Келванит Works"),
        Organisation("arabic", 10, "jo", "Zarnabad Kelvanite Works Ltd"),

        // The same name, another country; and a common name in one country.
        Organisation("latin", 11, "ly", "Tarmouk Velindra Agency"),
        Organisation("arabic", 12, "my", "Tarmouk Velindra Agency"),
    ];

    public static Entity Person(string list, int number, string? birthDate, string name, Action<EntityBuilder>? more = null) => Build(list, number, "Person", name, b =>
    {
        b.Add("birthDate", birthDate);
        more?.Invoke(b);
    });

    public static Entity Organisation(string list, int number, string? country, string name, Action<EntityBuilder>? more = null) => Build(list, number, "Organization", name, b =>
    {
        b.Add("country", country);
        more?.Invoke(b);
    });

    public static Entity Build(string list, int number, string schema, string name, Action<EntityBuilder> more)
    {
        EntityBuilder builder = new EntityBuilder($"{list}-{number}", schema, list).Add("name", name);
        more(builder);
        return builder.Build();
    }

    /// <summary>The sanction of an entry, with the reference of the United Nations that it carries.</summary>
    public static Entity Sanction(Entity entry, string unReference, bool own = false) =>
        new EntityBuilder(entry.Id + "-sanction", "Sanction", entry.Datasets[0]).Add("entity", entry.Id).Add("unscId", unReference)
            .Add("recordId", own ? unReference : "other").Add("program", "Programme of " + entry.Datasets[0]).Add("authority", "Authority of " + entry.Datasets[0]).Build();

    public static EntityJudgement Judge(string left, string right, Judgement judgement, string? at = null) =>
        new(left, right, judgement, "an analyst", "read both files", at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The groups as text: what is one, by canonical id.</summary>
    public static string[] Groups(IEnumerable<Entity> entities, params EntityJudgement[] judgements) =>
        [.. EntityResolver.Resolve(entities, [.. judgements]).Groups.Select(g => $"{g.CanonicalId}: {string.Join(' ', g.Referents.Select(r => r.Id))}")];
}
