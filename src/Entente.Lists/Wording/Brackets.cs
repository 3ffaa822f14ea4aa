using System.Text;

namespace Entente.Lists.Wording;

/// <summary>Text with round brackets, which lists use for remarks and variants.</summary>
internal static class Brackets
{
    /// <summary>The text outside all brackets, and the inside of each outermost pair; unbalanced brackets stay in the text.</summary>
    public static (string Outside, List<string> Groups) Extract(string text)
    {
        var groups = new List<string>();
        if (!text.Contains('(', StringComparison.Ordinal))
            return (text, groups);

        var outside = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var close = text[i] == '(' ? Closing(text, i) : -1;
            if (close < 0)
            {
                outside.Append(text[i]);
                continue;
            }
            if (text.AsSpan(i + 1, close - i - 1).Trim() is { IsEmpty: false } group)
                groups.Add(group.ToString());
            if (outside.Length > 0 && outside[^1] == ' ' && close + 1 < text.Length && text[close + 1] == ' ')
                outside.Length--;
            i = close;
        }
        return (outside.ToString().Trim(), groups);
    }

    /// <summary>Cuts at separators that stand outside brackets; blank pieces are left out.</summary>
    public static List<string> SplitOutside(string text, char separator, string? orAlso = null)
    {
        var pieces = new List<string>();
        int depth = 0, start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')')
                depth = Math.Max(0, depth - 1);
            else if (depth == 0)
            {
                var length = text[i] == separator ? 1
                    : orAlso is not null && string.CompareOrdinal(text, i, orAlso, 0, orAlso.Length) == 0 ? orAlso.Length : 0;
                if (length == 0)
                    continue;
                Add(pieces, text[start..i]);
                start = i + length;
                i = start - 1;
            }
        }
        Add(pieces, text[start..]);
        return pieces;
    }

    private static void Add(List<string> pieces, string piece)
    {
        if (!string.IsNullOrWhiteSpace(piece))
            pieces.Add(piece.Trim());
    }

    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')' && --depth == 0)
                return i;
        }
        return -1;
    }
}
