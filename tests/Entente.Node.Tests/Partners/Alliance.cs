using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Holdings;
using Entente.Node.Partners;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Partners;

/// <summary>A node with a partner port, and people on it.</summary>
internal sealed class Ally : IAsyncDisposable
{
    private Ally(TestNode node, HttpClient liaison, HttpClient other, HttpClient analyst)
    {
        Node = node;
        Liaison = liaison;
        OtherLiaison = other;
        Analyst = analyst;
    }

    public TestNode Node { get; }

    public HttpClient Liaison { get; }

    public HttpClient OtherLiaison { get; }

    public HttpClient Analyst { get; }

    public string Id => Node.Services.GetRequiredService<OwnIdentity>().Id;

    public Uri Port => Node.Services.GetRequiredService<PartnerServer>().Listening!;

    public static async Task<Ally> StartAsync(string name, string store = Stores.Sqlite, string? dataFolder = null, int port = 0, string? address = null, TimeProvider? clock = null)
    {
        // The address is part of the card, so that it must be known before the port is open.
        port = port == 0 ? Ports.Free() : port;
        var node = await TestNode.StartAsync(store, options => options with
        {
            Partners = new PartnerOptions { Listen = $"https://127.0.0.1:{port}", Address = address, Name = name, FirstRetry = TimeSpan.FromMilliseconds(50) },
        }, clock is null ? null : builder => builder.Services.AddSingleton<TimeProvider>(clock), dataFolder);
        return new Ally(node, await node.ClientForAsync(Role.Liaison), await node.ClientForAsync(Role.Liaison), await node.ClientForAsync(Role.Analyst));
    }

    /// <summary>Pairs with another node: its people read each other the fingerprints.</summary>
    /// <param name="other">The other node.</param>
    /// <param name="address">Where it is reached; its port unless given.</param>
    public async Task PairAsync(Ally other, string? address = null)
    {
        await Liaison.PostAsync<JsonElement>("/api/partners", new { address = address ?? other.Port.AbsoluteUri });
        foreach (var (one, two) in new[] { (this, other), (other, this) })
        {
            var self = await two.Liaison.GetAsync<JsonElement>("/api/partners/self");
            await one.Liaison.PostAsync<JsonElement>($"/api/partners/{two.Id}/confirm", new { fingerprint = self.GetProperty("words").GetString() });
        }
    }

    /// <summary>Agrees with another node.</summary>
    public async Task<string> AgreeAsync(Ally other, string highestTlp = "TLP:AMBER", string[]? categories = null, object? overlap = null)
    {
        var id = await ProposeAsync(other, highestTlp, categories, overlap);
        await Until.TrueAsync(async () => (await other.Liaison.SendAsync(new(HttpMethod.Get, $"/api/agreements/{id}"))).StatusCode == HttpStatusCode.OK);
        await other.Liaison.PostAsync<JsonElement>($"/api/agreements/{id}/sign", new { });
        await Until.TrueAsync(async () => (await Liaison.GetAsync<JsonElement>($"/api/agreements/{id}")).GetProperty("inForce").GetBoolean());
        return id;
    }

    /// <summary>Offers terms to another node.</summary>
    public async Task<string> ProposeAsync(Ally other, string highestTlp = "TLP:AMBER", string[]? categories = null, object? overlap = null)
    {
        var proposed = await Liaison.PostAsync<JsonElement>($"/api/partners/{other.Id}/agreements", new
        {
            purposes = new[] { "counter-terrorism" },
            legalBases = new[] { "S/RES/2253 (2015)" },
            categories = categories ?? ["suspect", "organisation"],
            highestTlp,
            retentionDays = 365,
            overlap,
            ends = DateTimeOffset.UtcNow.AddYears(1),
        });
        return proposed.GetProperty("id").GetString()!;
    }

