using System.Net;
using System.Text.Json;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Taxii;
using Entente.Node.Tests.Access;
using Entente.Node.Tests.Api;
using Entente.Node.Tests.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Taxii;

public sealed class TaxiiServerTests
{
    private const string Objects = $"/taxii2/api1/collections/{TaxiiNode.Collection}/objects/", Manifest = $"/taxii2/api1/collections/{TaxiiNode.Collection}/manifest/";

    public static TheoryData<string> Databases => Stores.All;

    [Fact]
    public async Task A_tool_finds_its_way_from_the_discovery_to_the_objects()
    {
        await using var node = await TaxiiNode.StartAsync();
        var reader = await node.ReaderAsync(TaxiiNode.Ally);
        await node.PublishAsync(TaxiiNode.Source("a"));

        var (discovery, _) = await reader.TaxiiAsync("/taxii2/");
        var root = Assert.Single(discovery.Texts("api_roots"));
        Assert.Equal(root, discovery.GetProperty("default").GetString());
        Assert.StartsWith(node.Node.Client.BaseAddress!.ToString(), root);
        Assert.EndsWith("/", root);
        var (information, _) = await reader.TaxiiAsync(root);
        Assert.Equal([TaxiiMedia.Taxii], information.Texts("versions"));
        var (collections, _) = await reader.TaxiiAsync($"{root}collections/");
        Assert.Equal([TaxiiNode.Collection], collections.Texts("collections"));
        var (collection, _) = await reader.TaxiiAsync($"{root}collections/{TaxiiNode.Collection}/");
        Assert.Equal(("Own records", true, false), (collection.GetProperty("title").GetString(), collection.GetProperty("can_read").GetBoolean(), collection.GetProperty("can_write").GetBoolean()));
        var (page, answer) = await reader.TaxiiAsync($"{root}collections/{TaxiiNode.Collection}/objects/");
        Assert.Equal([TaxiiNode.IdOf("a")], page.Records());
        Assert.False(page.GetProperty("more").GetBoolean());
        var (manifest, _) = await reader.TaxiiAsync(Manifest);
        var listed = manifest.GetProperty("objects").EnumerateArray().ToList();
        Assert.Equal(page.GetProperty("objects").EnumerateArray().Select(item => item.GetProperty("id").GetString()), listed.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(listed[0].GetProperty("date_added").GetString(), answer.Headers.GetValues("X-TAXII-Date-Added-First").Single());
        Assert.Equal(listed[^1].GetProperty("date_added").GetString(), answer.Headers.GetValues("X-TAXII-Date-Added-Last").Single());
        Assert.Equal(TaxiiMedia.Stix, listed[0].GetProperty("media_type").GetString());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Pages_together_are_the_whole_also_while_more_is_added(string store)
    {
        await using var node = await TaxiiNode.StartAsync(store);
        var reader = await node.ReaderAsync(TaxiiNode.Ally);
        await node.PublishAsync(Enumerable.Range(0, 25).Select(number => TaxiiNode.Source($"p{number}")));
        var (whole, _) = await reader.TaxiiAsync(Objects);
        var seen = new List<string>();
        var address = $"{Objects}?limit=4";
        for (var pages = 1; ; pages++)
        {
            var (page, answer) = await reader.TaxiiAsync(address);
            seen.AddRange(page.Texts("objects"));
            if (!page.GetProperty("more").GetBoolean())
            {
                Assert.False(page.TryGetProperty("next", out _));
                // Whoever goes on by time gets what came later, and nothing else.
                var last = answer.Headers.GetValues("X-TAXII-Date-Added-Last").Single();
                Assert.Empty((await reader.TaxiiAsync($"{Objects}?added_after={last}")).Json.Records());
                await node.PublishAsync(TaxiiNode.Source("later"));
                Assert.Equal([TaxiiNode.IdOf("later")], (await reader.TaxiiAsync($"{Objects}?added_after={last}")).Json.Records());
                break;
            }
            Assert.Equal(4, page.GetProperty("objects").GetArrayLength());
            if (pages == 2)
                await node.PublishAsync(TaxiiNode.Source("between"));
            address = $"{Objects}?limit=4&next={page.GetProperty("next").GetString()}";
        }
        Assert.Equal([.. whole.Texts("objects"), TaxiiNode.IdOf("between")], seen);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Versions_are_chosen_and_a_recall_leaves_only_that(string store)
    {
        await using var node = await TaxiiNode.StartAsync(store);
        var reader = await node.ReaderAsync(TaxiiNode.Ally);
        var id = TaxiiNode.IdOf("a");
        var before = await node.PublishAsync(TaxiiNode.Source("a", version: 2));
        Assert.Equal(0, await node.PublishAsync(TaxiiNode.Source("a", version: 2)));
        Assert.Equal(1, await node.PublishAsync(TaxiiNode.Source("a", version: 3)));
        Assert.Equal(1, await node.PublishAsync(TaxiiNode.Source("a", version: 1)));
        Assert.True(before > 1);

        async Task<string[]> VersionsAsync(string query) => [.. (await reader.TaxiiAsync($"{Objects}{id}/{query}")).Json.GetProperty("objects").EnumerateArray().Select(item => item.GetProperty("modified").GetString()![..10])];
        Assert.Equal(["2026-03-03"], await VersionsAsync(""));
        Assert.Equal(["2026-03-01"], await VersionsAsync("?match[version]=first"));
        Assert.Equal(["2026-03-02", "2026-03-03", "2026-03-01"], await VersionsAsync("?match[version]=all"));
        Assert.Equal(["2026-03-03", "2026-03-01"], await VersionsAsync("?match[version]=first,last"));
        Assert.Equal(["2026-03-02"], await VersionsAsync("?match[version]=2026-03-02T09:00:00.000Z"));
        Assert.Equal(["2026-03-02T09:00:00.000Z", "2026-03-03T09:00:00.000Z", "2026-03-01T09:00:00.000Z"], (await reader.TaxiiAsync($"{Objects}{id}/versions/")).Json.Texts("versions"));

        Assert.Equal(1, await node.PublishAsync(TaxiiNode.Source("a", version: 4, recalled: true)));
        var left = Assert.Single((await reader.TaxiiAsync($"{Objects}{id}/?match[version]=all")).Json.GetProperty("objects").EnumerateArray());
        Assert.True(left.GetProperty("revoked").GetBoolean());
        Assert.DoesNotContain("Invented", left.GetRawText());
        await using (var db = node.Node.Store.Open())
            Assert.DoesNotContain("Invented a", string.Concat(await db.TaxiiObjects.Select(item => item.Json).ToListAsync(Http.Cancel)));
        // Nothing comes after it.
        Assert.Equal(0, await node.PublishAsync(TaxiiNode.Source("a", version: 5)));
        Assert.Single((await reader.TaxiiAsync($"{Objects}{id}/versions/")).Json.Texts("versions"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Filters_choose_types_ids_and_versions_of_STIX(string store)
    {
        await using var node = await TaxiiNode.StartAsync(store);
        var reader = await node.ReaderAsync(TaxiiNode.Ally);
        await node.PublishAsync(TaxiiNode.Source("a"), TaxiiNode.Source("b"));
        async Task<string[]> TypesAsync(string query) => (await reader.TaxiiAsync(Objects + query)).Json.TryGetProperty("objects", out var objects)
            ? [.. objects.EnumerateArray().Select(item => item.GetProperty("type").GetString()!).Distinct().Order(StringComparer.Ordinal)]
            : [];
        Assert.Equal(["extension-definition", "identity", "marking-definition"], await TypesAsync(""));
        Assert.Equal(["identity"], await TypesAsync("?match[type]=identity"));
        Assert.Equal(["identity", "marking-definition"], await TypesAsync("?match[type]=marking-definition,identity,report"));
        Assert.Equal(["identity"], await TypesAsync($"?match[id]={TaxiiNode.IdOf("a")},{TaxiiNode.IdOf("b")},{TaxiiNode.IdOf("c")}&match[version]=last,first"));
        Assert.Empty(await TypesAsync($"?match[id]={TaxiiNode.IdOf("a")}&match[type]=report"));
        Assert.Empty(await TypesAsync("?match[spec_version]=2.0"));
        Assert.NotEmpty(await TypesAsync("?match[spec_version]=2.0,2.1&added_after=1970-01-01T00:00:00Z"));
    }

    [Theory]
    [InlineData("?match[type]=Identity", "'match[type]' must be up to 100 STIX types")]
    [InlineData("?match[id]=x", "'match[id]' must be up to 100 ids")]
    [InlineData("?match[version]=newest", "'match[version]' must be first, last, all or times")]
    [InlineData("?match[name]=x", "Unknown parameter 'match[name]'")]
    [InlineData("?added_after=yesterday", "'added_after' must be a time in UTC")]
    [InlineData("?limit=0", "'limit' must be a whole number from 1")]
    [InlineData("?limit=-5", "'limit' must be a whole number from 1")]
    [InlineData("?next=zz", "'next' must be what the page before said")]
    [InlineData("?next=8000000000000000", "'next' must be what the page before said")]
    [InlineData("?limit=1&limit=2", "'limit' is given twice")]
    public async Task What_cannot_be_understood_is_refused(string query, string expected)
    {
        await using var node = await TaxiiNode.StartAsync();
        Assert.StartsWith($"Bad Request: {expected}", await (await node.ReaderAsync(TaxiiNode.Ally)).FaultAsync(Objects + query, 400));
    }

    [Fact]
    public async Task Errors_are_those_of_TAXII()
    {
        await using var node = await TaxiiNode.StartAsync();
        var reader = await node.ReaderAsync(TaxiiNode.Ally);
        Assert.StartsWith("Unauthorized", await node.Node.Client.FaultAsync(Objects, 401));
        Assert.StartsWith("Forbidden", await (await node.Node.ClientForAsync(Role.Analyst)).FaultAsync(Objects, 403));
        Assert.StartsWith("Not Found", await reader.FaultAsync("/taxii2/api2/", 404));
        Assert.StartsWith("Not Found", await reader.FaultAsync("/taxii2/api1/status/2d086da7-4bdc-4f91-900e-d77486753710/", 404));
        using var posted = await reader.PostAsync(Objects, new StringContent("{}"), Http.Cancel);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, TaxiiMedia.Taxii), (posted.StatusCode, posted.Content.Headers.NonValidated["Content-Type"].ToString()));
        reader.DefaultRequestHeaders.Accept.Clear();
        reader.DefaultRequestHeaders.Accept.ParseAdd("application/taxii+json;version=2.0");
        Assert.StartsWith("Not Acceptable", await reader.FaultAsync(Objects, 406));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_sees_what_may_be_released_to_the_node_it_reads_for(string store)
    {
        await using var node = await TaxiiNode.StartAsync(store);
        var (ally, third, stranger) = (await node.ReaderAsync(TaxiiNode.Ally), await node.ReaderAsync(TaxiiNode.Third), await node.ReaderAsync("node-stranger"));
        await node.PublishAsync(
            TaxiiNode.Source("all"),
            TaxiiNode.Source("both", Tlp.Amber, Audience.Of([TaxiiNode.Ally, TaxiiNode.Third])),
            TaxiiNode.Source("ally", Tlp.Red, Audience.Of([TaxiiNode.Ally])),
            TaxiiNode.Source("nobody", Tlp.Red, Audience.Anyone));
        async Task<string[]> SeenAsync(HttpClient client, string query = "") => [.. (await client.TaxiiAsync(Objects + query)).Json.Records()];
        static string[] Ids(params string[] names) => [.. names.Select(TaxiiNode.IdOf)];
        Assert.Equal(Ids("all", "both", "ally"), await SeenAsync(ally));
        Assert.Equal(Ids("all", "both"), await SeenAsync(third));
        Assert.Equal(Ids("all"), await SeenAsync(stranger));
        Assert.Equal(Ids("all", "both", "ally"), await SeenAsync(ally, "?match[type]=identity&match[version]=all"));
        // What is withheld is nowhere else either: not in handling definitions, not in manifests.
        var text = (await stranger.TaxiiAsync(Objects)).Json.GetRawText() + (await stranger.TaxiiAsync(Manifest)).Json.GetRawText();
        Assert.DoesNotContain(TaxiiNode.Third, text);
        Assert.All(Ids("both", "ally", "nobody"), id => Assert.DoesNotContain(id, text));
        // A closer audience takes hold at once.
        await node.Publisher.PublishAsync(Actor.System("test"), TaxiiNode.Collection, [.. StixWriter.Write([TaxiiNode.Source("all")]).Where(written => written.Item.Id == TaxiiNode.IdOf("all")).Select(written => new TaxiiPublication(written.Item, Audience.Nobody, Tlp.Red, null))], Http.Cancel);
        Assert.Empty(await SeenAsync(stranger));
    }

    [Fact]
    public async Task What_is_withheld_is_answered_like_what_does_not_exist()
    {
        await using var node = await TaxiiNode.StartAsync();
        var reader = await node.ReaderAsync(TaxiiNode.Third);
        await node.PublishAsync(TaxiiNode.Source("ally", Tlp.Red, Audience.Of([TaxiiNode.Ally])));
        async Task<string> WholeAsync(string address)
        {
            using var answer = await reader.GetAsync(address, Http.Cancel);
            return $"{(int)answer.StatusCode} {string.Join(' ', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "RateLimit")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal))} {await answer.Content.ReadAsStringAsync(Http.Cancel)}";
        }
        foreach (var (withheld, absent) in new[]
        {
            ($"/taxii2/api1/collections/{TaxiiNode.Other}/", "/taxii2/api1/collections/52892447-4d7e-4f70-b94d-d7f22742ff64/"),
            ($"/taxii2/api1/collections/{TaxiiNode.Other}/objects/", "/taxii2/api1/collections/52892447-4d7e-4f70-b94d-d7f22742ff64/objects/"),
            ($"/taxii2/api1/collections/{TaxiiNode.Other}/manifest/", "/taxii2/api1/collections/nothing/manifest/"),
            ($"{Objects}{TaxiiNode.IdOf("ally")}/", $"{Objects}{TaxiiNode.IdOf("nobody at all")}/"),
            ($"{Objects}{TaxiiNode.IdOf("ally")}/versions/", $"{Objects}{TaxiiNode.IdOf("nobody at all")}/versions/"),
            ($"{Objects}?match[id]={TaxiiNode.IdOf("ally")}", $"{Objects}?match[id]={TaxiiNode.IdOf("nobody at all")}"),
        })
        {
            Assert.Equal(await WholeAsync(absent), await WholeAsync(withheld));
        }
        // Whoever lacks the right learns nothing of either.
        var analyst = await node.Node.ClientForAsync(Role.Analyst);
        Assert.Equal(await analyst.FaultAsync($"/taxii2/api1/collections/{TaxiiNode.Collection}/", 403), await analyst.FaultAsync("/taxii2/api1/collections/nothing/", 403));
        // And the right alone opens nothing.
        var liaison = await node.Node.ClientForAsync(Role.Liaison);
        Assert.False((await liaison.TaxiiAsync("/taxii2/api1/collections/")).Json.TryGetProperty("collections", out _));
        await liaison.FaultAsync(Objects, 404);
    }

    [Fact]
    public async Task What_has_ended_is_served_no_more_and_goes()
    {
        var clock = new ManualClock();
        await using var node = await TaxiiNode.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var reader = await node.ReaderAsync(TaxiiNode.Ally);
        await node.PublishAsync(TaxiiNode.Source("short", expires: clock.GetUtcNow().AddHours(1)), TaxiiNode.Source("long"));
        Assert.Equal([TaxiiNode.IdOf("short"), TaxiiNode.IdOf("long")], (await reader.TaxiiAsync(Objects)).Json.Records());
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([TaxiiNode.IdOf("long")], (await reader.TaxiiAsync(Objects)).Json.Records());
        await reader.FaultAsync($"{Objects}{TaxiiNode.IdOf("short")}/", 404);
        Assert.Equal(2, await node.Publisher.RemoveEndedAsync(Http.Cancel));
        Assert.Equal(0, await node.Publisher.RemoveEndedAsync(Http.Cancel));
    }

    [Fact]
    public async Task What_was_published_and_read_is_in_the_trail()
    {
        await using var node = await TaxiiNode.StartAsync();
        var (reader, account) = await node.Node.MemberAsync([Role.Liaison], [Right.ReadTaxii]);
        await node.Publisher.GrantAsync(Actor.System("test"), TaxiiNode.Collection, account.Id, TaxiiNode.Ally, Http.Cancel);
        await node.PublishAsync(TaxiiNode.Source("a"));
        var (page, answer) = await reader.TaxiiAsync($"{Objects}?match[type]=identity");
        await using var db = node.Node.Store.Open();
        var entries = await db.Audit.AsNoTracking().Where(entry => entry.About == $"taxii:{TaxiiNode.Collection}").OrderBy(entry => entry.Seq).ToListAsync(Http.Cancel);
        Assert.Equal([AuditAction.TaxiiChanged, AuditAction.TaxiiChanged, AuditAction.TaxiiPublished, AuditAction.TaxiiRead], entries.Select(entry => entry.Action));
        Assert.Contains(TaxiiNode.IdOf("a"), entries[2].Payload);
        var read = JsonDocument.Parse(entries[3].Payload!).RootElement;
        Assert.Equal(page.GetProperty("objects").GetArrayLength(), read.GetProperty("objects").GetInt32());
        Assert.Equal(answer.Headers.GetValues("X-TAXII-Date-Added-Last").Single(), read.GetProperty("last").GetString());
    }

    [Fact]
    public async Task What_has_closer_parts_or_other_content_is_not_published()
    {
        await using var node = await TaxiiNode.StartAsync();
        var source = TaxiiNode.Source("a");
        var marked = source with { Record = source.Record with { Marks = [new("name", "Invented a النهري", new StatementMark(Tlp.Red, Audience.Nobody))] } };
        Assert.Contains("marked more tightly", (await Assert.ThrowsAsync<RequestException>(() => node.PublishAsync(marked))).Message);
        await node.PublishAsync(marked with { Record = marked.Record.Untightened() });
        Assert.Contains("with other content", (await Assert.ThrowsAsync<RequestException>(() => node.PublishAsync(source))).Message);
        await using var db = node.Node.Store.Open();
        Assert.DoesNotContain("Invented a", string.Concat(await db.TaxiiObjects.Select(item => item.Json).ToListAsync(Http.Cancel)));
    }

    [Fact]
    public async Task Administrators_keep_collections_and_their_readers()
    {
        await using var node = await TaxiiNode.StartAsync();
        var administrator = await node.Node.ClientForAsync(Role.Administrator);
        var (reader, account) = await node.Node.MemberAsync([Role.Liaison], [Right.ReadTaxii]);
        const string Id = "64993447-4d7e-4f70-b94d-d7f33742ee63", Address = $"/api/taxii/collections/{Id}";
        static StringContent Body(string json) => new(json, System.Text.Encoding.UTF8, "application/json");
        async Task<int> PutAsync(string address, string json) => (int)(await administrator.PutAsync(address, Body(json), Http.Cancel)).StatusCode;
        Assert.Equal(204, await PutAsync(Address, """{"title":"New"}"""));
        Assert.Equal(400, await PutAsync("/api/taxii/collections/NEW", """{"title":"New"}"""));
        Assert.Equal(400, await PutAsync(Address, """{"title":" "}"""));
        Assert.Equal(404, await PutAsync($"{Address}/readers/nobody", """{"node":"node-ally"}"""));
        Assert.Equal(400, await PutAsync($"{Address}/readers/{account.Id}", """{"node":" "}"""));
        Assert.Equal(204, await PutAsync($"{Address}/readers/{account.Id}", """{"node":"node-ally"}"""));
        Assert.Equal([Id], (await reader.TaxiiAsync("/taxii2/api1/collections/")).Json.Texts("collections"));
        var kept = (await administrator.GetJsonAsync("/api/taxii/collections")).GetProperty("collections").EnumerateArray().Single(each => each.GetProperty("id").GetString() == Id);
        Assert.Equal("node-ally", kept.GetProperty("readers").GetProperty(account.Id).GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync($"{Address}/readers/{account.Id}", Http.Cancel)).StatusCode);
        await reader.FaultAsync($"/taxii2/api1/collections/{Id}/", 404);
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync(Address, Http.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.DeleteAsync(Address, Http.Cancel)).StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_sample_data_of_another_server_is_served_as_it_serves_it(string store)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(RealData.File("stix/taxii/default_data.json"), Http.Cancel));
        var sample = document.RootElement.GetProperty("trustgroup1").GetProperty("collections").EnumerateArray().Single(each => each.GetProperty("id").GetString() == TaxiiNode.Collection);
        var envelope = TaxiiEnvelope.Read(JsonSerializer.SerializeToUtf8Bytes(new { objects = sample.GetProperty("objects") }), "sample");
        // One of its objects is STIX 2.0.
        Assert.Contains("objects[6].spec_version", Assert.Single(envelope.Faults));
        await using var node = await TaxiiNode.StartAsync(store);
        var reader = await node.ReaderAsync(TaxiiNode.Ally);
        var order = sample.GetProperty("manifest").EnumerateArray().Select(each => (Id: each.GetProperty("id").GetString()!, Version: each.GetProperty("version").GetString()!, Old: each.GetProperty("media_type").GetString() != TaxiiMedia.Stix))
            .Where(each => !each.Old).Select(each => (each.Id, each.Version)).ToList();
        static bool Same(StixObject item, (string Id, string Version) listed) => item.Id == listed.Id && StixTime.TryParse(listed.Version, out var version) && item.Version == version;
        await node.Publisher.PublishAsync(Actor.System("test"), TaxiiNode.Collection, [.. order.Select(listed => new TaxiiPublication(envelope.Objects.Single(item => Same(item, listed)), Audience.Anyone, Tlp.Clear, null))], Http.Cancel);
        var served = (await reader.TaxiiAsync($"{Manifest}?match[version]=all")).Json.GetProperty("objects").EnumerateArray().Select(each => (each.GetProperty("id").GetString()!, each.GetProperty("version").GetString()!)).ToList();
        Assert.Equal(order, served);
        var latest = (await reader.TaxiiAsync(Objects)).Json.GetProperty("objects").EnumerateArray().ToList();
        Assert.Equal(order.Select(each => each.Id).Distinct().Count(), latest.Count);
        Assert.All(latest, item => Assert.True(JsonElement.DeepEquals(item, envelope.Objects.Where(each => each.Id == item.GetProperty("id").GetString()).MaxBy(each => each.Version)!.Json)));
    }
}
