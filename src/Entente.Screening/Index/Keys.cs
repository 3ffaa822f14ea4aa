
namespace Entente.Screening.Index;

/// <summary>What parts and names are filed under.</summary>
/// <remarks>Keys of different kinds are mixed so that they do not meet; should two meet by chance, the comparison that follows tells them apart.</remarks>
internal static class Keys
{
    public static ulong Skeleton(ulong skeleton) => Mix(skeleton, 1);

    public static ulong Shortened(ulong skeleton) => Mix(skeleton, 2);

    /// <summary>Neighbours taken as one word.</summary>
    public static ulong Run(ulong skeleton) => Mix(skeleton, 3);

    public static ulong Variant(int family) => Mix((ulong)family, 4);

    public static ulong Form(int row) => Mix((ulong)row, 5);

    public static ulong Folded(string folded) => Mix(Hash(folded), 6);

    public static ulong Concept(string concept) => Mix(Hash(concept), 7);

    public static ulong Acronym(string letters) => Mix(Hash(letters), 8);

    /// <summary>The letters of a part or of a whole name, in any order.</summary>
    public static ulong Letters(ulong sum) => Mix(sum, 9);

    /// <summary>A document number, signs taken out.</summary>
    public static ulong Document(string key) => Mix(Hash(key), 10);

    /// <summary>The skeleton of a word that is too long for the sieve, or of no script that has units.</summary>
    public static ulong Unsifted(ulong skeleton) => Mix(skeleton, 11);

    // Murmur3's finaliser over value and kind.
    private static ulong Mix(ulong value, ulong kind)
    {
        ulong z = value + (kind * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 33)) * 0xFF51AFD7ED558CCDUL;
        z = (z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return z ^ (z >> 33);
    }

    // FNV-1a over UTF-16 units: the same in every process, as what is stored must be.
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037UL;
        foreach (char c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
