namespace Entente.Lists.Ofac;

/// <summary>Names as OFAC writes them: people 'LAST, First Middle', all others as they are.</summary>
internal static class OfacNames
{
    private static readonly string[] Suffixes = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];

    /// <summary>Adds the main name.</summary>
    /// <param name="entry">Whose.</param>
    /// <param name="last">The family name, or the whole name of what is no person.</param>
    /// <param name="given">The given names.</param>
    public static void AddMain(OfacEntry entry, string? last, string? given)
    {
        var written = Written(last, given);
        if (written is null)
        {
            entry.Warn(entry.Line, "the entry has no name, so that it can match nobody.");
            return;
        }
        entry.IsNamed(written, main: true);
        entry.Subject.Add("name", InReadingOrder(last, given, out var suffix), originalValue: written);
        if (!entry.IsPerson)
            return;
        var first = suffix is null ? given : given![..given!.LastIndexOf(',')];
        entry.Subject.Add("firstName", first).Add("lastName", last).Add("nameSuffix", suffix);
    }

    /// <summary>Adds an alias.</summary>
    /// <param name="entry">Whose.</param>
    /// <param name="type">OFAC's word: a.k.a., f.k.a., n.k.a., with or without dots.</param>
    /// <param name="weak">Whether OFAC calls it weak: broad, and of little use alone.</param>
    /// <param name="last">The family name, or the whole name.</param>
    /// <param name="given">The given names.</param>
    /// <param name="line">For warnings.</param>
    public static void AddAlias(OfacEntry entry, string? type, bool weak, string? last, string? given, int line)
    {
        if (Written(last, given) is not { } written)
            return;
        var kind = type?.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();
        if (kind is not ("aka" or "fka" or "nka" or "name"))
            entry.Warn(line, $"the alias type '{type}' is not known; the name was read as an alias.");
        if (!weak)
            entry.IsNamed(written, main: false);
        AddAs(entry, Property(kind, weak), InReadingOrder(last, given, out _), null, $"{type} {written}");
    }

    /// <summary>The FtM property for an alias of a kind: <c>aka</c>, <c>fka</c>, <c>nka</c> or <c>name</c>.</summary>
    /// <remarks>What is weak stays weak, former or not: it must not count as a whole name.</remarks>
    public static string Property(string? kind, bool weak) => weak ? "weakAlias" : kind switch
    {
        "fka" => "previousName",
        "name" => "name",
        _ => "alias",
    };

    /// <summary>Adds a name under a property unless it stands there already.</summary>
    public static void AddAs(OfacEntry entry, string property, string name, string? lang, string wording)
    {
        if (name.Any(char.IsLetterOrDigit) && !entry.Subject.Has(property, name) && !(property != "name" && entry.Subject.Has("name", name)))
            entry.Subject.Add(property, name, lang ?? ScriptLanguage.Guess(name), wording);
    }

    /// <summary>Takes 'LAST, First Middle' apart; what has no comma is all last name.</summary>
    public static (string Last, string? Given) Split(string text)
    {
        var comma = text.IndexOf(", ", StringComparison.Ordinal);
        return comma <= 0 || comma + 2 >= text.Length ? (text, null) : (text[..comma], text[(comma + 2)..]);
    }

    private static string? Written(string? last, string? given) => (last, given) switch
    {
        (null, null) => null,
        (null, _) => given,
        (_, null) => last,
        _ => $"{last}, {given}",
    };

    // 'LAVILLA' and 'Ruben Pestano, Jr.' are 'Ruben Pestano LAVILLA Jr.'.
    private static string InReadingOrder(string? last, string? given, out string? suffix)
    {
        suffix = null;
        if (given is null || last is null)
            return last ?? given ?? "";
        var comma = given.LastIndexOf(',');
        if (comma > 0 && Suffixes.Contains(given[(comma + 1)..].Trim(), StringComparer.OrdinalIgnoreCase))
        {
            suffix = given[(comma + 1)..].Trim();
            given = given[..comma];
        }
        return suffix is null ? $"{given} {last}" : $"{given} {last} {suffix}";
    }
}
