using System.Text.Json;
using Entente.Desk.Answers;
using Entente.Desk.Lists;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Yente;

/// <summary>Says with an answer which list versions it was made with, and how stale they are.</summary>
internal static class UsedLists
{
    /// <summary>A header with the versions in one word each.</summary>
    public const string VersionsHeader = "X-Entente-Lists";

    /// <summary>A header with the datasets that are stale; absent when none is.</summary>
    public const string StaleHeader = "X-Entente-Stale-Lists";

    /// <summary>Adds the headers.</summary>
    public static void AddHeaders(HttpResponse response, LoadedLists lists, DateTimeOffset now)
    {
        response.Headers[VersionsHeader] = string.Join(", ", lists.Versions.Select(version => Ascii(version.Label)));
        if (lists.Versions.Where(version => version.IsStale(now)).Select(version => version.Dataset).ToList() is { Count: > 0 } stale)
            response.Headers[StaleHeader] = string.Join(", ", stale.Select(Ascii));
    }

    /// <summary>Writes the member <c>lists</c>.</summary>
    public static void Write(Utf8JsonWriter json, LoadedLists lists, DateTimeOffset now)
    {
        json.WriteStartArray("lists");
        foreach (var version in lists.Versions)
        {
            json.WriteStartObject();
            VersionJson.WriteMembers(json, version, now);
            json.WriteBoolean("stale", version.IsStale(now));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A publisher's version may be any text; a header may not.</summary>
    private static string Ascii(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' and not ',' ? c : '_'));
}
