using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.Russia;

/// <summary>Names as Rosfinmonitoring writes them: family name, given name, patronymic, in capitals.</summary>
internal static class RfmNames
{
    private static readonly string[] Patronymics = ["ВИЧ", "ЬИЧ", "МИЧ", "КИЧ", "ВНА", "ИЧНА", "ИНИЧНА"];

    // 'Son of' and 'daughter of' of Turkic and Persian names, a word of their own.
    private static readonly HashSet<string> Filiations = new(StringComparer.OrdinalIgnoreCase)
    {
        "ОГЛЫ", "ОГЛУ", "ОГЛИ", "УГЛИ", "УУЛУ", "УЛУ", "УЛЫ", "КЫЗЫ", "ГЫЗЫ", "КИЗИ",
    };

    /// <summary>Whether the name ends in a patronymic, as names of people only do.</summary>
    public static bool HasPatronymic(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 3 and <= 5 && IsPatronymic(words[^1]);
    }

    /// <summary>Adds the name of the entry; of a person also its parts.</summary>
    public static void AddMain(RecordDraft record, string name)
    {
        Add(record, "name", name);
        if (record.Subject.Schema != "Person")
            return;
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || NameLanguage.MainScript(name) is not ScriptLanguage.Script.Cyrillic)
            return;
        AddParts(record, words[0], words[1], words.Length > 2 ? string.Join(' ', words[2..]) : null);
    }

    /// <summary>Adds the parts of the main name.</summary>
    public static void AddParts(RecordDraft record, string? family, string? given, string? rest)
    {
        var patronymic = rest is not null && IsPatronymic(rest.Split(' ')[^1]);
        record.Subject.Add("lastName", family).Add("firstName", given).Add(patronymic ? "fatherName" : "middleName", rest);
    }

    /// <summary>Adds another name. One word alone may be anybody's: it is a weak one.</summary>
    public static void AddOther(RecordDraft record, string name) =>
        Add(record, record.Subject.Schema == "Person" && !name.Contains(' ', StringComparison.Ordinal) ? "weakAlias" : "alias", name);

    private static void Add(RecordDraft record, string property, string name)
    {
        if (name.Any(char.IsLetterOrDigit) && !record.Subject.Has("name", name))
            record.Subject.Add(property, name, NameLanguage.Of(name, "rus"));
    }

    private static bool IsPatronymic(string word) =>
        Filiations.Contains(word) || (word.Length > 5 && Array.Exists(Patronymics, ending => word.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
}
