using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.France;

/// <summary>Reads DATE_DE_NAISSANCE and LIEU_DE_NAISSANCE.</summary>
internal static class FrBirths
{
    private static readonly string[] About = ["vers", "environ", "approximati", "circa"];

    /// <summary>Reads a birth date, parts of which may be blank.</summary>
    public static void ReadDate(FrField field, int line, RecordDraft context)
    {
        var (day, month, year, remark) = (Known(field["Jour"]), Known(field["Mois"]), Known(field["Annee"]), field.Remark);
        var about = remark is not null && About.Any(mark => remark.Contains(mark, StringComparison.OrdinalIgnoreCase));
        if (year is not null)
        {
            string?[] parts = [month is null ? null : day, month, year];
            var text = string.Join('/', parts.Where(part => part is not null));
            var wording = about ? $"{text} ({remark})" : text;
            context.AddBirthDate(text, wording, line);
            // 1 January is often only a way to write a year: the year stands beside it, so that another day of
            // the same year is not held against anyone.
            if (day is "1" or "01" && month is "1" or "01")
                context.AddBirthDate(year, wording, line);
        }
        if (remark is null || (about && year is not null))
            return;

        if (Years(remark) is [var first, var last] && remark.Contains("entre", StringComparison.OrdinalIgnoreCase))
            context.AddBirthSpan(first, last, about, line);
        else if (year is null && DateText.TryLeading(CutAbout(remark), out var date))
            context.AddBirthDate(date.ToString(), remark, line);
        else if (year is null)
            context.KeepBirthDate(remark, line);
        else
            context.Subject.Add("notes", "Date de naissance: " + remark);
    }

    /// <summary>Reads a place of birth.</summary>
    public static void ReadPlace(FrField field, RecordDraft context)
    {
        var country = field["Pays"];
        CountryText.AddTo(context.Subject, "birthCountry", country);
        if (field["Lieu"] is { } place)
            context.Subject.Add("birthPlace", country is null ? place : $"{place}, {country}");
        if (field.Remark is { } remark)
            context.Subject.Add("notes", "Lieu de naissance: " + remark);
    }

    private static string? Known(string? part) => part is null || part.All(c => c is '0' or '-' or '?') ? null : part;

    private static string CutAbout(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && About.Any(mark => text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) ? text[(space + 1)..] : text;
    }

    private static List<int> Years(string text)
    {
        var years = new List<int>();
        foreach (var word in text.Split([' ', ',', '.', '(', ')', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && PartialDate.TryParse(word, out _))
                years.Add(year);
        }
        return years;
    }
}
