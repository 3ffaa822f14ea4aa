using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Taxii;

/// <summary>TAXII 2.1 for partners' tools: they read, and add nothing.</summary>
/// <remarks>TAXII Version 2.1, OASIS Standard (2021). A collection that a caller may not read is answered like one that does not exist. Each page that was read is in the audit trail.</remarks>
internal sealed class TaxiiEndpoints(ITaxiiCollections collections, Ledger ledger, NodeOptions options)
{
    /// <summary>The one API root, below <see cref="TaxiiErrors.Path"/>.</summary>
    public const string Root = "/api1";

    // As many as a page may have; whoever asks for more gets so many.
    private const int MostOnPage = 1000;

    private const string Missing = "There is no such collection, or none that you may read.";

    private static readonly string[] OfCollection = ["added_after", "limit", "next", "match[id]", "match[type]", "match[version]", "match[spec_version]"];
    private static readonly string[] OfObject = ["added_after", "limit", "next", "match[version]", "match[spec_version]"];
    private static readonly string[] OfVersions = ["added_after", "limit", "next", "match[spec_version]"];

    /// <summary>What the server offers.</summary>
    public static Task DiscoverAsync(HttpContext http)
    {
        _ = Check(http, []);
        var root = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{TaxiiErrors.Path}{Root}/";
        return AnswerAsync(http, new TaxiiDiscovery("Entente", [root], Default: root));
    }

    /// <summary>The one API root.</summary>
    public Task RootAsync(HttpContext http)
    {
        _ = Check(http, []);
        return AnswerAsync(http, new TaxiiApiRoot("Entente", [TaxiiMedia.Taxii], options.MaxRequestBytes));
    }

    /// <summary>The collections that the caller may read.</summary>
    public async Task CollectionsAsync(HttpContext http)
    {
        _ = Check(http, []);
        var found = await collections.ListAsync(Reader(http), http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, new TaxiiCollections(found.Length > 0 ? found : null)).ConfigureAwait(false);
    }

    /// <summary>One collection.</summary>
    public async Task CollectionAsync(HttpContext http, string collection)
    {
        _ = Check(http, []);
        var found = await collections.ListAsync(Reader(http), http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, found.FirstOrDefault(each => each.Id == collection) ?? throw RequestException.NotFound(Missing)).ConfigureAwait(false);
    }

    /// <summary>A page of what a collection holds, without the objects.</summary>
    public async Task ManifestAsync(HttpContext http, string collection)
    {
        var page = await PageAsync(http, "manifest", collection, Check(http, OfCollection), withObjects: false).ConfigureAwait(false);
        await AnswerAsync(http, new TaxiiManifest(page.More, page.Items.Length > 0
            ? [.. page.Items.Select(item => new TaxiiManifestRecord(item.ObjectId, Added(item.Added), StixTime.Format(item.Version), TaxiiMedia.Stix))]
            : null)).ConfigureAwait(false);
    }