    /// <summary>Makes a record of a person.</summary>
    public async Task<string> RecordAsync(string name, object? audience = null, string tlp = "TLP:AMBER", string category = "suspect", object? extra = null, DateTimeOffset? expires = null)
    {
        var made = await Analyst.PostAsync<JsonElement>("/api/records", new
        {
            schema = "Person",
            properties = extra ?? new { name = new[] { name }, birthDate = new[] { "1975-03-04" }, nationality = new[] { "ly" } },
            marking = new { tlp, audience = audience ?? "anyone", legalBasis = "S/RES/2253 (2015)", purpose = "counter-terrorism", category, grade = "B2", expires = expires ?? DateTimeOffset.UtcNow.AddMonths(6) },
        });
        return made.GetProperty("record").GetProperty("id").GetString()!;
    }

    /// <summary>Releases a record: one proposes, another approves.</summary>
    public async Task ReleaseAsync(Ally to, string record, params string[] withhold)
    {
        var proposed = await Liaison.PostAsync<JsonElement>("/api/releases", new { partner = to.Id, records = new[] { record }, reason = "asked for in the joint group", withhold });
        var id = proposed.GetProperty("releases")[0].GetString();
        await OtherLiaison.PostAsync<JsonElement>($"/api/releases/{id}/approve", new { reason = "seen" });
    }

    /// <summary>Makes records of people, and releases them.</summary>
    public async Task<List<string>> ReleaseNewAsync(Ally to, int count)
    {
        var records = new List<string>();
        for (var i = 0; i < count; i++)
            records.Add(await RecordAsync($"Fictional Person {i}"));
        var proposed = await Liaison.PostAsync<JsonElement>("/api/releases", new { partner = to.Id, records, reason = "asked for in the joint group" });
        foreach (var release in proposed.GetProperty("releases").EnumerateArray())
            await OtherLiaison.PostAsync<JsonElement>($"/api/releases/{release.GetString()}/approve", new { reason = "seen" });
        return records;
    }

    /// <summary>How many copies, by the register, are in a state.</summary>
    public async Task<int> CopiesAsync(CopyState state)
    {
        await using var db = Node.Store.Open();
        return await db.Copies.CountAsync(copy => copy.State == state, TestContext.Current.CancellationToken);
    }

    /// <summary>How many records are held.</summary>
    public async Task<int> HeldAsync()
    {
        await using var db = Node.Store.Open();
        return await db.Records.CountAsync(record => record.State == RecordState.Held, TestContext.Current.CancellationToken);
    }

    public Task<JsonElement> ReadAsync(string record) => Liaison.GetAsync<JsonElement>($"/api/records/{record}");

    public async Task<string?> StateOfAsync(string record)
    {
        using var answer = await Liaison.SendAsync(new(HttpMethod.Get, $"/api/records/{record}"), TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("record").GetProperty("state").GetString();
    }

    /// <summary>What the register says of a copy at another node.</summary>
    public async Task<JsonElement?> CopyAsync(string record, Ally at) => (await ReadAsync(record)).GetProperty("copies").EnumerateArray().Select(copy => (JsonElement?)copy).FirstOrDefault(copy => copy!.Value.GetProperty("holder").GetString() == at.Id);

    public async Task<string?> CopyStateAsync(string record, Ally at) => (await CopyAsync(record, at))?.GetProperty("state").GetString();

    public async ValueTask DisposeAsync() => await Node.DisposeAsync();
}

/// <summary>Calls that must succeed.</summary>
internal static class Calls
{
    public static async Task<T> GetAsync<T>(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await ReadAsync<T>(answer, path);
    }

    public static async Task<T> PostAsync<T>(this HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await ReadAsync<T>(answer, path);
    }

    /// <summary>A call that is refused: the status and what is said.</summary>
    public static async Task<(HttpStatusCode Status, string Detail)> RefusedAsync(this HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, string path)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return (await answer.Content.ReadFromJsonAsync<T>(TestContext.Current.CancellationToken))!;
    }
}
