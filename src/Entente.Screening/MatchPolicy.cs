using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Names.Comparison;

namespace Entente.Screening;

/// <summary>What counts as a match, and how much is reported.</summary>
/// <remarks>All that steers a result beside the index and the query: two runs with the same <see cref="Hash"/> score alike. Immutable.</remarks>
public sealed record MatchPolicy
{
    /// <summary>The policy used unless another is given.</summary>
    public static MatchPolicy Default { get; } = new();

    /// <summary>Score at or above which a result is a match. In (0, 1); default 0.70.</summary>
    public double Threshold
    {
        get;
        init => field = InRange(value, nameof(Threshold));
    } = 0.70;

    /// <summary>Lowest score reported at all. In (0, 1); default 0.50.</summary>
    public double Cutoff
    {
        get;
        init => field = InRange(value, nameof(Cutoff));
    } = 0.50;

    /// <summary>Most results for a query. At least 1; default 5.</summary>
    public int Limit
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one result must be allowed.");
    } = 5;

    /// <summary>Factors on the bits of each feature; none unless set.</summary>
    public FeatureWeights Weights { get; init; } = FeatureWeights.Default;

    /// <summary>What the policy, the weights of evidence and the rules and tables of names are, in one short word, for records of past results.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"threshold={Threshold:R};cutoff={Cutoff:R};limit={Limit};bits={ScoreScale.MatchBits:R};weights={EvidenceWeights.Version};names={typeof(ScoreScale).Module.ModuleVersionId:N}{(Weights.IsDefault ? "" : ";factors=")}{Weights}"))))[..16];

    private static double InRange(double value, string name) => value is > 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a score between 0 and 1, both excluded.");
}
