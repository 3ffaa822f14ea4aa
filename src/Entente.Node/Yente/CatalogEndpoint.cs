using System.Globalization;
using System.Text.Json;
using Entente.Lists.Snapshots;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Yente;

/// <summary><c>GET /catalog</c>: the lists in use, with version and age, and the collection of all of them.</summary>
internal static class CatalogEndpoint
{
    public static async Task AnswerAsync(HttpContext http, ListsInUse inUse, TimeProvider clock)
    {
        _ = new QueryText(http.Request);
        var lists = inUse.Require();
        var now = clock.GetUtcNow();
        UsedLists.AddHeaders(http.Response, lists, now);
        await JsonAnswer.WriteAsync(http, json =>
        {
            json.WriteStartArray("datasets");
            WriteDataset(json, DatasetScope.Default, "All lists of this node", null, lists.Id ?? "", lists.Index.EntityCount, null, [.. DatasetScope.Names(lists)]);
            for (var at = 0; at < lists.Versions.Count; at++)
            {
                var version = lists.Versions[at];
                WriteDataset(json, version.Dataset, version.Title, version.Publisher, VersionOf(version), lists.Archive.Counts.Where(count => count.List == at).Sum(count => count.Targets), version.PublishedAt ?? version.FetchedAt, []);
            }
            json.WriteEndArray();
            json.WriteTexts("current", lists.Versions.Where(version => !version.IsStale(now)).Select(version => version.Dataset));
            json.WriteTexts("outdated", lists.Versions.Where(version => version.IsStale(now)).Select(version => version.Dataset));
            json.WriteBoolean("index_stale", lists.Versions.Any(version => version.IsStale(now)));
            json.WriteBoolean("sample", lists.IsSample);
            UsedLists.Write(json, lists, now);
        }).ConfigureAwait(false);
    }

    private static void WriteDataset(Utf8JsonWriter json, string name, string title, string? publisher, string version, int entities, DateTimeOffset? published, string[] children)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("title", title);
        json.WriteString("summary", publisher);
        json.WriteNull("url");
        json.WriteBoolean("load", true);
        json.WriteNull("entities_url");
        json.WriteString("version", version);
        json.WriteString("index_version", version);
        json.WriteBoolean("index_current", true);
        json.WriteNumber("entity_count", entities);
        json.WriteNumber("target_count", entities);
        json.WriteString("last_export", published?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        json.WriteTexts("children", children);
        json.WriteEndObject();
    }

    private static string VersionOf(ListVersion version) => version.Label[(version.Dataset.Length == version.Label.Length ? 0 : version.Dataset.Length + 1)..];
}
