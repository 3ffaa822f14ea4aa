using System.Text.Json.Nodes;
using Entente.Bench.Peers.Contenders;

namespace Entente.Bench.Peers;

/// <summary>How one contender did on one list at one threshold.</summary>
internal sealed record Standing
{
    public required Contender Contender { get; init; }

    public required Threshold Threshold { get; init; }

    /// <summary>Whether the threshold was chosen so that it raises no more alerts than Entente on the same people.</summary>
    public bool EqualAlerts { get; init; }

    /// <summary>Time of each query about people who were never asked for before.</summary>
    public required Latencies Fresh { get; init; }

    /// <summary>Time of each query.</summary>
    public required Latencies Speed { get; init; }

    /// <summary>Entente's time of the very same queries.</summary>
    public required Latencies Entente { get; init; }

    /// <summary>False alerts, by file of ordinary people.</summary>
    public required IReadOnlyList<(string File, Rate Alerts)> Alerts { get; init; }

    /// <summary>Entente's alerts on the very same people.</summary>
    public required int EntenteAlerts { get; init; }

    public required Recall Listed { get; init; }

    /// <summary>Null where the list is not one that this is measured on.</summary>
    public Recall? AcrossScripts { get; init; }

    public string Title => $"{Contender.Name} {Threshold}{(EqualAlerts ? "*" : "")}";

    public double MedianRatio => Speed.Median / Entente.Median;

    public double ThroughputRatio => Entente.PerSecond / Speed.PerSecond;

    public JsonObject ToJson() => new()
    {
        ["contender"] = Contender.Name,
        ["setup"] = Contender.Setup,
        ["threshold"] = Threshold.Score,
        ["thresholdExcluded"] = Threshold.Above,
        ["equalAlerts"] = EqualAlerts,
        ["speedAskedForTheFirstTime"] = Fresh.ToJson(),
        ["speed"] = Speed.ToJson(),
        ["ententeOnTheSameQueries"] = Entente.ToJson(),
        ["medianOverEntente"] = MedianRatio,
        ["ententeThroughputOverThis"] = ThroughputRatio,
        ["memory"] = Contender.MemoryJson,
        ["ordinary"] = new JsonArray([.. Alerts.Select(each => Json(each.File, each.Alerts))]),
        ["ententeAlertsOnTheSamePeople"] = EntenteAlerts,
        ["listed"] = Listed.ToJson(),
        ["acrossScripts"] = AcrossScripts?.ToJson(),
    };

    private static JsonObject Json(string file, Rate rate) => new()
    {
        ["file"] = file,
        ["count"] = rate.Count,
        ["of"] = rate.Of,
        ["low"] = rate.Low,
        ["high"] = rate.High,
    };
}

/// <summary>How many of the right entities were found.</summary>
/// <param name="OnTop">On top, whatever the score.</param>
/// <param name="TopAlert">On top, and an alert.</param>
/// <param name="Alert">An alert, among the first five.</param>
internal sealed record Recall(Rate OnTop, Rate TopAlert, Rate Alert)
{
    /// <summary>Most hits that are looked at.</summary>
    public const int Places = 5;

    public static Recall Of(IReadOnlyList<Answer> answers, Threshold threshold) => new(
        new Rate(answers.Count(answer => answer.RightOnTop), answers.Count),
        new Rate(answers.Count(answer => answer.RightOnTop && answer.IsAlert(threshold)), answers.Count),
        new Rate(answers.Count(answer => answer.RightAnywhere(threshold)), answers.Count));

    public JsonObject ToJson() => new()
    {
        ["of"] = OnTop.Of,
        ["onTop"] = OnTop.Count,
        ["onTopAndAlert"] = TopAlert.Count,
        ["alertAmongFirstFive"] = Alert.Count,
    };
}
