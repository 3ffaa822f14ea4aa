namespace Entente.Lists.Ofac.Advanced;

/// <summary>Names of the advanced XML: in parts, each of a kind, and in several scripts.</summary>
internal sealed class AdvancedNames(ReferenceValues references)
{
    /// <summary>Adds the names of an <c>Identity</c>.</summary>
    /// <param name="entry">Whose.</param>
    /// <param name="identity">The element.</param>
    /// <param name="isMain">Whether it is the identity under which the entry is listed.</param>
    public void Add(OfacEntry entry, ListElement identity, bool isMain)
    {
        var kindOfPart = KindsOfParts(identity);
        // An identity said to be false is a name used, and nothing to rely on alone.
        var isFalse = identity.Attribute("False") == "true";
        foreach (var alias in identity.All("Alias"))
        {
            var type = references.Text("AliasType", alias.Attribute("AliasTypeID")) ?? "A.K.A.";
            var kind = type.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();
            if (kind is not ("aka" or "fka" or "nka" or "name"))
                entry.Warn(alias.Line, $"the alias type '{type}' is not known; the name was read as an alias.");
            if (kind == "name" && !isMain)
                kind = "aka";
            var weak = alias.Attribute("LowQuality") == "true" || isFalse;
            foreach (var name in alias.All("DocumentedName"))
                Add(entry, Parts(name, kindOfPart), kind, weak, type, name.Line);
        }
    }

    private static void Add(OfacEntry entry, List<Part> parts, string kind, bool weak, string type, int line)
    {
        if (parts.Count == 0)
            return;
        var script = parts[0].Script;
        if (parts.All(part => part.Acronym) && Records.Schemata.IsA(entry.Subject.Schema, "Organization"))
            entry.Subject.Add("abbreviation", Join(parts, " "));

        if (script is not (null or "Latn"))
        {
            OfacNames.AddAs(entry, OfacNames.Property(kind, weak), InOwnOrder(entry, parts, script), LanguageOf(script), $"{type} ({script})");
            return;
        }

        var (last, given) = entry.IsPerson ? Split(parts) : (Join(parts, " "), null);
        if (kind == "name" && !weak && entry.Subject.Values("name").IsEmpty)
        {
            OfacNames.AddMain(entry, last, given);
            if (entry.IsPerson)
                entry.Subject.Add("fatherName", Join(parts, " ", "Patronymic")).Add("motherName", Join(parts, " ", "Matronymic"));
            return;
        }
        OfacNames.AddAlias(entry, kind == "name" ? "name" : type, weak, last, given, line);
    }

    // As OFAC writes people elsewhere: the family name, then the others. A patronymic stands before the family name, if there is one.
    private static (string? Last, string? Given) Split(List<Part> parts)
    {
        var last = Join(parts, " ", "Maiden Name", "Last Name", "Matronymic");
        var given = Join(parts, " ", "First Name", "Middle Name", "Nickname", "Patronymic");
        if (!parts.Any(part => part.Kind is "Last Name"))
        {
            last = Join(parts, " ", "Maiden Name", "Patronymic", "Matronymic");
            given = Join(parts, " ", "First Name", "Middle Name", "Nickname");
        }
        // Kinds that are not known stand behind, so that nothing of the name is lost.
        var others = Join([.. parts.Where(part => !Kinds.Contains(part.Kind))], " ");
        last = (last, others) switch
        {
            (null, _) => others,
            (_, null) => last,
            _ => $"{last} {others}",
        };
        return (last, given);
    }

    private static readonly string[] Kinds = ["First Name", "Middle Name", "Nickname", "Patronymic", "Maiden Name", "Last Name", "Matronymic"];

    // China, Japan and Korea put the family name first and leave no space.
    private static string InOwnOrder(OfacEntry entry, List<Part> parts, string script)
    {
        var separator = script is "Hans" or "Hant" or "Hani" or "Jpan" or "Kore" or "Hang" ? "" : " ";
        if (!entry.IsPerson)
            return Join(parts, " ")!;
        var (last, given) = Split(parts);
        return separator.Length == 0 ? $"{last}{given?.Replace(" ", "", StringComparison.Ordinal)}" : string.Join(' ', new[] { given, last }.Where(part => part is not null));
    }

    // ISO 15924 to ISO 639-3, where the script is of one language; otherwise its letters tell.
    private static string? LanguageOf(string script) => script switch
    {
        "Armn" => "hye",
        "Beng" => "ben",
        "Geor" => "kat",
        "Grek" => "ell",
        "Hans" or "Hant" or "Hani" => "zho",
        "Hebr" => "heb",
        "Jpan" or "Hira" or "Kana" => "jpn",
        "Khmr" => "khm",
        "Kore" or "Hang" => "kor",
        "Laoo" => "lao",
        "Mymr" => "mya",
        "Thai" => "tha",
        _ => null,
    };

    private Dictionary<string, string> KindsOfParts(ListElement identity)
    {
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in identity.All("NamePartGroups").SelectMany(groups => groups.All("MasterNamePartGroup")).SelectMany(master => master.All("NamePartGroup")))
        {
            if (group.Attribute("ID") is { } id && references.Text("NamePartType", group.Attribute("NamePartTypeID")) is { } kind)
                kinds[id] = kind;
        }
        return kinds;
    }

    private List<Part> Parts(ListElement name, Dictionary<string, string> kindOfPart)
    {
        var parts = new List<Part>();
        foreach (var value in name.All("DocumentedNamePart").SelectMany(part => part.All("NamePartValue")))
        {
            if (value.Text.Length == 0)
                continue;
            var kind = value.Attribute("NamePartGroupID") is { } group ? kindOfPart.GetValueOrDefault(group) : null;
            parts.Add(new Part(value.Text, kind ?? "", references.Attribute("Script", value.Attribute("ScriptID"), "ScriptCode"), value.Attribute("Acronym") == "true"));
        }
        return parts;
    }

    // The parts of some kinds, in the order of the kinds; of no kinds: all, in the order of the file.
    private static string? Join(List<Part> parts, string separator, params ReadOnlySpan<string> kinds)
    {
        if (kinds.IsEmpty)
            return parts.Count == 0 ? null : string.Join(separator, parts.Select(part => part.Value));
        var chosen = new List<string>();
        foreach (var kind in kinds)
            chosen.AddRange(parts.Where(part => part.Kind == kind).Select(part => part.Value));
        return chosen.Count == 0 ? null : string.Join(separator, chosen);
    }

    private sealed record Part(string Value, string Kind, string? Script, bool Acronym);
}
