using System.Text.Json;
using Entente.Screening;

namespace Entente.Node.Alerts.Pages;

/// <summary>A match as an alert keeps it: in the shape of <c>entente screen</c>.</summary>
/// <param name="EntityId">The entry that matched best.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name that agreed best.</param>
/// <param name="Evidence">What speaks for and against.</param>
public sealed record StoredMatch(string EntityId, string Schema, string Name, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>Reads one.</summary>
    /// <param name="json">The match.</param>
    public static StoredMatch Of(JsonElement json) => new(
        Text(json, "id") ?? "", Text(json, "schema") ?? "Thing", Text(json, "name") ?? Text(json, "caption") ?? "",
        json.TryGetProperty("evidence", out var evidence)
            ? [.. evidence.EnumerateArray().Select(item => new Evidence(Text(item, "feature") ?? "", Text(item, "query"), Text(item, "listed"), item.GetProperty("weight").GetDouble(), Text(item, "explanation") ?? ""))]
            : []);

    /// <summary>The names that a stored query asks for.</summary>
    /// <param name="query">Schema and properties.</param>
    public static IReadOnlyList<string> NamesOf(JsonElement query) =>
        query.TryGetProperty("properties", out var properties) && properties.TryGetProperty("name", out var names)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : [];

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
