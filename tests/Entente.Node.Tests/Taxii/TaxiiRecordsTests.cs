using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Node.Access;
using Entente.Node.Tests.Api;
using Entente.Node.Tests.Partners;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Taxii;

/// <summary>Collections that follow the records of a node: what one node may see, and nothing else.</summary>
public sealed class TaxiiRecordsTests
{
    private const string Own = "8d3c8b2e-0d0c-4b7c-9a53-0f5f4b1c2a01", Theirs = "8d3c8b2e-0d0c-4b7c-9a53-0f5f4b1c2a02";

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_partner_finds_what_was_released_to_it_without_what_was_withheld_and_then_that_it_was_recalled(string store)
    {
        await using var first = await Ally.StartAsync("First", store);
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        var administrator = await first.Node.ClientForAsync(Role.Administrator);
        await SetAsync(administrator, Own, new { title = "All we hold", recordsFor = first.Id });
        await SetAsync(administrator, Theirs, new { title = "For the second", recordsFor = second.Id });
        var (us, them) = (await ReaderAsync(first, administrator, Own, first.Id), await ReaderAsync(first, administrator, Theirs, second.Id));

        var record = await first.RecordAsync("Tamim al-Nahri");
        var kept = await first.RecordAsync("Kept Back");
        await Until.TrueAsync(async () => (await RecordsAsync(us, Own)).Count == 2);
        Assert.Empty(await RecordsAsync(them, Theirs));

        await first.ReleaseAsync(second, record, "nationality");
        await Until.TrueAsync(async () => (await RecordsAsync(them, Theirs)).Count == 1);
        var whole = (await RecordsAsync(us, Own)).Single(item => item.Text("name") == "Tamim al-Nahri");
        var seen = (await RecordsAsync(them, Theirs)).Single();
        Assert.Equal(whole.Id, seen.Id);
        Assert.Equal(["birthDate", "name", "nationality"], Properties(whole));
        Assert.Equal(["birthDate", "name"], Properties(seen));
        // What is not released has left no trace of any kind.
        var all = await them.GetStringAsync(Objects(Theirs), Http.Cancel);
        Assert.DoesNotContain("Kept Back", all, StringComparison.Ordinal);
        Assert.DoesNotContain(kept, all, StringComparison.Ordinal);

        // A correction is another version, with the same withheld.
        using (var amended = await first.Analyst.PutAsJsonAsync($"/api/records/{record}", new
        {
            version = 1,
            schema = "Person",
            properties = new { name = new[] { "Tamim al-Nahri" }, birthDate = new[] { "1976-03-04" }, nationality = new[] { "ly" } },
            marking = new { tlp = "TLP:AMBER", audience = "anyone", legalBasis = "S/RES/2253 (2015)", purpose = "counter-terrorism", category = "suspect", grade = "B2", expires = DateTimeOffset.UtcNow.AddMonths(6) },
        }, Http.Cancel))
            Assert.Equal(HttpStatusCode.OK, amended.StatusCode);
        await Until.TrueAsync(async () => (await RecordsAsync(them, Theirs)).Single().Json.ToString().Contains("1976-03-04", StringComparison.Ordinal));
        var corrected = (await RecordsAsync(them, Theirs)).Single();
        Assert.True(corrected.Modified > seen.Modified);
        Assert.Equal(seen.Created, corrected.Created);
        Assert.Equal(["birthDate", "name"], Properties(corrected));
        var versions = (await them.TaxiiAsync($"{Objects(Theirs)}{seen.Id}/versions/")).Json.GetProperty("versions").GetArrayLength();
        Assert.Equal(2, versions);

        // Closed at once while it is suspended, and afterwards as before.
        await first.Liaison.PostAsync<JsonElement>($"/api/partners/{second.Id}/suspend", new { reason = "a test" });
        await them.FaultAsync(Objects(Theirs), 404);
        Assert.False((await them.TaxiiAsync("/taxii2/api1/collections/")).Json.TryGetProperty("collections", out _));
        await first.Liaison.PostAsync<JsonElement>($"/api/partners/{second.Id}/resume", new { reason = "it is over" });
        Assert.Equal(corrected.Json.ToString(), (await RecordsAsync(them, Theirs)).Single().Json.ToString());

        await first.Liaison.PostAsync<JsonElement>($"/api/records/{record}/recall", new { reason = "It is another man." });
        await Until.TrueAsync(async () => (await RecordsAsync(them, Theirs)).Single().Revoked && (await RecordsAsync(us, Own)).Count(item => item.Revoked) == 1);
        all = await them.GetStringAsync(Objects(Theirs), Http.Cancel);
        Assert.DoesNotContain("al-Nahri", all, StringComparison.Ordinal);
        Assert.DoesNotContain("1976", all, StringComparison.Ordinal);
        await using var db = first.Node.Store.Open();
        Assert.Equal(3, await db.TaxiiObjects.CountAsync(item => item.RecordId != null, Http.Cancel));
    }

