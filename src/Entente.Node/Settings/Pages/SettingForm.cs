using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;

namespace Entente.Node.Settings.Pages;

/// <summary>What the fields of a setting's form stand for: see <see cref="SettingFields"/>.</summary>
internal static class SettingForm
{
    private static readonly JsonSerializerOptions Readable = new(NodeJson.Options) { WriteIndented = true };

    /// <summary>For what personal data is kept by rules of its own, in the order of the form.</summary>
    public static ImmutableArray<string> Kept { get; } = ["screenings", "alerts", "subjects", "bulk", "signIns"];

    /// <summary>The value that was sent, as JSON. Whether the setting can have it is the setting's to say.</summary>
    /// <param name="setting">The setting as it was.</param>
    /// <param name="sent">What a field holds; empty where there is none.</param>
    /// <param name="all">What all fields of a name hold, in their order.</param>
    /// <exception cref="RequestException">A field does not hold what it is for.</exception>
    public static JsonElement Read(SettingView setting, Func<string, string> sent, Func<string, IReadOnlyList<string>> all)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(all);
        return setting.Name switch
        {
            RetentionRules.SettingName => Json(Kept.ToDictionary(name => name, name => Days(name, sent($"keep-{name}")))),
            _ when setting.Name == NodeSettings.Reasons.Name => Json(all("text").Zip(all("verdict"))
                .Where(row => row.First.Length > 0)
                .Select(row => new CannedReason(Enum.TryParse<Verdict>(row.Second, out var verdict) && verdict != Verdict.Undecided ? verdict : null, row.First))),
            _ when setting.Name == NodeSettings.FourEyesDatasets.Name => Json(all("dataset")),
            _ => Plain(setting, sent("value")),
        };
    }

    /// <summary>The days that something is kept; null for always.</summary>
    /// <param name="rules">The rules as JSON.</param>
    /// <param name="name">One of <see cref="Kept"/>.</param>
    public static int? DaysOf(JsonElement rules, string name) => rules.TryGetProperty(name, out var days) && days.ValueKind == JsonValueKind.Number ? days.GetInt32() : null;

    /// <summary>A value as it is typed.</summary>
    /// <param name="value">The value.</param>
    public static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Array or JsonValueKind.Object => JsonSerializer.Serialize(value, Readable),
        _ => value.GetRawText(),
    };

    private static int? Days(string name, string text) =>
        text.Length == 0 ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days
        : throw RequestException.Bad($"{name}: expected a whole number of days, or nothing to keep for always.");

    /// <summary>Numbers and the like as they are, words without their quotation marks.</summary>
    private static JsonElement Plain(SettingView setting, string text)
    {
        if (text.Length == 0 && setting.Default.ValueKind is not JsonValueKind.String)
            text = "null";
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Json(text);
        }
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, NodeJson.Options);
}
