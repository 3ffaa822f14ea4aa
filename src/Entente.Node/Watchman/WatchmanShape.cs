using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Node.Hosting;
using Entente.Node.Yente;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Watchman;

/// <summary>A listed entity as Watchman's answers show one.</summary>
/// <remarks>Where Watchman has one value and we have several, the first stands there; all of them stand in <c>sourceData</c>, by FtM property.</remarks>
internal static class WatchmanShape
{
    private const int MostAddresses = 50;

    private static readonly ImmutableArray<(string Property, string Type)> Documents =
        [("passportNumber", "passport"), ("idNumber", "national-id"), ("taxNumber", "tax-id"), ("socialSecurityNumber", "ssn"), ("registrationNumber", "business-registration"), ("licenseNumber", "drivers-license")];

    /// <summary>Watchman's type of a schema.</summary>
    public static string TypeOf(string schema) =>
        Schemata.IsA(schema, "Person") ? "person"
        : Schemata.IsA(schema, "Vessel") ? "vessel"
        : Schemata.IsA(schema, "Airplane") ? "aircraft"
        : Schemata.IsA(schema, "Company") ? "business"
        : "organization";

    /// <summary>Writes what was asked, as it was understood.</summary>
    public static void WriteQuery(Utf8JsonWriter json, Query query, string type)
    {
        json.WriteString("name", query.Names[0]);
        json.WriteString("entityType", type);
        json.WriteString("sourceList", "api-request");
        json.WriteString("sourceID", "");
        json.WriteTexts("altNames", query.Names.Skip(1));
    }

