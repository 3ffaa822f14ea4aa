using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.France;

/// <summary>Reads Nom, PRENOM and ALIAS.</summary>
internal static class FrNames
{
    private static readonly string[] FormerMarks = ["anciennement", "ancien nom", "ex-nom", "précédemment", "autrefois"];

    private static readonly string[] WeakMarks = ["peu fiable", "faible", "douteu", "incertain"];

    // Remarks that say no more than that it is an alias.
    private static readonly string[] AliasMarks = ["alias", "autrement connu", "également connu", "aussi connu", "autre nom", "autre orthographe", "variante", "a.k.a", "aka"];

    /// <summary>Reads the main name: first names stand apart from Nom, and there may be several.</summary>
    public static void ReadMain(string? name, IReadOnlyList<string> firstNames, RecordDraft context)
    {
        var subject = context.Subject;
        if (name is null && firstNames.Count == 0)
            return;
        if (firstNames.Count == 0)
        {
            subject.Add("name", name, NameLanguage.Of(name!, null)); // one of the two is there
            return;
        }
        foreach (var first in firstNames)
        {
            var whole = name is null ? first : $"{first} {name}";
            subject.Add(subject.Values("name").IsEmpty ? "name" : "alias", whole, NameLanguage.Of(whole, null));
            if (subject.Schema == "Person")
                subject.Add("firstName", first);
        }
        if (subject.Schema == "Person")
            subject.Add("lastName", name);
    }

    /// <summary>Reads an alias; its language stands in the remark ('En russe') or before it ('en russe: ...').</summary>
    public static void ReadAlias(FrField field, RecordDraft context)
    {
        if (field["Alias"] is not { } text)
            return;
        var remark = field.Remark;
        var language = remark is null ? null : Language(remark);
        var property = remark is null ? "alias"
            : Holds(remark, FormerMarks) ? "previousName"
            : Holds(remark, WeakMarks) ? "weakAlias" : "alias";

        foreach (var piece in Brackets.SplitOutside(text, ';'))
        {
            var (name, stated) = CutLabel(piece);
            if (!name.Any(char.IsLetterOrDigit) || context.Subject.Has(property, name))
                continue;
            context.Subject.Add(property, name, NameLanguage.Of(name, stated ?? language), text);
        }
        if (remark is not null && language is null && property == "alias" && !Holds(remark, AliasMarks))
            context.Subject.Add("notes", $"Alias {text}: {remark}");
    }

    // 'En russe', 'en russe: ', '(russe)'.
    private static string? Language(string remark)
    {
        var words = remark.Trim(' ', '(', ')', '.', ':').Split(' ');
        var word = words[0].Equals("en", StringComparison.OrdinalIgnoreCase) && words.Length == 2 ? words[1] : words.Length == 1 ? words[0] : null;
        return NameLanguage.Code(word) is null ? null : word;
    }

    private static (string Name, string? Language) CutLabel(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Language(text[..colon]) is { } language ? (text[(colon + 1)..].Trim(), language) : (text, null);
    }

    private static bool Holds(string text, string[] marks) => marks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
