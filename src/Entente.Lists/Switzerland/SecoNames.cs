using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Switzerland;

/// <summary>Reads <c>name</c>: parts in their order, each with spellings in this and other scripts.</summary>
internal static class SecoNames
{
    // Spellings of several parts make many names; beyond this, one part at a time is spelt otherwise.
    private const int MostNames = 24;

    // Parts that have a property of their own.
    private static readonly Dictionary<string, string> PropertyOf = new(StringComparer.Ordinal)
    {
        ["given-name"] = "firstName",
        ["further-given-name"] = "secondName",
        ["father-name"] = "fatherName",
        ["grand-father-name"] = "middleName",
        ["family-name"] = "lastName",
        ["tribal-name"] = "lastName",
        ["suffix"] = "nameSuffix",
    };

    private readonly record struct Part(string Type, int Order, string? Value, List<Spelling> Spellings);

    private readonly record struct Spelling(string Text, string? Language, ScriptLanguage.Script Script);

    /// <summary>Reads the names of one identity.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="main">Whether it is the main one, whose primary name is the entry's.</param>
    /// <param name="context">Where to.</param>
    public static void Read(ListElement identity, bool main, RecordDraft context)
    {
        foreach (var name in identity.All("name"))
        {
            var isMain = main && name.Attribute("name-type") is "primary-name" or null && context.Subject.Values("name").IsEmpty;
            ReadName(name, isMain, context);
        }
    }

    private static void ReadName(ListElement name, bool isMain, RecordDraft context)
    {
        var parts = name.All("name-part").Select(ReadPart).Where(part => part.Value is not null || part.Spellings.Count > 0).OrderBy(part => part.Order).ToList();
        if (parts.Count == 0)
            return;
        foreach (var part in parts.Where(part => part.Type is not ("title" or "whole-name" or "maiden-name" or "other" or "") && !PropertyOf.ContainsKey(part.Type)))
            context.Warn(name.Line, $"the part '{ShortText.Of(part.Value ?? part.Spellings[0].Text)}' of a name is of the type '{ShortText.Of(part.Type)}', which is not known; it was read in its place in the name.");
        var isPerson = context.Subject.Schema == "Person";
        foreach (var title in parts.Where(part => part.Type == "title"))
            context.Subject.Add(isPerson ? "title" : "notes", isPerson ? title.Value : "Title: " + title.Value);
        parts.RemoveAll(part => part.Type == "title");
        if (isMain && isPerson)
            ReadParts(parts, context.Subject);

        var property = Property(name, isMain, context);
        // A name before marriage stands beside the one after it.
        var maiden = parts.Where(part => part.Type == "maiden-name").ToList();
        if (maiden.Count > 0 && parts.Count > maiden.Count)
        {
            Spell([.. parts.Where(part => part.Type is not "family-name")], "previousName", context);
            parts.RemoveAll(part => part.Type == "maiden-name");
        }
        Spell(parts, property, context);
    }

    // The parts of the main name only: those of other names would stand without what they belong to.
    private static void ReadParts(List<Part> parts, EntityBuilder subject)
    {
        foreach (var part in parts)
        {
            if (PropertyOf.TryGetValue(part.Type, out var property))
                subject.Add(property, part.Value);
        }
    }

    private static void Spell(List<Part> parts, string property, RecordDraft context)
    {
        // As the list spells it.
        var values = parts.Where(part => part.Value is not null).Select(part => part.Value!).ToList();
        Add(string.Join(' ', values), null, property);

        var other = property == "name" ? "alias" : property;
        foreach (var group in parts.SelectMany(part => part.Spellings).Select(spelling => (spelling.Script, spelling.Language)).Distinct().ToList())
        {
            // Where a part has no spelling in Latin letters it keeps its own; in other letters it is missing.
            var choices = parts.Select(part => Choices(part, group)).ToList();
            var whole = choices.TrueForAll(choice => choice.Count > 0);
            var language = group.Language;
            foreach (var spelt in Combine([.. choices.Where(choice => choice.Count > 0)]))
            {
                // A name in its original letters is as good as the romanised one; a piece of a name is not.
                var original = group.Script is not ScriptLanguage.Script.Latin && whole;
                Add(spelt, language, !whole ? "weakAlias" : original ? property : other);
            }
        }

        void Add(string text, string? language, string to)
        {
            if (text.Any(char.IsLetterOrDigit) && !context.Subject.Has("name", text) && !context.Subject.Has(to, text))
                context.Subject.Add(to, text, NameLanguage.Of(text, language));
        }
    }

    private static List<string> Choices(Part part, (ScriptLanguage.Script Script, string? Language) group)
    {
        var spellings = part.Spellings.Where(spelling => (spelling.Script, spelling.Language) == group).Select(spelling => spelling.Text).ToList();
        if (spellings.Count == 0)
            spellings.AddRange(part.Spellings.Where(spelling => spelling.Script == group.Script).Select(spelling => spelling.Text).Take(1));
        if (spellings.Count == 0 && part.Value is { } value && NameLanguage.MainScript(value) is var script && (script == group.Script || script is ScriptLanguage.Script.None))
            spellings.Add(value);
        return spellings;
    }

    private static IEnumerable<string> Combine(List<List<string>> choices)
    {
        if (choices.Aggregate(1L, (product, choice) => Math.Min(product * choice.Count, MostNames + 1)) <= MostNames)
        {
            IEnumerable<string> names = [""];
            foreach (var choice in choices)
                names = [.. names.SelectMany(name => choice.Select(part => name.Length == 0 ? part : $"{name} {part}"))];
            return names;
        }
        return choices.SelectMany((choice, at) => choice.Select(spelling => string.Join(' ', choices.Select((other, i) => i == at ? spelling : other[0]))));
    }

    private static Part ReadPart(ListElement part)
    {
        var spellings = new List<Spelling>();
        foreach (var variant in part.All("spelling-variant"))
        {
            if (variant.Text.Any(char.IsLetterOrDigit))
                spellings.Add(new(variant.Text, NameLanguage.Code(variant.Attribute("lang")), NameLanguage.MainScript(variant.Text)));
        }
        var order = int.TryParse(part.Attribute("order"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : int.MaxValue;
        return new(part.Attribute("name-part-type") ?? "", order, part.Value("value") ?? (part.Text.Length > 0 ? part.Text : null), spellings);
    }

    private static string Property(ListElement name, bool isMain, RecordDraft context)
    {
        if (isMain)
            return "name";
        var type = name.Attribute("name-type")?.ToLowerInvariant();
        if (type is not (null or "primary-name" or "alias" or "formerly-known-as"))
            context.Warn(name.Line, $"the name type '{type}' is not known; the name was read as an alias.");
        return type == "formerly-known-as" ? "previousName"
            : name.Attribute("quality")?.ToLowerInvariant() is "low" ? "weakAlias" : "alias";
    }
}
