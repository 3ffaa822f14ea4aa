using System.Text;

namespace Entente.Names.Scripts;

/// <summary>Hebrew letters with their final forms made plain and points dropped.</summary>
internal static class HebrewLetters
{
    /// <summary>Appends the reduced letters of a Hebrew word.</summary>
    public static void Fold(ReadOnlySpan<char> word, StringBuilder into)
    {
        foreach (char c in word)
        {
            char plain = c switch { 'ך' => 'כ', 'ם' => 'מ', 'ן' => 'נ', 'ף' => 'פ', 'ץ' => 'צ', _ => c };
            if (plain is >= 'א' and <= 'ת')
                into.Append(plain);
        }
    }
}
