namespace Entente.Names.Structure;

/// <summary>Names given in brackets beside others: «Popular Front (PF)», «Ivan (Vanya) Petrov».</summary>
public static class BracketedNames
{
    /// <summary>The readings of a text: as it stands, and, where it has brackets, without them and what is in them.</summary>
    /// <param name="text">A name.</param>
    /// <returns>One to three texts, the one as it stands first; none empty unless <paramref name="text"/> is.</returns>
    public static IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.IndexOfAny(['(', '（', '[']);
        if (open < 0)
            return [text];
        int close = text.IndexOfAny([')', '）', ']'], open);
        if (close < 0)
            return [text];
        string outside = (text[..open] + " " + text[(close + 1)..]).Trim(), inside = text[(open + 1)..close].Trim();
        return [.. new[] { text, outside, inside }.Where(t => t.Length > 0).Distinct()];
    }
}
