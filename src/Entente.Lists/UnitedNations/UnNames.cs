using System.Buffers;
using Entente.Lists.Wording;

namespace Entente.Lists.UnitedNations;

/// <summary>What kind of name it is, as a property of the entity.</summary>
internal enum UnNameKind
{
    Name,
    Alias,
    WeakAlias,
    PreviousName,
    Abbreviation,
}

/// <summary>One name found in a field.</summary>
/// <param name="Value">The name alone.</param>
/// <param name="Kind">How good it is.</param>
/// <param name="Original">The field it was found in, where that says more than the name.</param>
internal readonly record struct UnName(string Value, UnNameKind Kind, string? Original);

/// <summary>Takes apart what the Committees write into a name field: several names, another script, an acronym, a remark.</summary>
internal static class UnNames
{
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»");

    private static readonly string[] FormerMarks = ["previously listed as", "formerly listed as", "formerly known as"];

    private static readonly string[] ScriptLabels =
        ["original script:", "in original script:", "in arabic script:", "arabic script:", "in arabic:", "arabic:", "in cyrillic script:", "in cyrillic:", "in russian:", "(original script)"];

    private static readonly string[] Remarks =
        ["born", "birth name", "combat name", "nom de guerre", "false identity", "initials", "deceased", "passport", "previous", "former", "third", "now ", "see ", "sub-unit"];

    /// <summary>The names in one name field.</summary>
    /// <param name="field">The field, white space evened out.</param>
    /// <param name="kind">What kind of name the field is for.</param>
    public static IEnumerable<UnName> Split(string field, UnNameKind kind)
    {
        foreach (var listed in Enumeration.Split(field))
        {
            foreach (var piece in Brackets.SplitOutside(listed, ';', " / "))
            {
                foreach (var name in Piece(piece, kind, field))
                    yield return name;
            }
        }
    }

    /// <summary>Names that the note beside an alias adds: another script, or a row of spellings.</summary>
    /// <param name="note">The note.</param>
    /// <param name="alias">The alias it stands beside.</param>
    /// <param name="kind">The alias's kind.</param>
    public static IEnumerable<UnName> FromNote(string note, string alias, UnNameKind kind)
    {
        var labelled = AfterLabel(note);
        if (labelled is not null)
        {
            if (labelled.Length > 0 && ScriptLanguage.Of(labelled) is not (ScriptLanguage.Script.Latin or ScriptLanguage.Script.None))
                yield return new(labelled, kind, note);
            yield break;
        }

        // A bracket, or the whole note beside an alias in another script, that lists spellings: 'Abu Du'a; Abu Duaa'.
        var (outside, groups) = Brackets.Extract(note);
        var rows = groups.Where(IsRowOfNames).ToList();
        if (rows.Count == 0 && IsRowOfNames(outside) && ScriptLanguage.Of(alias) != ScriptLanguage.Script.Latin)
            rows.Add(outside);
        foreach (var row in rows)
        {
            foreach (var name in row.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                yield return new(Bare(name), kind, note);
        }
    }

    /// <summary>Whether a note or a bracket says that the name was the one on the list before.</summary>
    public static bool MarksFormer(string text) => FormerMarks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a note says nothing beyond what the kind of the name and its values will say.</summary>
    public static bool IsOnlyMark(string note)
    {
        var text = note.Trim(' ', '.', ',');
        return FormerMarks.Any(mark => text.Equals(mark, StringComparison.OrdinalIgnoreCase))
            || ScriptLabels.Any(label => text.StartsWith(label, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<UnName> Piece(string piece, UnNameKind kind, string field)
    {
        var (outside, groups) = Brackets.Extract(piece);
        outside = Bare(CutRemark(outside));
        if (groups.Count > 0 && groups.Any(MarksFormer))
            kind = UnNameKind.PreviousName;

        var keepWhole = false;
        var partOfName = false;
        var extra = new List<UnName>();
        var hasName = Letters(outside) > 0;
        foreach (var group in groups)
        {
            var text = AfterLabel(group) ?? group;
            if (IsRemark(text))
                continue;
            if (!hasName || ScriptLanguage.Of(text) != ScriptLanguage.Of(outside))
            {
                // Another script, with its spellings: 'حسن غول (Hassan Ghul; Hassan Gul)'.
                foreach (var name in Brackets.SplitOutside(text, ';'))
                    extra.AddRange(Piece(CutTail(name, " - "), kind, field));
            }
            else if (text.Contains(';', StringComparison.Ordinal))
            {
                foreach (var name in Brackets.SplitOutside(text, ';'))
                    extra.AddRange(Piece(name, kind, field));
            }
            else
            {
                keepWhole = true;
                if (Acronym.Fits(text, outside))
                {
                    extra.Add(new(text, UnNameKind.Abbreviation, field));
                    extra.Add(new(text, UnNameKind.WeakAlias, field));
                }
                else
                {
                    // 'LEADER (HONG KONG) INTERNATIONAL' without its middle would be another, broader name.
                    partOfName |= !piece.TrimEnd(' ', ',', '.').EndsWith(')');
                }
            }
        }

        if (keepWhole)
            yield return new(Bare(piece), kind, field);
        if (hasName && !partOfName)
        {
            foreach (var part in ScriptLanguage.SplitByScript(outside))
                yield return new(Bare(part), kind, field);
        }
        foreach (var name in extra)
            yield return name;
    }

    // What follows a label such as 'in Arabic:', or goes before the trailing '(original script)'; null where there is no label.
    private static string? AfterLabel(string text)
    {
        foreach (var label in ScriptLabels)
        {
            var at = text.IndexOf(label, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                return Bare(label[0] == '(' ? text[..at] : text[(at + label.Length)..]);
        }
        return null;
    }

    private static bool IsRemark(string text) =>
        MarksFormer(text) || Remarks.Any(remark => text.StartsWith(remark, StringComparison.OrdinalIgnoreCase))
        || text.Equals("original script", StringComparison.OrdinalIgnoreCase);

    private static bool IsRowOfNames(string text) =>
        text.Contains(';', StringComparison.Ordinal) && !text.Any(char.IsDigit) && !text.Contains(':', StringComparison.Ordinal);

    // 'Safia Farkash, born 1 Jan. 1953': the comma sets a remark apart, not a family name.
    private static string CutRemark(string text)
    {
        foreach (var mark in (ReadOnlySpan<string>)[", born ", " born in ", " born on ", ", previously listed", ", formerly listed", ", passport"])
            text = CutTail(text, mark);
        return text;
    }

    private static string CutTail(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return at > 0 ? text[..at] : text;
    }

    // Without quotation marks around the whole, stray separators, or a bracket that was never opened.
    private static string Bare(string text)
    {
        text = text.Trim(' ', ',', ';', ':');
        if (text.StartsWith(')'))
            text = text[1..].TrimStart();
        if (text.Length > 2 && "\"“”„«".Contains(text[0], StringComparison.Ordinal) && "\"“”»".Contains(text[^1], StringComparison.Ordinal)
            && !text.AsSpan(1, text.Length - 2).ContainsAny(Quotes))
        {
            text = text[1..^1].Trim();
        }
        return text;
    }

    private static int Letters(string text) => text.Count(char.IsLetter);
}
