namespace Entente.Records;

/// <summary>Month names of the languages that lists and registers use: English, French, Russian, Arabic (both name sets).</summary>
internal static class MonthNames
{
    private static readonly Dictionary<string, int> Months = Build();

    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Months.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryGet(ReadOnlySpan<char> word, out int month) => Lookup.TryGetValue(word, out month);

    private static Dictionary<string, int> Build()
    {
        string[] rows =
        [
            "jan january janv janvier янв январь января يناير جانفي",
            "feb february fév fev février fevrier фев февраль февраля فبراير شباط فيفري",
            "mar march mars мар март марта مارس آذار",
            "apr april avr avril апр апрель апреля أبريل ابريل نيسان أفريل",
            "may mai май мая مايو أيار ماي",
            "jun june juin июн июнь июня يونيو حزيران جوان",
            "jul july juil juillet июл июль июля يوليو تموز جويلية",
            "aug august aoû aou août aout авг август августа أغسطس اغسطس آب أوت",
            "sep sept september septembre сен сент сентябрь сентября سبتمبر أيلول",
            "oct october octobre окт октябрь октября أكتوبر اكتوبر",
            "nov november novembre ноя нояб ноябрь ноября نوفمبر",
            "dec december déc décembre decembre дек декабрь декабря ديسمبر",
        ];
        var months = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var word in rows[i].Split(' '))
                months.TryAdd(word, i + 1);
        }
        return months;
    }
}
