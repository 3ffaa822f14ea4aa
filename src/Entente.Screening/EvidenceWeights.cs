using Entente.Screening.Facts;

namespace Entente.Screening;

/// <summary>Weights of what corroborates or contradicts a name, in bits.</summary>
/// <remarks>
/// Set by hand against the measurements in <c>bench/</c>, from how often two different people
/// agree by chance: one in 365 times some 60 years on a birth date, one in some 20 on a
/// nationality where both were asked for. What speaks against is milder than what
/// <c>bench/Entente.Quality -- circumstances</c> measures of those on several lists, for lists
/// copy from each other. Raise <see cref="Version"/> with every change.
/// </remarks>
internal static class EvidenceWeights
{
    /// <summary>Version of the weights of names and facts, part of <see cref="MatchPolicy.Hash"/>.</summary>
    public const int Version = 6;

    public const double BirthDateSame = 11;
    public const double BirthMonthSame = 7;
    public const double BirthDaySwapped = 8;
    public const double BirthYearSame = 3.5;
    public const double BirthDateSlip = 4;
    public const double BirthYearNear = 0.5;
    public const double BirthDateOff = -2.5;
    public const double BirthYearOff = -7;
    public const double BirthYearFar = -12;
    public const double BirthDateFar = -18;

    public const double NationalitySame = 2;

    // One listed person in 24 is known to have several nationalities: so often somebody may show one that the list does not know.
    public const double NationalityOther = -4;
    public const double NationalityUntied = -4;

    // By addresses alone: one listed person in five lives in another country than his own.
    public const double NationalityElsewhere = -2;

    public const double CountrySame = 1;
    public const double GenderSame = 0.5;
    public const double GenderOther = -5;
    public const double PlaceSame = 2;
    public const double PlaceCountrySame = 0.5;
    public const double PlaceOther = -1;
    public const double DocumentSame = 18;

    /// <summary>Most that can speak against a match because another list's entry on the entity says so: that the two are one may be wrong.</summary>
    public const double MostFromOthers = -10;

    /// <summary>What it says that somebody was of an age when a list first had him.</summary>
    /// <param name="age">In years; below 0 for not yet born.</param>
    /// <remarks>How much oftener listed people whose birth date is known were of that age than people of any age are; never in favour.</remarks>
    public static double AgeWhenListed(int age) => age switch
    {
        < 14 => -8,
        < 17 => -5.5,
        < 23 => -3,
        < 26 => -1.5,
        < 30 => -0.5,
        <= 80 => 0,
        _ => -2,
    };

    /// <summary>A name that the list itself holds to be of low quality.</summary>
    public const double WeakAlias = -1;

    /// <summary>
    /// Below this weight of the names, circumstances do not speak for a match: half the
    /// people of a town share them.
    /// </summary>
    public const double LeastNameForCircumstances = 6;

    /// <summary>Most that circumstances (all but full birth date and document) can add.</summary>
    public const double MostFromCircumstances = 4;

    /// <summary>The least that a name must weigh for the facts of a query to lift it to a weight; a shared document apart, which lifts any.</summary>
    /// <param name="facts">What the query says beside names.</param>
    /// <param name="wanted">The weight, in bits.</param>
    public static double LeastName(EntityFacts facts, double wanted)
    {
        // Beside circumstances a birth date may speak too, and with a whole birth date less of the name will do.
        double lift = (facts.BirthDates.IsEmpty ? 0 : BirthDateSame) + MostFromCircumstances;
        return Math.Max(facts.BirthDates.IsEmpty ? LeastNameForCircumstances : LeastNameForCircumstances / 2, wanted - lift) is var least && least < wanted ? least : wanted;
    }
}
