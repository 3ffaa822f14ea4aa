using Entente.Desk;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Yente;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Watchman;

/// <summary><c>GET /v2/listinfo</c>.</summary>
internal static class WatchmanListInfo
{
    public static async Task AnswerAsync(HttpContext http, ListsInUse inUse, TimeProvider clock)
    {
        _ = new QueryText(http.Request);
        var lists = inUse.Require();
        var now = clock.GetUtcNow();
        UsedLists.AddHeaders(http.Response, lists, now);
        var fetched = lists.Versions.Select(version => version.FetchedAt ?? version.PublishedAt).OfType<DateTimeOffset>().DefaultIfEmpty(now).Max();
        await JsonAnswer.WriteAsync(http, json =>
        {
            json.WriteStartObject("lists");
            foreach (var version in lists.Versions)
                json.WriteNumber(WatchmanSources.Of(version.Dataset), version.Entities);
            json.WriteEndObject();
            json.WriteStartObject("listHashes");
            foreach (var version in lists.Versions)
                json.WriteString(WatchmanSources.Of(version.Dataset), version.Sha256 ?? "");
            json.WriteEndObject();
            json.WriteString("startedAt", fetched.UtcDateTime);
            json.WriteString("endedAt", fetched.UtcDateTime);
            json.WriteString("version", "entente " + EngineVersion.Text);
        }).ConfigureAwait(false);
    }
}
