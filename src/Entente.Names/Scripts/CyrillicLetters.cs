using System.Text;

namespace Entente.Names.Scripts;

/// <summary>Cyrillic letters reduced to the Russian ones, soft vowels opened.</summary>
/// <remarks>
/// Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, Kazakh, Tatar, Tajik and Caucasian
/// letters become the Russian letter nearest in sound; я, ю, ё, є, ї become й and a vowel,
/// as Latin spellings write them; hard and soft signs and the palochka fall away.
/// </remarks>
internal static class CyrillicLetters
{
    private static readonly LetterTable Folded = new(new Dictionary<char, string>
    {
        ['я'] = "йа", ['ю'] = "йу", ['ё'] = "йо", ['є'] = "йе", ['ї'] = "йи", ['ѣ'] = "е", ['ѳ'] = "ф", ['ѵ'] = "и",
        ['і'] = "и", ['ґ'] = "г", ['ў'] = "у", ['ј'] = "й", ['љ'] = "л", ['њ'] = "н", ['ћ'] = "ч", ['ђ'] = "дж", ['џ'] = "дж",
        ['ѓ'] = "г", ['ќ'] = "к", ['ѕ'] = "дз", ['ъ'] = "", ['ь'] = "", ['ӏ'] = "", ['Ӏ'] = "",
        ['ә'] = "а", ['ғ'] = "г", ['қ'] = "к", ['ң'] = "н", ['ө'] = "о", ['ұ'] = "у", ['ү'] = "у", ['һ'] = "х", ['ҳ'] = "х",
        ['ҷ'] = "дж", ['җ'] = "дж", ['ӣ'] = "и", ['ӯ'] = "у", ['ҡ'] = "к", ['ҫ'] = "с", ['ҙ'] = "з", ['ҝ'] = "к", ['ҹ'] = "ч", ['ӡ'] = "дз",
        ['ӑ'] = "а", ['ӗ'] = "е", ['ӳ'] = "у", ['ӱ'] = "у", ['ӧ'] = "о", ['ӓ'] = "а", ['ѐ'] = "е", ['ѝ'] = "и", ['ҕ'] = "г", ['ҥ'] = "н", ['ӊ'] = "н",
        ['ҩ'] = "о", ['ҽ'] = "ч", ['ҿ'] = "ч", ['ҵ'] = "ц", ['ҧ'] = "п", ['ҭ'] = "т", ['ҟ'] = "к", ['ӄ'] = "к", ['ԥ'] = "п", ['ԛ'] = "к", ['ԝ'] = "у", ['ӈ'] = "н",
    });

    /// <summary>Appends the reduced letters of a lower-case Cyrillic word.</summary>
    public static void Fold(ReadOnlySpan<char> word, StringBuilder into) => Folded.Append(word, into);
}
