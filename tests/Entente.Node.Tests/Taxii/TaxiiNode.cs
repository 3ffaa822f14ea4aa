using System.Text.Json;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Node.Access;
using Entente.Node.Taxii;
using Entente.Node.Tests.Api;
using Entente.Node.Tests.Store;
using Entente.Records;
using Entente.Records.Markings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Taxii;

/// <summary>A node with a TAXII collection, and partners' tools that read it.</summary>
internal sealed class TaxiiNode : IAsyncDisposable
{
    public const string Collection = "91a7b528-80eb-42ed-a74d-c6fbd5a26116", Other = "52892447-4d7e-4f70-b94d-d7f22742ff63", Us = "node-us", Ally = "node-ally", Third = "node-third";

    public static readonly DateTimeOffset First = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private TaxiiNode(TestNode node) => Node = node;

    public TestNode Node { get; }

    public TaxiiPublisher Publisher => Node.Services.GetRequiredService<TaxiiPublisher>();

    public static async Task<TaxiiNode> StartAsync(string store = Stores.Sqlite, Action<WebApplicationBuilder>? configure = null)
    {
        var made = new TaxiiNode(await TestNode.StartAsync(store, configure: configure));
        await made.Publisher.SetAsync(Actor.System("test"), Collection, new TaxiiCollectionRequest("Own records", "For friends"), Http.Cancel);
        await made.Publisher.SetAsync(Actor.System("test"), Other, new TaxiiCollectionRequest("Others"), Http.Cancel);
        return made;
    }

    /// <summary>A client that reads the collection for a node.</summary>
    public async Task<HttpClient> ReaderAsync(string node, params string[] collections)
    {
        var (client, account) = await Node.MemberAsync([Role.Liaison], [Right.ReadTaxii]);
        foreach (var collection in collections.DefaultIfEmpty(Collection))
            await Publisher.GrantAsync(Actor.System("test"), collection, account.Id, node, Http.Cancel);
        client.DefaultRequestHeaders.Accept.ParseAdd(TaxiiMedia.Taxii);
        return client;
    }

    public Task<int> PublishAsync(params IEnumerable<StixSource> sources) =>
        Publisher.PublishAsync(Actor.System("test"), Collection, [.. StixWriter.Write(sources).Select(written => TaxiiPublication.Of(written, Us))], Http.Cancel);

    /// <summary>A record of an invented person.</summary>
    public static StixSource Source(string id, Tlp tlp = Tlp.Green, Audience? audience = null, int version = 1, bool recalled = false, DateTimeOffset? expires = null) => new(
        new MarkedEntity(new EntityBuilder(id, "Person", "own").Add("name", $"Invented {id} النهري").Build(), new Marking
        {
            Originator = Us,
            Tlp = tlp,
            Audience = audience ?? Audience.Anyone,
            LegalBasis = "S/RES/2253 (2015)",
            Purpose = "counter-terrorism",
            Category = EntityCategory.Suspect,
            Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
            Expires = expires ?? new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero),
        })
        { Version = version }, First, First.AddDays(version - 1), recalled);

    public static string IdOf(string entity) => StixIds.OfRecord("identity", Us, entity);

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}

/// <summary>Requests in few words.</summary>
internal static class TaxiiHttp
{
    /// <summary>An answer that must be good, and TAXII.</summary>
    public static async Task<(JsonElement Json, HttpResponseMessage Answer)> TaxiiAsync(this HttpClient client, string address)
    {
        var answer = await client.GetAsync(address, Http.Cancel);
        Assert.Equal(TaxiiMedia.Taxii, answer.Content.Headers.NonValidated["Content-Type"].ToString());
        return (await answer.JsonAsync(200), answer);
    }

    /// <summary>The ids of the objects of a page, those of records alone.</summary>
    public static string[] Records(this JsonElement page) => page.TryGetProperty("objects", out var objects)
        ? [.. objects.EnumerateArray().Where(item => !item.TryGetProperty("extensions", out var extensions) || extensions.TryGetProperty(StixExtensions.Entity, out _)).Select(item => item.GetProperty("id").GetString()!).Where(id => id.StartsWith("identity--", StringComparison.Ordinal) && id != StixIds.OfNode(TaxiiNode.Us) && id != StixExtensions.All[0].Id)]
        : [];

    /// <summary>The title and description of an answer that must be a TAXII error.</summary>
    public static async Task<string> FaultAsync(this HttpClient client, string address, int status)
    {
        using var answer = await client.GetAsync(address, Http.Cancel);
        // Before anything reads it: then it is put another way.
        Assert.Equal(TaxiiMedia.Taxii, answer.Content.Headers.NonValidated["Content-Type"].ToString());
        var error = await answer.JsonAsync(status);
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), error.GetProperty("http_status").GetString());
        return $"{error.GetProperty("title").GetString()}: {error.GetProperty("description").GetString()}";
    }
}
