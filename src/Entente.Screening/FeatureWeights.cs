using System.Collections.Immutable;
using System.Globalization;
using Entente.Screening.Facts;

namespace Entente.Screening;

/// <summary>How much each feature of the evidence counts: a factor on its bits, 1 unless set.</summary>
/// <remarks>
/// For callers who know their own data: a registry whose birth dates are often wrong lets them count half. The rules of when
/// circumstances may speak at all are not touched; what they then say is multiplied. Ranking and threshold see the multiplied bits.
/// </remarks>
public sealed record FeatureWeights
{
    /// <summary>The greatest factor.</summary>
    public const double Most = 10;

    /// <summary>Everything counts as the engine weighs it.</summary>
    public static FeatureWeights Default { get; } = new();

    /// <summary>The names of the features.</summary>
    public static ImmutableArray<string> Features { get; } = ["name", "birthDate", "nationality", "country", "gender", "birthPlace", "document"];

    /// <summary>Names of every kind. 0 to 10.</summary>
    public double Name { get; init => field = InRange(value); } = 1;

    /// <summary>Birth dates. 0 to 10.</summary>
    public double BirthDate { get; init => field = InRange(value); } = 1;

    /// <summary>Nationalities. 0 to 10.</summary>
    public double Nationality { get; init => field = InRange(value); } = 1;

    /// <summary>Countries. 0 to 10.</summary>
    public double Country { get; init => field = InRange(value); } = 1;

    /// <summary>Genders. 0 to 10.</summary>
    public double Gender { get; init => field = InRange(value); } = 1;

    /// <summary>Places of birth. 0 to 10.</summary>
    public double BirthPlace { get; init => field = InRange(value); } = 1;

    /// <summary>Numbers of documents. 0 to 10.</summary>
    public double Document { get; init => field = InRange(value); } = 1;

    /// <summary>Whether nothing is multiplied.</summary>
    public bool IsDefault => this == Default;

    /// <summary>The factors that are set, by feature.</summary>
    public IEnumerable<KeyValuePair<string, double>> Set => Features.Select(feature => KeyValuePair.Create(feature, Of(feature))).Where(pair => pair.Value != 1);

    /// <summary>These, with one factor changed.</summary>
    /// <param name="feature">One of <see cref="Features"/>.</param>
    /// <param name="factor">0 to 10.</param>
    /// <exception cref="ArgumentException">There is no such feature.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public FeatureWeights With(string feature, double factor) => feature switch
    {
        "name" => this with { Name = factor },
        "birthDate" => this with { BirthDate = factor },
        "nationality" => this with { Nationality = factor },
        "country" => this with { Country = factor },
        "gender" => this with { Gender = factor },
        "birthPlace" => this with { BirthPlace = factor },
        "document" => this with { Document = factor },
        _ => throw new ArgumentException($"'{feature}' is no feature.", nameof(feature)),
    };

    /// <summary>The factor of a feature as evidence names it; kinds of names are names.</summary>
    /// <param name="feature">As in <see cref="Evidence.Feature"/>.</param>
    public double Of(string feature) => feature switch
    {
        "birthDate" => BirthDate,
        "nationality" => Nationality,
        "country" => Country,
        "gender" => Gender,
        "birthPlace" => BirthPlace,
        "document" => Document,
        _ => Name,
    };

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Set.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}:{pair.Value:R}")));

    /// <summary>The weight of a match; multiplies the evidence in place, so that it still adds up.</summary>
    /// <param name="nameBits">Of the name, not yet multiplied.</param>
    /// <param name="circumstanceBits">Of all circumstances, not yet multiplied.</param>
    /// <param name="circumstances">The evidence beside the name.</param>
    internal double Weigh(double nameBits, double circumstanceBits, List<Evidence> circumstances)
    {
        if (IsDefault)
            return nameBits + circumstanceBits;
        double weight = nameBits * Name;
        for (int i = 0; i < circumstances.Count; i++)
        {
            circumstances[i] = circumstances[i] with { Weight = circumstances[i].Weight * Of(circumstances[i].Feature) };
            weight += circumstances[i].Weight;
        }

        return weight;
    }

    /// <summary>The least that a name must weigh, not yet multiplied, for a match to reach a weight; a shared document apart, which lifts any.</summary>
    /// <param name="facts">What the query says beside names; null for nothing.</param>
    /// <param name="wanted">The weight, in bits.</param>
    internal double LeastName(EntityFacts? facts, double wanted)
    {
        if (IsDefault)
            return facts is null ? wanted : EvidenceWeights.LeastName(facts, wanted);
        double alone = Needed(wanted);
        if (facts is null)
            return alone;
        // As EvidenceWeights.LeastName: what can lift, and from what weight of the name on it may.
        double strong = facts.BirthDates.IsEmpty ? 0 : BirthDate * EvidenceWeights.BirthDateSame;
        double weak = EvidenceWeights.MostFromCircumstances * Math.Max(Math.Max(BirthDate, Nationality), Math.Max(Country, Math.Max(Gender, BirthPlace)));
        double from = facts.BirthDates.IsEmpty ? EvidenceWeights.LeastNameForCircumstances : EvidenceWeights.LeastNameForCircumstances / 2;
        return Math.Min(alone, Math.Max(from, Needed(wanted - strong - weak)));
    }

    // More than any name weighs: where names count nothing, none reaches anything by itself.
    private const double Never = 1e6;

    private double Needed(double wanted) => wanted <= 0 ? 0 : Name == 0 ? Never : Math.Min(Never, wanted / Name);

    private static double InRange(double value) => value is >= 0 and <= Most
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a factor from 0 to 10.");
}
