using System.Buffers;
using System.Globalization;
using System.Text;
using Entente.Bench;

namespace Entente.Scale.MadeUp;

/// <summary>The words that made-up names are put together from, as often as real people bear them.</summary>
/// <remarks>
/// Common names by country come with their rank, and are drawn by Zipf's law; the long tail comes from pairs of
/// spellings with their counts. No list of real people is used, and no name of a real list.
/// </remarks>
internal sealed class NameStock
{
    // People with an article in an encyclopedia share the commonest names more than others do.
    private const double Damping = 0.7;

    // The file holds people of all origins; names from elsewhere are hardly ever written with these.
    private static readonly SearchValues<char> ArabicLetters = SearchValues.Create("عحصضظةذطق");

    private static readonly string[] PersianEndings = ["زاده", "زادة", "زادہ", "پور", "نژاد", "نیا", "یان", "ي", "ی"];
    private static readonly string[] SlavicEndings = ["ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ской", "енко", "чук", "юк", "ук", "ян", "швили", "дзе"];
    private static readonly string[] SouthSlavicEndings = ["ић", "ич", "ски", "ов", "ев"];

    private NameStock(IReadOnlyList<Culture> cultures)
    {
        Cultures = new Weighted<Culture>(cultures.Select(culture => (culture, culture.Share)));
        All = cultures;
    }

    /// <summary>The cultures, by their share.</summary>
    public Weighted<Culture> Cultures { get; }

    /// <summary>The same, each once.</summary>
    public IReadOnlyList<Culture> All { get; }

    /// <summary>Reads the stock from a folder with the token files and the common names by country.</summary>
    public static NameStock Read(string folder)
    {
        Spellings arabic = new(Tokens(folder, "arabic")), cyrillic = new(Tokens(folder, "cyrillic")), hebrew = new(Tokens(folder, "hebrew"));
        Dictionary<string, Country> countries = Countries(folder, arabic);
        HashSet<string> taken = [];
        Culture? Make(NamingStyle style, double share, Weighted<NamePart> rare, Spellings? spellings, params string[] codes)
        {
            taken.UnionWith(codes);
            // A country whose surnames are not known lives on the tail alone.
            Country[] known = [.. codes.Select(code => countries.GetValueOrDefault(code)).OfType<Country>().Where(country => !country.Surnames.IsEmpty || !rare.IsEmpty)];
            return known.Length == 0 ? null : new Culture(style, share, known, rare, spellings);
        }

        Home home = new(arabic, cyrillic, hebrew);
        TokenRow[] arabs = [.. home.Of(arabic).Where(row => row.Other.AsSpan().ContainsAny(ArabicLetters))];
        List<Culture?> cultures =
        [
            Make(NamingStyle.Arabic, 22, Tail(arabs), arabic,
                "ae", "sa", "eg", "iq", "jo", "kw", "lb", "ly", "ma", "dz", "tn", "ye", "sy", "sd", "qa"),
            Make(NamingStyle.Western, 8, Tail(arabs.Where(row => EndsWith(row.Other, PersianEndings))), arabic, "ir", "pk", "af"),
            Make(NamingStyle.EastSlavic, 22, Tail(cyrillic.Rows.Where(row => EndsWith(row.Other, SlavicEndings) && !row.Latin.EndsWith('a'))), cyrillic,
                "ru", "by", "ua", "kz", "kg", "tj"),
            Make(NamingStyle.Western, 5, Tail(cyrillic.Rows.Where(row => EndsWith(row.Other, SouthSlavicEndings) && !row.Latin.EndsWith('a'))), cyrillic,
                "rs", "bg", "mk", "me", "ba"),
            Make(NamingStyle.Western, 2, Tail(home.Of(hebrew)), hebrew, "il"),
            Make(NamingStyle.EastAsian, 8, new Weighted<NamePart>([]), null, "cn", "tw", "kr", "jp"),
            Make(NamingStyle.Iberian, 8, new Weighted<NamePart>([]), null,
                "es", "mx", "ar", "cl", "co", "pe", "ve", "py", "ec", "do", "sv", "cr", "bo", "pr", "pa", "uy"),
        ];
        // All others write Latin; their tail is what no other script can claim.
        Weighted<NamePart> west = new(home.Of(null).Where(row => !EndsWith(row.Other, SlavicEndings)).Select(row => (new NamePart(Spellings.Capital(row.Latin), null), Math.Pow(row.Count, Damping))));
        cultures.Add(Make(NamingStyle.Western, 25, west, null, [.. countries.Keys.Where(code => !taken.Contains(code)).Order(StringComparer.Ordinal)]));
        return new NameStock([.. cultures.OfType<Culture>()]);
    }

