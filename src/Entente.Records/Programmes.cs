using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Entente.Records;

/// <summary>Programmes of sanctions, by the countries that they are about.</summary>
/// <remarks>Read once from the table <c>Data/programmes.txt</c>, which says what is in it and why.</remarks>
public static class Programmes
{
    // No publisher's name of a programme is longer; a paragraph is none.
    private const int MostText = 1000;

    private static readonly Lazy<Table> Loaded = new(Load);

    private sealed record Table(FrozenDictionary<string, ImmutableArray<string>> ByWords, int MostWords);

    /// <summary>The countries of whom those listed under a programme are nationals, nearly all of them.</summary>
    /// <param name="programme">Its name or code, as a list writes it: <c>IRAN-HR</c>, <c>The Syria (Sanctions) (EU Exit) Regulations 2019</c>.</param>
    /// <returns>ISO codes in lower case, each once; none where it is not about a country, or is not known.</returns>
    public static ImmutableArray<string> CountriesOf(string programme)
    {
        ArgumentNullException.ThrowIfNull(programme);
        List<string> words = WordsOf(programme.Length > MostText ? programme[..MostText] : programme);
        ImmutableArray<string>.Builder? countries = null;
        for (int at = 0; at < words.Count;)
        {
            int length = LongestAt(words, at, out ImmutableArray<string> found);
            foreach (string country in length == 0 ? [] : found)
            {
                countries ??= ImmutableArray.CreateBuilder<string>();
                if (!countries.Contains(country))
                    countries.Add(country);
            }

            at += Math.Max(1, length);
        }

        return countries?.ToImmutable() ?? [];
    }

    // 'South Sudan' is not Sudan, and the one Congo not the other.
    private static int LongestAt(List<string> words, int at, out ImmutableArray<string> countries)
    {
        for (int length = Math.Min(Loaded.Value.MostWords, words.Count - at); length > 0; length--)
        {
            if (Loaded.Value.ByWords.TryGetValue(string.Join(' ', words.GetRange(at, length)), out countries))
                return length;
        }

        countries = [];
        return 0;
    }

    private static Table Load()
    {
        var byWords = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        int most = 0;
        foreach (string[] row in DataTable.Read("programmes.txt", 2))
        {
            ImmutableArray<string> countries = [.. row[0].Split(' ')];
            foreach (string name in row[1].Split('|'))
            {
                List<string> words = WordsOf(name);
                byWords.Add(string.Join(' ', words), countries);
                most = Math.Max(most, words.Count);
            }
        }

        return new Table(byWords.ToFrozenDictionary(StringComparer.Ordinal), most);
    }

    /// <summary>Words without case and diacritics; a number ends a word, as in <c>DPRK2</c>.</summary>
    private static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (char c in Countries.Decompose(text))
        {
            if (char.IsLetter(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                End();
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }
}
