using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.EuropeanUnion;

/// <summary>Reads nameAlias: all names of an entry, none of them marked as the main one, in an order that varies.</summary>
internal static class EuNames
{
    private sealed record Alias(ListElement Element, string Whole, bool Strong, int Place);

    public static void Read(IEnumerable<ListElement> elements, RecordDraft context)
    {
        var aliases = new List<Alias>();
        foreach (var element in elements)
        {
            ReadBearer(element, context);
            if (Whole(element) is { } whole && whole.Any(char.IsLetterOrDigit))
                aliases.Add(new(element, whole, !string.Equals(element.Attribute("strong"), "false", StringComparison.OrdinalIgnoreCase), Place(element)));
        }
        // The order of the database, so that the same list gives the same entity whatever the order of the file.
        aliases.Sort((a, b) => a.Place.CompareTo(b.Place));
        if (aliases.MinBy(Likelihood) is not { } main)
            return;

        Add(main, "name", context);
        if (context.Subject.Schema == "Person")
        {
            context.Subject
                .Add("firstName", main.Element.Attribute("firstName"))
                .Add("middleName", main.Element.Attribute("middleName"))
                .Add("lastName", main.Element.Attribute("lastName"));
        }
        foreach (var alias in aliases)
        {
            if (alias != main && alias.Whole != main.Whole)
                Add(alias, alias.Strong ? "alias" : "weakAlias", context);
        }
    }

    private static void Add(Alias alias, string property, RecordDraft context)
    {
        if (context.Subject.Has(property, alias.Whole))
            return;
        var parts = Joined(alias.Element);
        context.Subject.Add(property, alias.Whole, NameLanguage.Of(alias.Whole, alias.Element.Attribute("nameLanguage")));
        // The parts were not kept for it: where they say more than the whole ('ГУТНIК' beside 'гар'), they are a name too.
        if (parts is not null && alias.Element.Attribute("lastName") is not null && !SameLetters(parts, alias.Whole))
            context.Subject.Add(property == "name" ? "alias" : property, parts, NameLanguage.Of(parts, alias.Element.Attribute("nameLanguage")));
    }

    // What stands beside a name is about its bearer.
    private static void ReadBearer(ListElement element, RecordDraft context)
    {
        var subject = context.Subject;
        var person = subject.Schema == "Person";
        var function = element.Attribute("function");
        if (person)
            subject.Add("position", function);
        else
            subject.Add("notes", function is null ? null : "Function: " + function);

        if (element.Attribute("title") is { } title)
        {
            if (person)
                subject.Add("title", title);
            else if (!EuLegalForms.TryAdd(title, subject))
                subject.Add("notes", "Title: " + title);
        }

        switch (element.Attribute("gender"))
        {
            case null:
                break;
            case "M" when person:
                subject.Add("gender", "male");
                break;
            case "F" when person:
                subject.Add("gender", "female");
                break;
            case var gender:
                context.Warn(element.Line, $"the gender '{gender}' {(person ? "is not known" : "stands with what is no person")} and was left out.");
                break;
        }
        foreach (var remark in element.All("remark").Where(remark => remark.Text.Length > 0))
            subject.Add("notes", $"Alias {Whole(element)}: {remark.Text}");
    }

    // The likeliest main name, smallest first: good, in Latin letters, of no particular language or English, taken
    // apart into given and family name, the oldest.
    private static (bool, bool, bool, bool, int) Likelihood(Alias alias) =>
        (!alias.Strong,
         NameLanguage.MainScript(alias.Whole) != ScriptLanguage.Script.Latin,
         alias.Element.Attribute("nameLanguage") is not (null or "EN"),
         alias.Element.Attribute("lastName") is null,
         alias.Place);

    private static string? Whole(ListElement element) => element.Attribute("wholeName") ?? Joined(element);

    private static string? Joined(ListElement element)
    {
        string?[] parts = [element.Attribute("firstName"), element.Attribute("middleName"), element.Attribute("lastName")];
        var joined = string.Join(' ', parts.Where(part => part is not null));
        return joined.Length == 0 ? null : joined;
    }

    private static bool SameLetters(string a, string b) =>
        a.Where(char.IsLetterOrDigit).SequenceEqual(b.Where(char.IsLetterOrDigit));

    private static int Place(ListElement element) =>
        int.TryParse(element.Attribute("logicalId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : int.MaxValue;
}