    private static List<TokenRow> Tokens(string folder, string script) =>
    [
        .. RealData.Rows(Path.Combine(folder, script + "-latin-tokens.csv"))
            .Select(row => new TokenRow(row["latin"], row["other"], int.Parse(row["count"], CultureInfo.InvariantCulture)))
            .Where(row => row.Latin.Length >= 3 && row.Other.Length >= 2 && row.Latin.All(char.IsLetter)),
    ];

    private static Weighted<NamePart> Tail(IEnumerable<TokenRow> rows) =>
        new(rows.Select(row => (new NamePart(Spellings.Capital(row.Latin), Spellings.Capital(row.Other)), Math.Pow(row.Count, Damping))));

    private static bool EndsWith(string word, string[] endings) => endings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal));

    private static Dictionary<string, Country> Countries(string folder, Spellings arabic)
    {
        ILookup<string, IReadOnlyDictionary<string, string>> surnames = RealData.Rows(Path.Combine(folder, "common-surnames-by-country.csv"))
            .ToLookup(row => row["Country"].ToLowerInvariant());
        Dictionary<string, Country> countries = [];
        foreach (var forenames in RealData.Rows(Path.Combine(folder, "common-forenames-by-country.csv")).GroupBy(row => row["Country"].ToLowerInvariant()))
        {
            Country country = new(
                forenames.Key,
                Ranked(forenames.Where(row => row["Gender"] == "M"), "Index", arabic),
                Ranked(forenames.Where(row => row["Gender"] == "F"), "Index", arabic),
                Ranked(surnames[forenames.Key], "Rank", arabic));
            if (!country.Male.IsEmpty && !country.Female.IsEmpty)
                countries.Add(forenames.Key, country);
        }
        return countries;
    }

    /// <summary>Names by rank: how often, follows Zipf's law, flattened at the head as counts of names are.</summary>
    private static Weighted<NamePart> Ranked(IEnumerable<IReadOnlyDictionary<string, string>> rows, string rank, Spellings arabic) =>
        new(rows
            .Where(row => row["Romanized Name"].Length > 0)
            .Select(row => (Part(row, arabic), 1.0 / ((int.TryParse(row[rank], NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? place : 50) + 3))));

    private static NamePart Part(IReadOnlyDictionary<string, string> row, Spellings arabic)
    {
        string latin = row["Romanized Name"], local = Plain(row["Localized Name"]);
        string? original = local.Length > 0 && local.All(c => c > '\u024F' || c is ' ' or '-' or '\'') ? local : null;
        // The table gives names of Arab countries in Latin letters only.
        return new NamePart(latin, original ?? (row["Country"] is "AE" or "SA" or "EG" or "IQ" or "JO" or "KW" or "LB" or "LY" or "MA" or "DZ" or "TN" or "IR" or "PK" ? arabic.OriginalOf(latin) : null));
    }

    /// <summary>Without the accents that show the stress of Russian words.</summary>
    private static string Plain(string word) => word.Replace("\u0301", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormC);

    /// <summary>Where a Latin spelling is at home: most files hold people of all origins, so it is where it is relatively commonest.</summary>
    private sealed class Home
    {
        private const double Clearly = 2;

        private readonly Spellings[] _all;
        private readonly Dictionary<string, double>[] _shares;

        public Home(params Spellings[] all)
        {
            _all = all;
            _shares = [.. all.Select(Shares)];
        }

        /// <summary>The rows of those words that are at home in a script; of null, those that no script can claim.</summary>
        public IEnumerable<TokenRow> Of(Spellings? spellings)
        {
            int of = Array.IndexOf(_all, spellings);
            return of >= 0
                ? spellings!.Rows.Where(row => IsAtHome(row.Latin, of))
                : _all.SelectMany(each => each.Rows).Where(row => !Enumerable.Range(0, _all.Length).Any(i => IsAtHome(row.Latin, i))).DistinctBy(row => row.Latin);
        }

        private bool IsAtHome(string latin, int script)
        {
            double elsewhere = 0;
            for (int i = 0; i < _shares.Length; i++)
            {
                if (i != script)
                    elsewhere = Math.Max(elsewhere, _shares[i].GetValueOrDefault(latin));
            }
            return _shares[script].GetValueOrDefault(latin) > Clearly * elsewhere;
        }

        private static Dictionary<string, double> Shares(Spellings spellings)
        {
            double all = spellings.Rows.Sum(row => row.Count);
            return spellings.Rows.GroupBy(row => row.Latin, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(row => row.Count) / all, StringComparer.Ordinal);
        }
    }
}
