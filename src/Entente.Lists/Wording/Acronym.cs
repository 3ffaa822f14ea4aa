namespace Entente.Lists.Wording;

/// <summary>Tells an acronym in brackets from other remarks there.</summary>
internal static class Acronym
{
    /// <summary>Whether the text looks like an acronym and its letters come out of the name in order.</summary>
    /// <param name="text">What stands in the brackets, such as <c>AAB</c>.</param>
    /// <param name="name">The name before it, such as <c>ABDALLAH AZZAM BRIGADES</c>.</param>
    public static bool Fits(string text, string name)
    {
        if (text.Length is < 2 or > 12 || text.Contains(' ', StringComparison.Ordinal))
            return false;
        var capitals = 0;
        var at = 0;
        foreach (var c in text)
        {
            if (!char.IsLetter(c))
                continue;
            if (char.IsUpper(c))
                capitals++;
            at = name.IndexOf(c.ToString(), at, StringComparison.OrdinalIgnoreCase) + 1;
            if (at == 0)
                return false;
        }
        return capitals >= 2 && !name.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
