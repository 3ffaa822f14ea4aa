namespace Entente.Screening.Listings;

/// <summary>A hash that is the same in every process: FNV-1a, 64 bit. http://www.isthe.com/chongo/tech/comp/fnv/</summary>
internal static class StableHash
{
    /// <summary>The hash of nothing.</summary>
    public const ulong Start = 14695981039346656037UL;

    private const ulong Prime = 1099511628211UL;

    /// <summary>The hash of a text.</summary>
    public static ulong Of(string text)
    {
        ulong hash = Start;
        foreach (char c in text)
            hash = (((hash ^ (byte)c) * Prime) ^ (byte)(c >> 8)) * Prime;
        return hash;
    }

    /// <summary>A hash with a number added to it.</summary>
    public static ulong Mix(ulong hash, ulong value)
    {
        for (int i = 0; i < 8; i++, value >>= 8)
            hash = (hash ^ (byte)value) * Prime;
        return hash;
    }
}