    /// <summary>A page of objects.</summary>
    public async Task ObjectsAsync(HttpContext http, string collection) =>
        await AnswerAsync(http, await PageAsync(http, "objects", collection, Check(http, OfCollection), withObjects: true).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>One object.</summary>
    public async Task ObjectAsync(HttpContext http, string collection, string id) =>
        await AnswerAsync(http, await PageAsync(http, "object", collection, Only(Check(http, OfObject), id), withObjects: true).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>The versions of one object.</summary>
    public async Task VersionsAsync(HttpContext http, string collection, string id)
    {
        var filter = Only(Check(http, OfVersions), id) with { Versions = TaxiiVersionChoice.Latest with { All = true } };
        var page = await PageAsync(http, "versions", collection, filter, withObjects: false).ConfigureAwait(false);
        await AnswerAsync(http, new TaxiiVersions(page.More, page.Items.Length > 0 ? [.. page.Items.Select(item => StixTime.Format(item.Version))] : null)).ConfigureAwait(false);
    }

    /// <summary>Of a request to add something: nothing is added here, so there is none.</summary>
    public static Task StatusAsync(HttpContext http)
    {
        _ = Check(http, []);
        throw RequestException.NotFound("There is no such request: nothing is added by TAXII here.");
    }

    /// <summary>Refuses callers that take other media types alone, and parameters that are not known.</summary>
    private static TaxiiFilter Check(HttpContext http, string[] allowed)
    {
        if (!TaxiiMedia.Accepts(http.Request.Headers.Accept))
            throw new RequestException(StatusCodes.Status406NotAcceptable, $"Send 'Accept: {TaxiiMedia.Taxii}'.");
        try
        {
            return TaxiiFilter.Read(http.Request.Query.SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value ?? ""))), allowed);
        }
        catch (TaxiiFilterException fault)
        {
            throw RequestException.Bad(fault.Message);
        }
    }

    private static TaxiiFilter Only(TaxiiFilter filter, string id) => filter with { Ids = StixIds.IsId(id) ? [id] : throw RequestException.NotFound(Missing) };

    private static TaxiiReader Reader(HttpContext http) => new(http.User.ToActor().AccountId);

    private async Task<TaxiiPage> PageAsync(HttpContext http, string what, string collection, TaxiiFilter filter, bool withObjects)
    {
        var cancel = http.RequestAborted;
        var query = new TaxiiQuery(filter, Place(filter.Next), Math.Min(filter.Limit ?? MostOnPage, MostOnPage), withObjects);
        var page = await collections.ReadAsync(Reader(http), collection, query, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound(Missing);
        // One object that is not there is not found; one of which nothing is new is an empty page.
        if (page.Items.IsEmpty && what is "object" or "versions"
            && await collections.ReadAsync(Reader(http), collection, new TaxiiQuery(TaxiiFilter.Everything with { Ids = filter.Ids }, 0, 1, false), cancel).ConfigureAwait(false) is not { Items.Length: > 0 })
            throw RequestException.NotFound("There is no such object, or none that you may read.");
        await ledger.RecordAsync(http.User.ToActor(), AuditAction.TaxiiRead, TaxiiPublisher.About(collection), JsonSerializer.Serialize(new
        {
            what,
            query = http.Request.QueryString.Value,
            objects = page.Items.Length,
            first = page.Items.IsEmpty ? null : Added(page.Items[0].Added),
            last = page.Items.IsEmpty ? null : Added(page.Items[^1].Added),
        }, NodeJson.Options), cancel).ConfigureAwait(false);
        if (!page.Items.IsEmpty)
        {
            http.Response.Headers["X-TAXII-Date-Added-First"] = Added(page.Items[0].Added);
            http.Response.Headers["X-TAXII-Date-Added-Last"] = Added(page.Items[^1].Added);
        }
        return page;
    }

    /// <summary>The place after which a page begins. It is the time at which its last object was added, which the caller was told: it tells nothing of what was withheld.</summary>
    private static long Place(string? next) => next is null ? 0
        : long.TryParse(next, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var place) && place > 0 ? place
        : throw RequestException.Bad("'next' must be what the page before said.");

    private static string Next(long place) => place.ToString("x", CultureInfo.InvariantCulture);

    private static string Added(long place) => TaxiiStore.Time(place).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static async Task AnswerAsync(HttpContext http, TaxiiPage page)
    {
        var bytes = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(bytes, JsonAnswer.Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("more"u8, page.More);
            if (page.More)
                json.WriteString("next"u8, Next(page.Items[^1].Added));
            if (!page.Items.IsEmpty)
            {
                json.WriteStartArray("objects"u8);
                foreach (var item in page.Items)
                    json.WriteRawValue(item.Json!, skipInputValidation: true); // it was asked for, and checked before it was stored
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        await WriteAsync(http, bytes.WrittenMemory).ConfigureAwait(false);
    }

    private static Task AnswerAsync<T>(HttpContext http, T shape) => WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(shape, TaxiiJson.Options));

    private static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> utf8)
    {
        http.Response.ContentType = TaxiiMedia.Taxii;
        http.Response.ContentLength = utf8.Length;
        await http.Response.Body.WriteAsync(utf8, http.RequestAborted).ConfigureAwait(false);
    }
}
