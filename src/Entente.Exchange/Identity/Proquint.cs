namespace Entente.Exchange.Identity;

/// <summary>Sixteen bits as a word of five letters that can be said aloud.</summary>
/// <remarks>D. S. Wilkerson, "A Proposal for Proquints: Identifiers that are Readable, Spellable, and Pronounceable" (2009).</remarks>
internal static class Proquint
{
    public const int Length = 5;

    private const string Consonants = "bdfghjklmnprstvz";
    private const string Vowels = "aiou";

    public static string Encode(ushort bits) => string.Create(Length, bits, (word, value) =>
    {
        word[0] = Consonants[value >> 12];
        word[1] = Vowels[(value >> 10) & 3];
        word[2] = Consonants[(value >> 6) & 15];
        word[3] = Vowels[(value >> 4) & 3];
        word[4] = Consonants[value & 15];
    });

    /// <returns>Null for what is no such word; case does not count.</returns>
    public static ushort? Decode(ReadOnlySpan<char> word)
    {
        if (word.Length != Length)
            return null;
        var bits = 0;
        for (var i = 0; i < Length; i++)
        {
            var letters = i % 2 == 0 ? Consonants : Vowels;
            var value = letters.IndexOf(char.ToLowerInvariant(word[i]), StringComparison.Ordinal);
            if (value < 0)
                return null;
            bits = (bits << (i % 2 == 0 ? 4 : 2)) | value;
        }
        return (ushort)bits;
    }
}
