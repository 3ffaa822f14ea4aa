using System.Text.Json;
using Entente.Lists.Snapshots;

namespace Entente.Desk.Answers;

/// <summary>The version of a list as JSON. The member names are a contract: add, never change.</summary>
public static class VersionJson
{
    /// <summary>Writes the members.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="version">The version.</param>
    /// <param name="now">For its age.</param>
    public static void WriteMembers(Utf8JsonWriter json, ListVersion version, DateTimeOffset now)
    {
        json.WriteString("dataset", version.Dataset);
        json.WriteString("title", version.Title);
        json.WriteString("publisher", version.Publisher);
        json.WriteString("version", version.Version);
        WriteTime(json, "publishedAt", version.PublishedAt);
        json.WriteString("sha256", version.Sha256);
        WriteTime(json, "fetchedAt", version.FetchedAt);
        WriteTime(json, "confirmedAt", version.ConfirmedAt);
        if (version.Age(now) is { } age)
            json.WriteNumber("ageDays", (int)age.TotalDays);
        else
            json.WriteNull("ageDays");
        json.WriteNumber("entities", version.Entities);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, known.UtcDateTime);
        else
            json.WriteNull(name);
    }
}
