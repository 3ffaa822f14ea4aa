using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.UnitedKingdom;

/// <summary>Reads names: Name1 to Name5 are given names, Name6 is the family name, or the whole name where it stands alone.</summary>
internal static class UkNames
{
    private static readonly string[] GivenNames = ["Name1", "Name2", "Name3", "Name4", "Name5"];

    public static void Read(ListElement names, RecordDraft context)
    {
        // The primary name first, so that it is the caption wherever it stands.
        foreach (var name in names.Children.OrderBy(name => IsPrimary(name) ? 0 : 1))
        {
            if (name.Name == "Name")
                ReadOne(name, context);
        }
    }

    /// <summary>Reads the names in other scripts; a few are in fact in Latin letters, and those are aliases.</summary>
    public static void ReadNonLatin(ListElement names, RecordDraft context)
    {
        foreach (var name in names.All("NonLatinName"))
        {
            if (name.Value("NameNonLatinScript") is not { } field)
                continue;
            var language = name.Value("NonLatinScriptLanguage");
            foreach (var text in Brackets.SplitOutside(field, ';'))
            {
                if (!text.Any(char.IsLetterOrDigit))
                    continue;
                var property = NameLanguage.MainScript(text) == ScriptLanguage.Script.Latin ? "alias" : "name";
                if (!context.Subject.Has(property, text))
                    context.Subject.Add(property, text, NameLanguage.Of(text, language), field);
            }
            if (language is not null && NameLanguage.Code(language) is null)
                context.Subject.Add("notes", $"{field}: {language}");
        }
    }

    private static bool IsPrimary(ListElement name) =>
        string.Equals(name.Value("NameType"), "Primary Name", StringComparison.OrdinalIgnoreCase);

    private static void ReadOne(ListElement name, RecordDraft context)
    {
        var given = string.Join(' ', GivenNames.Select(name.Value).Where(part => part is not null));
        var family = name.Value("Name6");
        var whole = family is null ? given : given.Length == 0 ? family : $"{given} {family}";
        if (!whole.Any(char.IsLetterOrDigit))
            return;

        var subject = context.Subject;
        var property = Property(name, context);
        if (!subject.Has(property, whole))
            subject.Add(property, whole, NameLanguage.Of(whole, null));
        if (Brackets.Extract(whole) is { Groups.Count: 1 } cut && Acronym.Fits(cut.Groups[0], cut.Outside))
            AddAcronym(cut.Groups[0], cut.Outside, whole, property, subject);

        if (property == "name" && subject.Schema == "Person" && given.Length > 0)
        {
            var others = string.Join(' ', GivenNames.Skip(1).Select(name.Value).Where(part => part is not null));
            subject.Add("firstName", name.Value("Name1")).Add("middleName", others).Add("lastName", family);
        }
    }

    // 'HARAKAT UL-MUJAHIDIN (HUM)' is also listed without its acronym, and under it.
    private static void AddAcronym(string acronym, string outside, string whole, string property, EntityBuilder subject)
    {
        subject.Add(property, outside, originalValue: whole).Add("weakAlias", acronym, originalValue: whole);
        if (Schemata.IsA(subject.Schema, "Organization"))
            subject.Add("abbreviation", acronym, originalValue: whole);
    }

    private static string Property(ListElement name, RecordDraft context)
    {
        if (IsPrimary(name))
            return "name";
        var strength = name.Value("AliasStrength");
        switch (name.Value("NameType")?.ToUpperInvariant())
        {
            case "ALIAS" or "PRIMARY NAME VARIATION" or null:
                return strength is not null && strength.StartsWith("Low", StringComparison.OrdinalIgnoreCase) ? "weakAlias" : "alias";
            case "FKA" or "F.K.A." or "F.K.A" or "FORMERLY KNOWN AS" or "PREVIOUS NAME":
                return "previousName";
            default:
                context.Warn(name.Line, $"the name type '{name.Value("NameType")}' is not known; the name was read as an alias.");
                return "alias";
        }
    }
}
