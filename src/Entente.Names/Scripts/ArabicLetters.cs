using System.Text;

namespace Entente.Names.Scripts;

/// <summary>Arabic letters reduced to one form a sound.</summary>
/// <remarks>
/// Persian, Urdu, Pashto, Kurdish, Uyghur and Maghrebi letters become the nearest of a
/// set that keeps پ چ ژ گ ڤ apart; the seats of hamza fall away, for writers drop and
/// misplace them. Teh marbuta stays, because it is heard at the end of a word only.
/// </remarks>
internal static class ArabicLetters
{
    private static readonly LetterTable Folded = new(new Dictionary<char, string>
    {
        ['أ'] = "ا", ['إ'] = "ا", ['آ'] = "ا", ['ٱ'] = "ا", ['ٲ'] = "ا", ['ٳ'] = "ا", ['ٵ'] = "ا",
        ['ؤ'] = "و", ['ئ'] = "ي", ['ء'] = "", ['ٶ'] = "و", ['ۇ'] = "و", ['ۆ'] = "و", ['ۈ'] = "و", ['ۋ'] = "و", ['ۉ'] = "و", ['ۊ'] = "و", ['ۏ'] = "و",
        ['ى'] = "ي", ['ی'] = "ي", ['ې'] = "ي", ['ۍ'] = "ي", ['ێ'] = "ي", ['ے'] = "ي", ['ۓ'] = "ي", ['ۑ'] = "ي", ['ٸ'] = "ي",
        ['ک'] = "ك", ['ڪ'] = "ك", ['ګ'] = "گ", ['ڭ'] = "گ", ['ݣ'] = "گ", ['ڨ'] = "گ", ['ڠ'] = "گ",
        ['ہ'] = "ه", ['ھ'] = "ه", ['ە'] = "ة", ['ۀ'] = "ة", ['ۂ'] = "ه", ['ۃ'] = "ة",
        ['ٹ'] = "ت", ['ټ'] = "ت", ['ٺ'] = "ت", ['ڈ'] = "د", ['ډ'] = "د", ['ڑ'] = "ر", ['ړ'] = "ر", ['ڕ'] = "ر", ['ڔ'] = "ر",
        ['ں'] = "ن", ['ڼ'] = "ن", ['ڻ'] = "ن", ['ڵ'] = "ل", ['ښ'] = "ش", ['ږ'] = "ژ", ['ځ'] = "ز", ['څ'] = "س", ['ڛ'] = "س",
        ['ڥ'] = "ڤ", ['ٯ'] = "ق", ['ڡ'] = "ف", ['ڢ'] = "ف", ['ٻ'] = "ب", ['ٮ'] = "ب", ['ڄ'] = "ج", ['ڃ'] = "ج", ['ڇ'] = "چ", ['ڗ'] = "ز",
    });

    /// <summary>Appends the reduced letters of an Arabic-script word.</summary>
    public static void Fold(ReadOnlySpan<char> word, StringBuilder into) => Folded.Append(word, into);
}