    [Fact]
    public async Task A_collection_is_made_for_this_node_or_a_partner_and_read_for_no_other()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        var administrator = await first.Node.ClientForAsync(Role.Administrator);
        async Task<(HttpStatusCode, string)> PutAsync(string path, object body)
        {
            using var answer = await administrator.PutAsJsonAsync(path, body, Http.Cancel);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Http.Cancel));
        }

        var (status, said) = await PutAsync($"/api/taxii/collections/{Own}", new { title = "For nobody", recordsFor = "node-nobody" });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("recordsFor", said, StringComparison.Ordinal);
        await SetAsync(administrator, Theirs, new { title = "For the second", recordsFor = second.Id });
        (status, said) = await PutAsync($"/api/taxii/collections/{Theirs}", new { title = "For us", recordsFor = first.Id });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("make another one", said, StringComparison.Ordinal);
        await SetAsync(administrator, Theirs, new { title = "Renamed" });

        var (client, account) = await first.Node.MemberAsync([Role.Liaison], [Right.ReadTaxii]);
        (status, said) = await PutAsync($"/api/taxii/collections/{Theirs}/readers/{account.Id}", new { node = first.Id });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("for no other node", said, StringComparison.Ordinal);
        await SetAsync(administrator, $"{Theirs}/readers/{account.Id}", new { node = second.Id });
        // Nothing was agreed yet.
        client.DefaultRequestHeaders.Accept.ParseAdd(TaxiiMedia.Taxii);
        await client.FaultAsync(Objects(Theirs), 404);
    }

    private static string Objects(string collection) => $"/taxii2/api1/collections/{collection}/objects/";

    private static async Task SetAsync(HttpClient administrator, string path, object body)
    {
        using var answer = await administrator.PutAsJsonAsync($"/api/taxii/collections/{path}", body, Http.Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync(Http.Cancel));
    }

    private static async Task<HttpClient> ReaderAsync(Ally ally, HttpClient administrator, string collection, string node)
    {
        var (client, account) = await ally.Node.MemberAsync([Role.Liaison], [Right.ReadTaxii]);
        await SetAsync(administrator, $"{collection}/readers/{account.Id}", new { node });
        client.DefaultRequestHeaders.Accept.ParseAdd(TaxiiMedia.Taxii);
        return client;
    }

    /// <summary>The objects of a collection that say something of a record, in their last versions.</summary>
    private static async Task<List<StixObject>> RecordsAsync(HttpClient reader, string collection)
    {
        var (page, _) = await reader.TaxiiAsync(Objects(collection));
        return page.TryGetProperty("objects", out var objects)
            ? [.. objects.EnumerateArray().Select(item => StixObject.Parse(item.GetRawText())).Where(item => item.Extension(StixExtensions.Entity) is not null)]
            : [];
    }

    private static List<string> Properties(StixObject item) =>
        [.. item.Extension(StixExtensions.Entity)!.Value.GetProperty("statements").EnumerateArray().Select(each => each.GetProperty("property").GetString()!).Distinct().Order(StringComparer.Ordinal)];
}
