namespace Entente.Lists.Wording;

/// <summary>Rows that a publisher squeezed into one field: 'a) first b) second', '(a) first (b) second'.</summary>
internal static class Enumeration
{
    /// <summary>The items, without their marks; the whole text alone when it is no such row.</summary>
    /// <remarks>A mark counts only if all before it are there in order, so that 'vitamin b) ...' is left alone;
    /// the first mark may be missing, as where 'a)' became a field of its own.</remarks>
    public static List<string> Split(string text)
    {
        var items = new List<string>();
        if (!text.Contains(')', StringComparison.Ordinal))
        {
            items.Add(text);
            return items;
        }

        var start = 0;
        var next = 'a';
        for (var i = 0; i < text.Length - 1; i++)
        {
            var mark = MarkAt(text, i, out var letter);
            if (mark == 0 || (letter != next && !(next == 'a' && letter == 'b' && i > 0)))
                continue;
            Add(items, text[start..i]);
            start = i + mark;
            i = start - 1;
            next = (char)(letter + 1);
        }
        Add(items, text[start..]);
        return items;
    }

    // Length of the mark at this place, 0 for none: optional '(', one letter a-z, ')', at the start or after a space.
    private static int MarkAt(string text, int at, out char letter)
    {
        letter = '\0';
        if (at > 0 && text[at - 1] != ' ')
            return 0;
        var i = text[at] == '(' ? at + 1 : at;
        if (i + 1 >= text.Length || text[i] is < 'a' or > 'z' || text[i + 1] != ')')
            return 0;
        letter = text[i];
        return i + 2 - at;
    }

    private static void Add(List<string> items, string item)
    {
        item = item.Trim(' ', ',', ';');
        if (item.Length > 0)
            items.Add(item);
    }
}
