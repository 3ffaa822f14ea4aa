using System.Collections.Concurrent;
using Icu;

namespace Entente.Names.Scripts;

/// <summary>Scripts without rules of our own, made Latin by ICU.</summary>
/// <remarks>
/// ICU's <c>Any-Latin</c> with <c>Latin-ASCII</c>. Made on first use, for it costs tens of
/// milliseconds that most runs never need. Han characters come out as Mandarin pinyin,
/// whatever the language: ICU has no other reading for them.
/// </remarks>
internal static class IcuTransliteration
{
    // ICU transliterators are not documented as thread-safe; one a thread is.
    [ThreadStatic]
    private static Transliterator? t_transliterator;

    private static readonly ConcurrentDictionary<string, string> Cache = new(StringComparer.Ordinal);
    private const int CacheLimit = 100_000;

    /// <summary>The Latin form of a word in some other script, in lower case.</summary>
    /// <returns>Plain Latin letters, perhaps with spaces between syllables; empty if ICU has no reading.</returns>
    public static string ToLatin(string word)
    {
        if (Cache.TryGetValue(word, out string? known))
            return known;

        t_transliterator ??= Transliterator.CreateInstance("Any-Latin; Latin-ASCII; Lower");
        string latin = t_transliterator.Transliterate(word);
        if (Cache.Count < CacheLimit)
            Cache.TryAdd(word, latin);
        return latin;
    }
}
