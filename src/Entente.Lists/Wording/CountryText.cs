using Entente.Records;

namespace Entente.Lists.Wording;

/// <summary>Country fields of lists, which hold more than countries.</summary>
internal static class CountryText
{
    private static readonly string[] Separators = ["/", " or ", " and/or ", ";"];

    // Words for 'not known'. 'na' is not Namibia here: no list gives bare codes in these fields.
    private static readonly string[] Unknown = ["na", "n/a", "unknown", "not available", "none", "-"];

    /// <summary>Adds the FtM values for a field to an entity, with the wording of the field.</summary>
    public static void AddTo(EntityBuilder entity, string property, string? text)
    {
        foreach (var value in Values(text))
            entity.Add(property, value, originalValue: text);
    }

    /// <summary>The FtM values for a field: codes where the text names countries, and otherwise the text itself.</summary>
    /// <remarks>A country followed by a remark counts: 'Kuwaiti citizenship withdrawn in 2002' is Kuwait. Words for 'not known' give nothing.</remarks>
    public static IEnumerable<string> Values(string? text)
    {
        if (text is null || IsUnknown(text))
            yield break;
        if (Countries.TryNormalise(text, out var whole))
        {
            yield return whole;
            yield break;
        }

        var found = false;
        foreach (var part in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsUnknown(part) && TryLeading(part, out var code))
            {
                found = true;
                yield return code;
            }
        }
        if (!found)
            yield return text;
    }

    // The longest row of words from the start that names a country.
    private static bool TryLeading(string text, out string code)
    {
        if (text.StartsWith("or ", StringComparison.OrdinalIgnoreCase))
            text = text[3..];
        if (text.StartsWith("possibly ", StringComparison.OrdinalIgnoreCase))
            text = text[9..];
        for (var end = text.Length; end > 2; end = text.LastIndexOfAny([' ', '(', ',', '.'], end - 1))
        {
            if (Countries.TryNormalise(text[..end], out code))
                return true;
        }
        code = "";
        return false;
    }

    private static bool IsUnknown(string text) => Unknown.Contains(text, StringComparer.OrdinalIgnoreCase);
}
