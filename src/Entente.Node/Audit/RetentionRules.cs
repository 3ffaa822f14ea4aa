using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Audit;

/// <summary>For how many days personal data is kept; null for always. Kept as the setting <c>retention</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetentionRules
{
    /// <summary>The name of the setting.</summary>
    public const string SettingName = "retention";

    private const int MostDays = 36_500;

    /// <summary>Nothing is erased.</summary>
    public static RetentionRules None { get; } = new();

    /// <summary>The setting.</summary>
    internal static SettingDefinition<RetentionRules> Definition { get; } = new(SettingName,
        "For how many days personal data is kept, by what it is in: screenings, alerts, subjects, bulk, signIns; null for always. Erased once a day.", None, rules => rules.Problem);

    /// <summary>What was screened, and what came of it; but for screenings that an alert refers to, which stay as long as the alert.</summary>
    public int? Screenings { get; init; }

    /// <summary>Alerts that are decided or withdrawn, with their decisions and comments, since they last changed; but for those on subjects that are still monitored.</summary>
    public int? Alerts { get; init; }

    /// <summary>Subjects that were removed from the book, since then.</summary>
    public int? Subjects { get; init; }

    /// <summary>Uploads and results of bulk jobs that ended, since then.</summary>
    public int? Bulk { get; init; }

    /// <summary>What was noted of sign-ins beside the account.</summary>
    public int? SignIns { get; init; }

    /// <summary>What is wrong with the rules, for people; null where nothing is.</summary>
    [JsonIgnore]
    public string? Problem => new (string Name, int? Days)[] { ("screenings", Screenings), ("alerts", Alerts), ("subjects", Subjects), ("bulk", Bulk), ("signIns", SignIns) }
        .FirstOrDefault(rule => rule.Days is < 1 or > MostDays) is { Name: { } name }
            ? $"{name}: a number of days from 1 to {MostDays} was expected, or null to keep for always."
            : null;

    /// <summary>Reads rules from JSON.</summary>
    /// <exception cref="JsonException">They are none.</exception>
    public static RetentionRules Parse(string json) => JsonSerializer.Deserialize<RetentionRules>(json, NodeJson.Options) ?? throw new JsonException("rules were expected");

    /// <summary>The rules in force.</summary>
    internal static async Task<RetentionRules> OfAsync(NodeDb db, CancellationToken cancel) =>
        await db.Settings.AsNoTracking().SingleOrDefaultAsync(setting => setting.Name == SettingName, cancel).ConfigureAwait(false) is { } setting ? Parse(setting.Value) : None;

    /// <summary>The rules as JSON.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, NodeJson.Options);
}

/// <summary>What a run of retention erased.</summary>
/// <param name="Entries">Entries of the trail whose payload was erased.</param>
/// <param name="Alerts">Alerts that were removed.</param>
/// <param name="Subjects">Removed subjects whose data was erased.</param>
/// <param name="BulkJobs">Bulk jobs that were removed.</param>
public sealed record RetentionOutcome(long Entries, long Alerts, long Subjects, long BulkJobs);
