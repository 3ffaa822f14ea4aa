using Entente.Lists.Drafts;

namespace Entente.Lists.UnitedNations;

/// <summary>Reads INDIVIDUAL_ALIAS and ENTITY_ALIAS.</summary>
internal static class UnAliases
{
    public static void Read(ListElement alias, RecordDraft context)
    {
        var name = alias.Value("ALIAS_NAME");
        var note = alias.Value("NOTE");
        if (name is not null)
            ReadName(name, note, Kind(alias, context), context);
        if (note is not null)
            ReadNote(note, name, context);

        if (alias.Value("DATE_OF_BIRTH") is { } born)
            context.AddDate(context.Subject, "birthDate", born, alias.Line);
        UnBirths.AddPlace(context, null, alias.Value("CITY_OF_BIRTH"), null, alias.Value("COUNTRY_OF_BIRTH"));
    }

    private static void ReadName(string name, string? note, UnNameKind kind, RecordDraft context)
    {
        if (note is not null && UnNames.MarksFormer(note))
            kind = UnNameKind.PreviousName;
        foreach (var found in UnNames.Split(name, kind))
            context.AddName(found);
        if (note is not null)
        {
            foreach (var found in UnNames.FromNote(note, name, kind))
                context.AddName(found);
        }

        // 'Khirullah Khairkhwa, born in Kandahar on 01 Jan.1967'
        UnBirths.AddDatesInside(name, context);
        if (name.Contains("passport", StringComparison.OrdinalIgnoreCase) || name.Contains("false identity", StringComparison.OrdinalIgnoreCase))
            context.Subject.Add("notes", "Alias: " + name);
    }

    private static void ReadNote(string note, string? name, RecordDraft context)
    {
        UnBirths.AddDatesInside(note, context);
        if (!UnNames.IsOnlyMark(note))
            context.Subject.Add("notes", name is null ? note : $"Alias {name}: {note}");
    }

    private static UnNameKind Kind(ListElement alias, RecordDraft context)
    {
        switch (alias.Value("QUALITY")?.ToLowerInvariant())
        {
            case "low":
                return UnNameKind.WeakAlias;
            case "f.k.a.":
                return UnNameKind.PreviousName;
            case "good" or "a.k.a." or null:
                return UnNameKind.Alias;
            case var other:
                context.Warn(alias.Line, $"the alias quality '{other}' is not known; the name was read as an alias.");
                return UnNameKind.Alias;
        }
    }
}
