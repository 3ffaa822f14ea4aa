using System.Globalization;

namespace Entente.Scale.MadeUp;

/// <summary>A row of a token file: one name word in Latin and in another script, and how often both were seen on one person.</summary>
internal readonly record struct TokenRow(string Latin, string Other, int Count);

/// <summary>Name words of one other script and their Latin spellings.</summary>
internal sealed class Spellings
{
    private const int LeastCount = 2;
    private const double LeastShare = 0.02;

    private readonly Dictionary<string, string> _original;
    private readonly Dictionary<string, Weighted<string>> _latin;

    public Spellings(IReadOnlyList<TokenRow> rows)
    {
        Rows = rows;
        _original = rows.GroupBy(row => row.Latin, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(row => row.Count).Other, StringComparer.Ordinal);
        // Rare pairs of a common word are mostly errors of the source, not spellings.
        _latin = rows.GroupBy(row => row.Other, StringComparer.Ordinal)
            .Select(group => (group.Key, Most: group.Max(row => row.Count), Rows: group))
            .ToDictionary(
                word => word.Key,
                word => new Weighted<string>(word.Rows
                    .Where(row => row.Count == word.Most || (row.Count >= LeastCount && row.Count >= LeastShare * word.Most))
                    .Select(row => (Capital(row.Latin), (double)row.Count))),
                StringComparer.Ordinal);
    }

    public IReadOnlyList<TokenRow> Rows { get; }

    /// <summary>The word in the other script that a Latin spelling mostly stands for; null where none is known.</summary>
    public string? OriginalOf(string latin) => _original.GetValueOrDefault(latin.ToLowerInvariant());

    /// <summary>Another Latin spelling of the same word, or the same again.</summary>
    public NamePart Respell(NamePart part, Dice dice) =>
        part.Original is { } original && _latin.TryGetValue(original, out Weighted<string>? spellings) ? part with { Latin = spellings.Draw(dice) } : part;

    public static string Capital(string word) => word.Length == 0 ? word : string.Concat(char.ToUpper(word[0], CultureInfo.InvariantCulture).ToString(), word.AsSpan(1));
}
