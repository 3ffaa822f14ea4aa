using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Entente.Bench;
using Entente.Names.Text;

namespace Entente.Training;

/// <summary>One row of a token file: a Latin and another spelling of a name, and how often both were seen on one person.</summary>
internal sealed record TokenPair(string Latin, string Other, int Count);

/// <summary>Reads the token files, leaving out what the quality bench holds out.</summary>
internal static class TokenPairs
{
    public static readonly string[] Files = ["arabic-latin-tokens.csv", "cyrillic-latin-tokens.csv", "hebrew-latin-tokens.csv"];

    public static List<TokenPair> Read(string path)
    {
        var pairs = new List<TokenPair>();
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            string latin = csv.GetField("latin")!, other = csv.GetField("other")!;
            if (HeldOut.Contains(other))
                continue;
            if (Fold(latin) is { } a && Fold(other) is { } b)
                pairs.Add(new TokenPair(a, b, csv.GetField<int>("count")));
        }

        return pairs;
    }

    /// <summary>The folded form of a token that is one word; null for initials and what is more than a word.</summary>
    public static string? Fold(string token)
    {
        List<RawWord> words = TextFold.Words(token);
        return words.Count == 1 && words[0].Folded.Length > 1 && !words[0].Folded.Any(char.IsAsciiDigit) ? words[0].Folded : null;
    }
}
