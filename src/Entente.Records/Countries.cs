using System.Text;

namespace Entente.Records;

/// <summary>Country names and codes in English, French, Russian and Arabic, to FtM country codes.</summary>
/// <remarks>Read once from the table <c>Data/countries.txt</c>: ISO 3166-1 alpha-2, alpha-3, and names separated by '|',
/// the first of which is the English display name.</remarks>
public static class Countries
{
    private static readonly Lazy<Index> Loaded = new(Load);

    private sealed record Index(Dictionary<string, string> ByKey, Dictionary<string, string> Display);

    /// <summary>Finds the FtM code of a country.</summary>
    /// <remarks>Case, diacritics, punctuation, spaces, the words 'the' and 'and', tatweel and harakat do not matter;
    /// nor do the spellings of alef, yeh, kaf and teh marbuta.</remarks>
    /// <param name="text">A two- or three-letter code, or a name; <see langword="null"/> is no country.</param>
    /// <param name="code">The lower-case two-letter code, such as <c>af</c>; empty when not found.</param>
    /// <returns>Whether the text names exactly one country. Text around the name ('born in France') is not searched.</returns>
    public static bool TryNormalise(string? text, out string code)
    {
        code = "";
        if (string.IsNullOrWhiteSpace(text) || text.Length > 200)
            return false;
        var key = Key(text);
        if (key.Length == 0 || !Loaded.Value.ByKey.TryGetValue(key, out var found) || found.Length == 0)
            return false;
        code = found;
        return true;
    }

    /// <summary>The English display name of a country.</summary>
    /// <param name="code">A two-letter code in any case.</param>
    /// <returns>The name; the code itself when it is not in the table.</returns>
    public static string NameOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Loaded.Value.Display.GetValueOrDefault(code.ToLowerInvariant(), code);
    }

    private static Index Load()
    {
        var byKey = new Dictionary<string, string>(StringComparer.Ordinal);
        var display = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new List<(string Key, string Code)>();
        foreach (var row in DataTable.Read("countries.txt", 3))
        {
            var code = row[0].Trim().ToLowerInvariant();
            // Codes come first: a code never gives way to a name of another country.
            byKey[Key(code)] = code;
            if (row[1].Trim() is { Length: > 0 } iso3)
                byKey[Key(iso3)] = code;
            foreach (var name in row[2].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                display.TryAdd(code, name);
                names.Add((Key(name), code));
            }
        }

        var codes = byKey.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var (key, code) in names)
        {
            if (key.Length == 0 || codes.Contains(key))
                continue;
            // A name two countries share (a demonym such as 'Congolese') names neither.
            if (!byKey.TryAdd(key, code) && byKey[key] != code)
                byKey[key] = "";
        }
        return new(byKey, display);
    }

    /// <summary>What two spellings of one name have in common.</summary>
    internal static string Key(string text)
    {
        if (!Ascii.IsValid(text))
            text = Decompose(text);
        var key = new StringBuilder(text.Length);
        var word = 0; // where the current word starts in the key
        foreach (var c in text)
        {
            if (c == '\u0640')
                continue; // tatweel is a letter to Unicode, a stretch of the line to a reader
            if (char.IsLetterOrDigit(c))
            {
                key.Append(Fold(char.ToLowerInvariant(c)));
            }
            else if (char.IsWhiteSpace(c) || char.IsPunctuation(c))
            {
                DropSmallWord(key, word);
                word = key.Length;
            }
        }
        DropSmallWord(key, word);
        return key.ToString();
    }

    /// <summary>The text in compatibility decomposition; as it is where it has none.</summary>
    internal static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return text; // lone surrogates: no country is spelled so
        }
    }

    // 'Bosnia and Herzegovina' is also written with '&', 'The Gambia' without 'the'.
    private static void DropSmallWord(StringBuilder key, int word)
    {
        if (key.Length - word != 3)
            return;
        var (a, b, c) = (key[word], key[word + 1], key[word + 2]);
        if ((a, b, c) is ('t', 'h', 'e') || (word > 0 && (a, b, c) is ('a', 'n', 'd'))) // AND alone is Andorra
            key.Length = word;
    }

    // Arabic letters that keyboards and countries write differently.
    private static char Fold(char c) => c switch
    {
        '\u0649' or '\u06CC' => '\u064A', // alef maksura, Farsi yeh: yeh
        '\u06A9' => '\u0643',             // keheh: kaf
        '\u0629' => '\u0647',             // teh marbuta: heh
        '\u0671' => '\u0627',             // alef wasla: alef
        _ => c,
    };
}
