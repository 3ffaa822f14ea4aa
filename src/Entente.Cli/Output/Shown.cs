using System.Text;

namespace Entente.Cli.Output;

/// <summary>
/// Makes text from lists and files safe and readable on a screen. Names are outside data: they may hold escape
/// sequences that would repaint the terminal, or direction marks that would reorder what stands around them.
/// </summary>
internal static class Shown
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    /// <summary>Text for a screen: control and direction characters taken out, right-to-left stretches isolated.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>One line. Each right-to-left stretch stands between U+2068 and U+2069, so that it reads in its own
    /// direction without moving the numbers, quotes and words beside it.</returns>
    public static string Text(string text)
    {
        var line = OneLine(text);
        if (!line.Any(IsRightToLeft))
            return line;
        var shown = new StringBuilder(line.Length + 8);
        var at = 0;
        while (at < line.Length)
        {
            if (!IsRightToLeft(line[at]))
            {
                shown.Append(line[at++]);
                continue;
            }
            var end = EndOfStretch(line, at);
            shown.Append(FirstStrongIsolate).Append(line, at, end - at).Append(PopDirectionalIsolate);
            at = end;
        }
        return shown.ToString();
    }

    /// <summary>Text as one line without control characters or direction controls.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text; line breaks and tabs are spaces, other controls are gone.</returns>
    public static string OneLine(string text)
    {
        if (!text.Any(c => char.IsControl(c) || IsDirectionControl(c)))
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\n' or '\t')
                kept.Append(' ');
            else if (!char.IsControl(c) && !IsDirectionControl(c))
                kept.Append(c);
        }
        return kept.ToString();
    }

    /// <summary>Embeddings, overrides and isolates (Unicode Bidirectional Algorithm, UAX 9, section 2).</summary>
    private static bool IsDirectionControl(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Past the last right-to-left character before a letter of another direction.</summary>
    private static int EndOfStretch(string line, int begin)
    {
        var end = begin + 1;
        for (var i = end; i < line.Length; i++)
        {
            if (IsRightToLeft(line[i]))
                end = i + 1;
            else if (char.IsLetter(line[i]))
                break;
        }
        return end;
    }

    /// <summary>Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms, all in the basic plane.</summary>
    private static bool IsRightToLeft(char c) =>
        c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFE');
}
