using Entente.Names.Scripts;

namespace Entente.Names.Lexicon;

/// <summary>A Russian, Ukrainian or Belarusian word without its ending, so that its cases and numbers are one.</summary>
/// <remarks>A light stemmer in the manner of Porter's for Russian (Snowball 2001), for folded letters; names are not put through it.</remarks>
internal static class RussianStem
{
    private const int ShortestStem = 4;

    private static readonly string[] Endings =
        ["ойего", "йами", "йах", "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ах", "ов", "ев", "ой", "ей", "ый", "ий", "ым", "им", "ых", "их", "ом", "ем", "ам", "ойу", "уйу", "айа"];

    /// <summary>The stem; null for what is no single Cyrillic word or too short.</summary>
    public static string? Of(string folded)
    {
        if (folded.Length <= ShortestStem || ScriptOf.Character(folded[0]) != Script.Cyrillic || folded.Contains(' ', StringComparison.Ordinal))
            return null;
        ReadOnlySpan<char> stem = folded;
        foreach (string ending in Endings)
        {
            if (stem.EndsWith(ending, StringComparison.Ordinal) && stem.Length - ending.Length >= ShortestStem)
            {
                stem = stem[..^ending.Length];
                break;
            }
        }

        while (stem.Length > ShortestStem && stem[^1] is 'а' or 'е' or 'и' or 'о' or 'у' or 'ы' or 'э' or 'й')
            stem = stem[..^1];
        return stem.ToString();
    }
}
