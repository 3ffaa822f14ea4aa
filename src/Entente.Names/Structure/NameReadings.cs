namespace Entente.Names.Structure;

/// <summary>The ways a text may be meant as a name: with brackets or without, surname first or last.</summary>
public static class NameReadings
{
    /// <summary>The readings of a text.</summary>
    /// <param name="text">A name: «Popular Front (PF)», «Ivan (Vanya) Petrov», «BASIR NOORZAI, ABDUL».</param>
    /// <param name="kind">What bears it; only a person's name is turned round at its comma.</param>
    /// <returns>The text as it stands first, then the others, distinct; none is empty unless <paramref name="text"/> is.</returns>
    public static IReadOnlyList<string> Of(string text, NameKind kind)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.IndexOfAny(['(', '（', '[']);
        int comma = kind == NameKind.Person ? text.IndexOfAny([',', '،']) : -1;
        if (open < 0 && comma < 0)
            return [text];

        var readings = new List<string>(4) { text };
        if (comma > 0 && open < 0 && text.IndexOfAny([',', '،'], comma + 1) < 0)
            Add(text[(comma + 1)..] + " " + text[..comma]);
        int close = open < 0 ? -1 : text.IndexOfAny([')', '）', ']'], open);
        if (close > 0)
        {
            Add(text[..open] + " " + text[(close + 1)..]);
            // One word in brackets may be the short form of an organisation, but is not the whole name of a person.
            if (kind != NameKind.Person || text.AsSpan(open + 1, close - open - 1).Trim().Contains(' '))
                Add(text[(open + 1)..close]);
        }

        return readings;

        void Add(string reading)
        {
            reading = reading.Trim();
            if (reading.Length > 0 && !readings.Contains(reading))
                readings.Add(reading);
        }
    }
}
