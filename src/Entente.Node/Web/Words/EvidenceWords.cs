using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Web.Words;

/// <summary>What the engine says of evidence, in the reader's language.</summary>
/// <remarks>
/// The engine explains in English, and answers to programs stay so. Its phrases are few and fixed, so that here each is a key of
/// <see cref="EvidenceTexts"/>; a test reads them out of the engine and finds one that has no translation.
/// </remarks>
/// <param name="texts">The phrases.</param>
public sealed partial class EvidenceWords(IStringLocalizer<EvidenceTexts> texts)
{
    // Phrases that hold numbers and days, and the keys that have places for them.
    private static readonly (Regex Pattern, string Key)[] WithNumbers =
        [(YearsApart(), "born {0} years apart"), (AgeWhenListed(), "{0} years old when listed on {1}"), (NotYetBorn(), "not yet born when listed on {0}")];

    /// <summary>Translates an explanation; what is not known stays English, which is better than nothing.</summary>
    /// <param name="explanation">As <see cref="Entente.Screening.Evidence.Explanation"/> has it.</param>
    public string Explain(string explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return JudgementBy().Match(explanation) is { Success: true } judged
            ? Judged(judged)
            : string.Join(texts["; "], explanation.Split("; ").Select(Phrase));
    }

    /// <summary>Whether all of it can be said in the reader's language.</summary>
    internal bool Knows(string explanation) => explanation.Split("; ").All(phrase => Phrase(phrase) is var said && (said != phrase || !texts[phrase].ResourceNotFound));

    private string Phrase(string phrase)
    {
        foreach ((Regex pattern, var key) in WithNumbers)
        {
            if (pattern.Match(phrase) is { Success: true } found)
                return string.Format(CultureInfo.CurrentCulture, texts[key], [.. found.Groups.Values.Skip(1).Select(group => group.Value)]);
        }
        if (phrase.StartsWith("Another legal form: ", StringComparison.Ordinal))
            return texts["Another legal form"];
        return texts[phrase];
    }

    private string Judged(Match judged)
    {
        string what = texts[judged.Groups[1].Value];
        var rest = judged.Groups[2].Value.Trim(' ', ':');
        return rest.Length == 0 ? what : $"{what} ({rest})";
    }

    [GeneratedRegex("^born ([0-9]+) years apart$", RegexOptions.CultureInvariant)]
    private static partial Regex YearsApart();

    [GeneratedRegex("^([0-9]+) years old when listed on ([0-9-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex AgeWhenListed();

    [GeneratedRegex("^not yet born when listed on ([0-9-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex NotYetBorn();

    [GeneratedRegex("^(judged (?:one entity|two entities))(.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex JudgementBy();
}
