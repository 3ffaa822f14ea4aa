namespace Entente.Lists.Wording;

/// <summary>References of the UN list, such as <c>QDi.430</c>, as other publishers quote them.</summary>
internal static class UnReference
{
    private static readonly string[] Labels = ["permanent reference number", "un reference number", "un reference", "un ref", "un id", "référence onu"];

    /// <summary>Reads a text that is a UN reference and nothing else; the case of its letters is put right.</summary>
    /// <remarks>Two letters of the Committee, <c>i</c> or <c>e</c>, a full stop and three digits. One with fewer digits
    /// was cut short: filling it up with zeros would name somebody else, so it is no reference.</remarks>
    public static bool TryRead(string? text, out string reference)
    {
        reference = "";
        if (text is not { Length: 7 } || !char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]) || text[3] != '.'
            || char.ToLowerInvariant(text[2]) is not ('i' or 'e')
            || !char.IsAsciiDigit(text[4]) || !char.IsAsciiDigit(text[5]) || !char.IsAsciiDigit(text[6]))
        {
            return false;
        }
        reference = text[..2].ToUpperInvariant() + char.ToLowerInvariant(text[2]) + text[3..];
        return true;
    }

    /// <summary>The reference that a remark gives for the entry itself, after a label such as 'UN Ref.'; one that is merely
    /// mentioned ('owned by X (QDi.412)') is another's, and none.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    public static string? Labelled(string text)
    {
        if (TryRead(text.Trim(' ', '(', ')', '.'), out var whole))
            return whole;
        foreach (var label in Labels)
        {
            for (var at = 0; (at = text.IndexOf(label, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
            {
                at += label.Length;
                var rest = text[at..].TrimStart(' ', '.', ':', '(', ')', '-');
                if (TryRead(rest.Length > 7 && !char.IsLetterOrDigit(rest[7]) ? rest[..7] : rest, out var found))
                    return found;
            }
        }
        return null;
    }
}
