using Entente.Lists.Wording;

namespace Entente.Lists.Russia;

/// <summary>Takes an entry of the public text apart: <c>NAME*, (other names), dd.mm.yyyy г.р., birthplace;</c>.</summary>
internal static class RfmEntryText
{
    // Longer ones before those that they begin with.
    private static readonly string[] BirthMarks = ["года рождения", "год рождения", "г. р.", "г.р.", "г.р"];

    private static readonly (string Label, string Property)[] Numbers = [("ИНН", "innCode"), ("ОГРН", "ogrnCode"), ("КПП", "registrationNumber")];

    /// <summary>Reads the number that begins an entry: <c>12. NAME</c>.</summary>
    /// <returns>Where the name begins; 0 where no number stands at the start.</returns>
    public static int NumberAt(ReadOnlySpan<char> line, out int number)
    {
        number = 0;
        var at = 0;
        while (at < line.Length && at < 7 && char.IsAsciiDigit(line[at]))
            number = (number * 10) + (line[at++] - '0');
        if (at == 0 || at + 2 >= line.Length || line[at] != '.' || line[at + 1] != ' ')
            return 0;
        return at + 2;
    }

    /// <summary>Takes an entry apart.</summary>
    /// <param name="text">The entry, without its number; the closing ';' may be there.</param>
    /// <param name="kind">What the section is about.</param>
    /// <param name="number">Its number.</param>
    /// <param name="line">Where it stands.</param>
    /// <param name="part">The part of the list, such as 'Национальная часть'.</param>
    public static RfmEntry Parse(string text, RfmKind kind, string number, int line, string? part)
    {
        text = text.TrimEnd(' ', ';');
        // A bracket that never closes would swallow the rest of the entry.
        var isBalanced = IsBalanced(text);
        var nameEnd = NameEnd(text, kind, isBalanced);
        var name = text[..nameEnd].Trim(' ', ',', '*');
        var terrorism = nameEnd < text.Length && text[nameEnd] == '*';
        var others = new List<string>();
        var values = new List<(string, string)>();
        var rest = new List<string>();
        string? birth = null;
        foreach (var piece in isBalanced ? Brackets.SplitOutside(text[nameEnd..], ',') : [.. text[nameEnd..].Split(',', StringSplitOptions.TrimEntries)])
        {
            var bare = piece.Trim(' ', '*', ';');
            if (bare.Length == 0)
                continue;
            if (birth is null && rest.Count == 0 && bare[0] == '(' && bare[^1] == ')')
            {
                // The star may stand at another name only, as it may in the table.
                terrorism |= bare.Contains('*', StringComparison.Ordinal);
                others.AddRange(bare[1..^1].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(other => other.Replace("*", "", StringComparison.Ordinal).Trim()));
            }
            else if (birth is null && Birth(bare) is { } found)
                birth = found;
            else if (Number(bare) is { } identifier)
                values.Add(identifier);
            else
                rest.Add(bare);
        }
        var place = rest.Count == 0 ? null : string.Join(", ", rest);
        if (kind == RfmKind.Unknown && (birth is not null || RfmNames.HasPatronymic(name)))
            kind = RfmKind.Person;
        if (kind == RfmKind.Organisation && place is not null)
        {
            // What follows the name of an organisation, the list does not say; it is no birthplace.
            values.Add(("notes", place));
            place = null;
        }
        return new RfmEntry
        {
            Line = line,
            Number = number,
            Kind = kind,
            Name = name,
            Doubt = isBalanced ? null : "the brackets of the entry do not close; names in them may have been read as part of something else.",
            OtherNames = others,
            Birth = birth,
            Place = place,
            Terrorism = terrorism,
            Values = values,
            SanctionValues = part is null ? [] : [("description", part)],
        };
    }

    // The name ends with its star, which stands outside of brackets and before all that may follow a name. Without one, a
    // person's ends at the first comma; an organisation's may hold commas, and ends where other names in brackets, or a
    // number, or nothing but commas follow.
    private static int NameEnd(string text, RfmKind kind, bool brackets)
    {
        var depth = 0;
        var first = -1;
        var open = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (depth == 0 && text[i] == '(')
                open = i;
            if (brackets && text[i] is ('(' or ')'))
                depth += text[i] == '(' ? 1 : -1;
            if (depth > 0)
                continue;
            if (text[i] == '*')
                return i;
            if (text[i] != ',')
                continue;
            if (first < 0)
                first = i;
            // 'NAME (OTHER NAME),' as in the table
            if (kind != RfmKind.Organisation && brackets && open > 0 && first == i && text.AsSpan(0, i).TrimEnd().EndsWith(")"))
                return open;
            var after = text.AsSpan(i + 1).TrimStart();
            var isOver = after.IsEmpty || after[0] is '(' or ',' or ';' || StartsWithNumber(after);
            if (kind == RfmKind.Organisation && isOver)
                return i;
            if (kind != RfmKind.Organisation && (isOver || char.IsAsciiDigit(after[0])))
                return first;
        }
        return kind == RfmKind.Organisation || first < 0 ? text.Length : first;
    }

    private static bool IsBalanced(string text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0)
                return false;
        }
        return depth == 0;
    }

    private static string? Birth(string piece)
    {
        foreach (var mark in BirthMarks)
        {
            var at = piece.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at > 0 && piece.AsSpan(at + mark.Length).Trim(" .").IsEmpty)
                return piece[..at].Trim();
        }
        return null;
    }

    private static bool StartsWithNumber(ReadOnlySpan<char> text)
    {
        foreach (var (label, _) in Numbers)
        {
            if (text.StartsWith(label, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // 'ИНН: 7700000000'
    private static (string Property, string Value)? Number(string piece)
    {
        foreach (var (label, property) in Numbers)
        {
            if (!piece.StartsWith(label, StringComparison.Ordinal))
                continue;
            var digits = piece[label.Length..].Trim(' ', ':', '-');
            if (digits.Length > 0 && digits.All(char.IsAsciiDigit))
                return (property, digits);
        }
        return null;
    }
}
