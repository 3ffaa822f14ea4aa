using System.Collections.Immutable;
using Entente.Screening;

namespace Entente.Node.Settings;

/// <summary>When a decision needs a second person.</summary>
internal enum FourEyes
{
    /// <summary>Never, but where the other two settings ask for it.</summary>
    Never,

    /// <summary>When somebody decides that they are one.</summary>
    TrueMatches,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>A reason that reviewers may choose instead of writing one.</summary>
/// <param name="Verdict">The verdict that it is for; null for any.</param>
/// <param name="Text">The reason.</param>
internal sealed record CannedReason(Alerts.Verdict? Verdict, string Text);

/// <summary>The settings of screening and review.</summary>
internal static class NodeSettings
{
    /// <summary>Score at or above which a result is a match.</summary>
    public static SettingDefinition<double> Threshold { get; } = new(
        "policy.threshold", "Score at or above which a result is a match, and becomes an alert. Above 0, below 1.", MatchPolicy.Default.Threshold, InScore);

    /// <summary>Lowest score that is shown.</summary>
    public static SettingDefinition<double> Cutoff { get; } = new(
        "policy.cutoff", "Lowest score that is shown at all. Above 0, below 1; where it is above the threshold, the threshold counts.", MatchPolicy.Default.Cutoff, InScore);

    /// <summary>Most results for a query.</summary>
    public static SettingDefinition<int> Limit { get; } = new(
        "policy.limit", "Most results shown for one query: 1 to 500. Subjects of the book are held against up to 100 at least.", MatchPolicy.Default.Limit,
        value => value is >= 1 and <= 500 ? null : "expected a whole number from 1 to 500");

    /// <summary>When a decision needs a second person.</summary>
    public static SettingDefinition<FourEyes> FourEyes { get; } = new(
        "review.fourEyes", "When a decision needs the approval of a second person: never, trueMatches or always.", Settings.FourEyes.Never, _ => null);

    /// <summary>Above which weight of evidence a decision always needs a second person.</summary>
    public static SettingDefinition<double?> FourEyesAboveWeight { get; } = new(
        "review.fourEyesAboveWeight", "Bits of evidence from which on every decision needs a second person; null for none.", null,
        value => value is null or (>= 0 and <= 1000) ? null : "expected null or bits from 0 to 1000");

    /// <summary>Datasets on which a decision always needs a second person.</summary>
    public static SettingDefinition<ImmutableArray<string>> FourEyesDatasets { get; } = new(
        "review.fourEyesDatasets", "Datasets on whose entries every decision needs a second person.", [],
        values => values.IsDefault || values.Any(string.IsNullOrWhiteSpace) || values.Length > 200 ? "expected up to 200 names of datasets" : null);

    /// <summary>Reasons to choose from.</summary>
    public static SettingDefinition<ImmutableArray<CannedReason>> Reasons { get; } = new(
        "review.reasons", "Reasons that reviewers can choose: each with text, and the verdict that it is for or null.", [],
        values => values.IsDefault || values.Any(value => value is null || string.IsNullOrWhiteSpace(value.Text) || value.Text.Length > 500) || values.Length > 100
            ? "expected up to 100 reasons of up to 500 characters" : null);

    /// <summary>Whether webhooks may go to private addresses.</summary>
    public static SettingDefinition<bool> PrivateWebhooks { get; } = new(
        "webhooks.allowPrivateAddresses", "Whether webhooks may go to addresses of private networks. Off unless the receivers are in your own network.", false, _ => null);

    /// <summary>All of them.</summary>
    public static ImmutableArray<SettingDefinition> All { get; } =
        [Threshold, Cutoff, Limit, FourEyes, FourEyesAboveWeight, FourEyesDatasets, Reasons, PrivateWebhooks];

    /// <summary>The policy that is screened by unless a caller asks for another.</summary>
    /// <param name="settings">The settings.</param>
    public static MatchPolicy Policy(this SettingsService settings)
    {
        var threshold = settings.Get(Threshold);
        return new MatchPolicy { Threshold = threshold, Cutoff = Math.Min(settings.Get(Cutoff), threshold), Limit = settings.Get(Limit) };
    }

    /// <summary>The policy that the book is screened by: all that reaches the threshold counts, and nothing else.</summary>
    /// <param name="settings">The settings.</param>
    public static MatchPolicy BookPolicy(this SettingsService settings) =>
        settings.Policy() is var policy ? policy with { Cutoff = policy.Threshold, Limit = Math.Max(policy.Limit, LeastMatches) } : policy;

    private const int LeastMatches = 100;

    private static string? InScore(double value) => value is > 0 and < 1 ? null : "expected a score between 0 and 1, both excluded";
}
