using Entente.Names.Comparison;

namespace Entente.Screening.Listings;

/// <summary>How much must speak for two entries to be held to be one, in bits.</summary>
/// <remarks>
/// Stricter than a match: a match is a question to a person, a link is an answer. Set by hand by
/// reading links of real lists. Raise <see cref="Version"/> with every change.
/// </remarks>
internal static class ResolutionRules
{
    /// <summary>Version of the rules; together with the weights of evidence it stands in stored groups.</summary>
    public const int Version = (EvidenceWeights.Version * 1000) + 1;

    /// <summary>Weight of a reference of the United Nations that both entries carry: two publishers say so.</summary>
    public const double ReferenceSame = 30;

    /// <summary>Beside a shared reference or a number of which there is one in the world: some word in common, against slips in copying it.</summary>
    public const double LeastNameForReference = 3;

    /// <summary>Beside a shared number of a national kind: the names alone would be a match.</summary>
    public const double LeastNameForIdentifier = ScoreScale.MatchBits;

    /// <summary>A person's name beside the same birth date: more than one word in common.</summary>
    public const double LeastNameForBirthDate = 11;

    /// <summary>What a word weighs at least that does not agree letter by letter: as much as the commonest names do when they agree so.</summary>
    public const double LeastWord = 6;

    /// <summary>A person's name and facts together.</summary>
    public const double LeastForBirthDate = 20;

    /// <summary>An organisation's whole name beside the same country: a rare word and another, or several that are less rare.</summary>
    public const double LeastNameForCountry = 20;

    /// <summary>Two entries of one list whose organisations' names fit a third within this are not told apart: a bank and its branch.</summary>
    public const double Ambiguous = 3;

    /// <summary>Birth dates that weigh this little or less are those of two people.</summary>
    public const double BirthDatesContradict = EvidenceWeights.BirthYearFar;

    /// <summary>More entries than this under one number or name: it names nothing in particular.</summary>
    public const int MostInBlock = 100;
}
