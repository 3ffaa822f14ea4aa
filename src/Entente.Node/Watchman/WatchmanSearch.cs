using System.Collections.Immutable;
using System.Globalization;
using Entente.Desk.Rows;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Node.Yente;
using Entente.Records;
using Entente.Screening;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Watchman;

/// <summary><c>GET /v2/search</c>: who resembles a person, business, organization, aircraft or vessel.</summary>
internal static class WatchmanSearch
{
    private const int UsualLimit = 10, MostLimit = 100;

    // Watchman gives the nearest, however far, unless minMatch says otherwise.
    private const double FarthestShown = 0.1;

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["person"] = "Person",
        ["business"] = "Company",
        ["organization"] = "Organization",
        ["aircraft"] = "Airplane",
        ["vessel"] = "Vessel",
    };

    private static readonly string[] Used = ["name", "type", "source", "limit", "minMatch", "altNames", "birthDate", "gender", "imoNumber", "mmsi", "callSign", "serialNumber", "flag", "address", "addresses", "country"];

    /// <summary>Parameters that clients send and that play no part.</summary>
    public static readonly string[] Unused =
        ["requestID", "debug", "debugSourceIDs", "deathDate", "titles", "created", "dissolved", "aircraftType", "vesselType", "built", "icaoCode", "model", "tonnage", "grossRegisteredTonnage", "owner",
            "email", "emailAddress", "emailAddresses", "phone", "phoneNumber", "phoneNumbers", "fax", "faxNumber", "faxNumbers", "website", "websites", "cryptoAddress", "cryptoAddresses"];

    /// <summary>The parameters.</summary>
    public static readonly string[] Parameters = [.. Used, .. Unused];

    public static async Task AnswerAsync(HttpContext http, ListsInUse inUse, ScreeningService screening, TimeProvider clock)
    {
        var parameters = new QueryText(http.Request, Parameters);
        var type = (parameters.Text("type") ?? "").Trim().ToLowerInvariant();
        if (type.Length > 0 && !Types.ContainsKey(type))
            throw RequestException.Bad($"'type': '{QueryText.Short(type)}' is none. There are {string.Join(", ", Types.Keys)}.");
        var query = Query(parameters, type);
        var limit = Math.Min(parameters.Number("limit", UsualLimit, 1, int.MaxValue), MostLimit);
        var least = MinMatch(parameters.Text("minMatch"));
        var lists = inUse.Require();
        var filter = EntityFilter.All.Within(WatchmanSources.Datasets(lists, parameters.Text("source")));
        var policy = new MatchPolicy { Limit = limit, Cutoff = least, Threshold = Math.Max(least, MatchPolicy.Default.Threshold) };
        var result = await screening.ScreenAsync(http.User.ToActor(), [new KeyedQuery("q", query)], policy, filter, http.RequestAborted).ConfigureAwait(false);
        if (!result.Answers[0].IsComparable)
            throw RequestException.Bad(MatchEndpoint.NothingToCompare);

        var now = clock.GetUtcNow();
        UsedLists.AddHeaders(http.Response, result.Lists, now);
        await JsonAnswer.WriteAsync(http, json =>
        {
            json.WriteStartObject("query");
            WatchmanShape.WriteQuery(json, query, type);
            json.WriteEndObject();
            json.WriteStartArray("entities");
            foreach (var match in result.Answers[0].Matches)
            {
                json.WriteStartObject();
                WatchmanShape.Write(json, EntityShape.Of(match), result.Lists.Archive);
                json.WriteNumber("match", Math.Round(match.Score, 6));
                json.WriteBoolean("isMatch", match.IsMatch);
                Desk.Answers.MatchJson.WriteEvidence(json, match.Evidence);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteTexts("ignored", http.Request.Query.Keys.Where(name => Unused.Contains(name)));
            json.WriteString("screening", result.Id);
            UsedLists.Write(json, result.Lists, now);
        }).ConfigureAwait(false);
    }

    private static Query Query(QueryText parameters, string type)
    {
        ImmutableArray<string> names = [.. parameters.All("name").Concat(parameters.All("altNames")).Select(name => name.Trim()).Where(name => name.Length > 0)];
        if (names.IsEmpty)
            throw RequestException.Bad("'name' is missing.");
        if (names.Length > 200 || names.Any(name => name.Length > FieldValues.MaxNameLength))
            throw RequestException.Bad($"At most 200 names of at most {FieldValues.MaxNameLength} characters each.");
        ImmutableArray<string> addresses = [.. parameters.All("address"), .. parameters.All("addresses")];
        var born = parameters.All("birthDate");
        if (born.FirstOrDefault(date => !PartialDate.TryParse(date, out _)) is { } bad)
            throw RequestException.Bad($"'birthDate': '{QueryText.Short(bad)}' is no date; write 1971-03-14, 1971-03 or 1971.");
        return new Query
        {
            Schema = type.Length == 0 ? "Thing" : Types[type],
            Names = names,
            BirthDates = born,
            Genders = parameters.All("gender"),
            Places = addresses,
            Countries = [.. parameters.All("flag"), .. parameters.All("country")],
            Documents = [.. parameters.All("imoNumber"), .. parameters.All("mmsi"), .. parameters.All("callSign"), .. parameters.All("serialNumber")],
        };
    }

    private static double MinMatch(string? text)
    {
        if (text is not { Length: > 0 })
            return FarthestShown;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
            ? Math.Clamp(number, 0.001, 0.999999)
            : throw RequestException.Bad($"'minMatch' must be a number from 0 to 1, not '{QueryText.Short(text)}'.");
    }
}