    /// <summary>Writes the members of an entity.</summary>
    public static void Write(Utf8JsonWriter json, EntityShape shape, EntityArchive archive)
    {
        var type = TypeOf(shape.Schema);
        json.WriteString("name", shape.Caption);
        json.WriteString("entityType", type);
        json.WriteString("sourceList", WatchmanSources.Of(shape.Listings[0].Datasets.FirstOrDefault() ?? ""));
        json.WriteString("sourceID", shape.Listings[0].Id);
        foreach (var kind in (string[])["person", "business", "organization", "aircraft", "vessel"])
        {
            if (kind == type)
                WriteKind(json, kind, shape);
            else
                json.WriteNull(kind);
        }
        WriteContact(json, shape);
        WriteAddresses(json, shape, archive);
        WriteWallets(json, shape, archive);
        WriteEmpty(json, "affiliations");
        WriteSanctions(json, shape, archive);
        json.WriteStartArray("historicalInfo");
        foreach (var name in shape.Get("previousName"))
        {
            json.WriteStartObject();
            json.WriteString("type", "Former Name");
            json.WriteString("value", name);
            json.WriteString("date", "0001-01-01T00:00:00Z");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("sourceData");
        shape.WriteMembers(json);
        json.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter json, string kind, EntityShape shape)
    {
        json.WriteStartObject(kind);
        json.WriteString("name", shape.Caption);
        json.WriteTexts("altNames", ((string[])["name", "alias", "weakAlias", "previousName", "abbreviation"]).SelectMany(shape.Get).Where(name => name != shape.Caption));
        switch (kind)
        {
            case "person":
                json.WriteString("gender", First(shape, "gender") is "male" or "female" ? First(shape, "gender") : "unknown");
                WriteMoment(json, "birthDate", shape.Get("birthDate"));
                WriteMoment(json, "deathDate", shape.Get("deathDate"));
                json.WriteString("placeOfBirth", First(shape, "birthPlace"));
                json.WriteTexts("titles", shape.Get("title").Concat(shape.Get("position")));
                WriteDocuments(json, shape);
                break;
            case "aircraft":
                json.WriteString("type", First(shape, "type") is { Length: > 0 } aircraft ? aircraft : "unknown");
                json.WriteString("flag", First(shape, "country"));
                WriteMoment(json, "built", shape.Get("buildDate"));
                json.WriteString("icaoCode", First(shape, "icaoCode"));
                json.WriteString("model", First(shape, "model"));
                json.WriteString("serialNumber", First(shape, "serialNumber"));
                break;
            case "vessel":
                json.WriteString("imoNumber", First(shape, "imoNumber"));
                json.WriteString("type", First(shape, "type") is { Length: > 0 } vessel ? vessel : "unknown");
                json.WriteString("flag", First(shape, "flag"));
                WriteMoment(json, "built", shape.Get("buildDate"));
                json.WriteString("model", First(shape, "model"));
                json.WriteNumber("tonnage", Whole(shape, "tonnage"));
                json.WriteString("mmsi", First(shape, "mmsi"));
                json.WriteString("callSign", First(shape, "callSign"));
                json.WriteNumber("grossRegisteredTonnage", Whole(shape, "grossRegisteredTonnage"));
                json.WriteString("owner", "");
                break;
            default:
                WriteMoment(json, "created", shape.Get("incorporationDate"));
                WriteMoment(json, "dissolved", shape.Get("dissolutionDate"));
                WriteDocuments(json, shape);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteDocuments(Utf8JsonWriter json, EntityShape shape)
    {
        json.WriteStartArray("governmentIDs");
        foreach (var (property, type) in Documents)
        {
            foreach (var number in shape.Get(property))
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("country", "");
                json.WriteString("identifier", number);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    private static void WriteContact(Utf8JsonWriter json, EntityShape shape)
    {
        json.WriteStartObject("contact");
        json.WriteTexts("emailAddresses", shape.Get("email"));
        json.WriteTexts("phoneNumbers", shape.Get("phone"));
        WriteEmpty(json, "faxNumbers");
        json.WriteTexts("websites", shape.Get("website"));
        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, EntityShape shape, EntityArchive archive)
    {
        json.WriteStartArray("addresses");
        foreach (var address in shape.Get("addressEntity").Take(MostAddresses).Select(id => archive.TryGet(id, out var entity) ? entity : null).OfType<Entity>())
            WriteAddress(json, address.Get("street") is [var street, ..] ? street : address.Caption, address);
        foreach (var text in shape.Get("address").Take(MostAddresses))
            WriteAddress(json, text, null);
        json.WriteEndArray();
    }

    private static void WriteAddress(Utf8JsonWriter json, string line, Entity? address)
    {
        json.WriteStartObject();
        json.WriteString("line1", line);
        json.WriteString("line2", Of("street2"));
        json.WriteString("city", Of("city"));
        json.WriteString("postalCode", Of("postalCode"));
        json.WriteString("state", Of("state") is { Length: > 0 } state ? state : Of("region"));
        json.WriteString("country", Of("country"));
        json.WriteNumber("latitude", 0);
        json.WriteNumber("longitude", 0);
        json.WriteEndObject();

        string Of(string property) => address?.Get(property) is [var value, ..] ? value : "";
    }

    private static void WriteWallets(Utf8JsonWriter json, EntityShape shape, EntityArchive archive)
    {
        json.WriteStartArray("cryptoAddresses");
        foreach (var wallet in Around(archive, shape, "cryptoWallets").Where(wallet => !wallet.Get("publicKey").IsEmpty))
        {
            json.WriteStartObject();
            json.WriteString("currency", wallet.Get("currency") is [var currency, ..] ? currency : "");
            json.WriteString("address", wallet.Get("publicKey")[0]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSanctions(Utf8JsonWriter json, EntityShape shape, EntityArchive archive)
    {
        var sanctions = Around(archive, shape, "sanctions");
        json.WriteStartObject("sanctionsInfo");
        json.WriteTexts("programs", shape.Get("program").Concat(sanctions.SelectMany(sanction => sanction.Get("program"))));
        json.WriteBoolean("secondary", false);
        json.WriteString("description", string.Join("; ", sanctions.SelectMany(sanction => sanction.Get("authority")).Distinct(StringComparer.Ordinal)));
        json.WriteEndObject();
    }

    private static List<Entity> Around(EntityArchive archive, EntityShape shape, string property) =>
        [.. Nesting.Around(archive, shape).Where(group => group.Key == property).SelectMany(group => group.Value.Take(MostAddresses)).Select(archive.Get)];

    private static string First(EntityShape shape, string property) => shape.Get(property).FirstOrDefault() ?? "";

    private static int Whole(EntityShape shape, string property) =>
        double.TryParse(First(shape, property), System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= int.MaxValue ? (int)number : 0;

    private static void WriteEmpty(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    /// <summary>The first date, the wholest first; a year alone is its first day, as Watchman has it.</summary>
    private static void WriteMoment(Utf8JsonWriter json, string name, IEnumerable<string> dates)
    {
        var date = dates.Where(text => PartialDate.TryParse(text, out _)).OrderByDescending(text => text.Length).FirstOrDefault();
        if (date is null || !PartialDate.TryParse(date, out var parsed))
            json.WriteNull(name);
        else
            json.WriteString(name, new DateTime(parsed.Year, parsed.Month ?? 1, parsed.Day ?? 1, 0, 0, 0, DateTimeKind.Utc));
    }
}
