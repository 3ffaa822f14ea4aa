using System.Text.Json;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Records;
using Entente.Records.Markings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Entente.Cli.Tests;

/// <summary><c>entente taxii</c> against a server that speaks TAXII 2.1 over HTTP, a page of three objects at a time.</summary>
public sealed class TaxiiTests : IAsyncLifetime
{
    private const string Collection = "91a7b528-80eb-42ed-a74d-c6fbd5a26116", Root = "/taxii2/api1", Key = "ent_key";
    private static readonly DateTimeOffset First = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly Cli _cli = new() { TaxiiKey = Key };
    private readonly WebApplication _server;
    private readonly List<StixObject> _objects = [];

    public TaxiiTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Use(async (http, next) =>
        {
            if (http.Request.Headers.Authorization != $"Bearer {Key}")
                http.Response.StatusCode = 401;
            else
                await next(http);
        });
        _server.MapGet("/taxii2/", () => Answer(new { title = "A partner", api_roots = new[] { Root + "/" } }));
        _server.MapGet(Root + "/", () => Answer(new { title = "Root", versions = new[] { TaxiiMedia.Taxii }, max_content_length = 0 }));
        _server.MapGet(Root + "/collections/", () => Answer(new { collections = new[] { new { id = Collection, title = "Their records", description = "For friends", can_read = true, can_write = false } } }));
        _server.MapGet($"{Root}/collections/{Collection}/objects/", (HttpContext http) =>
        {
            var from = int.TryParse(http.Request.Query["next"], out var next) ? next : 0;
            var page = _objects.Skip(from).Take(3).Select(item => item.Json).ToArray();
            http.Response.Headers["X-TAXII-Date-Added-Last"] = "2026-03-02T00:00:00.000001Z";
            return from + 3 < _objects.Count ? Answer(new { more = true, next = $"{from + 3}", objects = page }) : Answer(new { more = false, objects = page });
        });
    }

    private string Address => _server.Urls.First() + "/taxii2/";

    public async ValueTask InitializeAsync() => await _server.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public void A_collection_is_found_fetched_and_screened_against()
    {
        _objects.AddRange(StixWriter.Write([Source("p-1", "Tarik Nahri"), Source("p-2", "طارق القادري"), Source("p-3", "Taken Back", recalled: true)]).Select(written => written.Item));
        var listed = _cli.Run("taxii", "collections", Address);
        Assert.Equal($"{Collection}  Their records\n    For friends\n", listed.Out);
        Assert.Equal("Their records", JsonDocument.Parse(_cli.Run("taxii", "collections", Address, "--format", "json").Out).RootElement.GetProperty("title").GetString());

        var file = _cli.PathOf("theirs.jsonl");
        var fetched = _cli.Run("taxii", "fetch", Address, "--collection", Collection, "--output", file);
        Assert.True(fetched.Code == 0, fetched.Error);
        Assert.Contains("2 entities; 1 were taken back by their makers and are left out.", fetched.Error, StringComparison.Ordinal);
        Assert.Contains("taken back: p-3", fetched.Error, StringComparison.Ordinal);
        Assert.Contains("2 of them are not for everybody", fetched.Error, StringComparison.Ordinal);
        Assert.Contains("--added-after 2026-03-02T00:00:00.000001Z", fetched.Error, StringComparison.Ordinal);
        using (var stream = File.OpenRead(file))
        {
            var read = MarkedEntityJson.ReadLines(stream, file).Select(each => each.Record).ToList();
            Assert.Equal(["p-1", "p-2"], read.Select(record => record.Entity.Id));
            Assert.All(read, record => Assert.Equal(Tlp.Amber, record.Marking.Tlp));
        }
        Assert.Contains("p-2", _cli.Run("screen", "--list", file, "Tarek al-Qadiri").Out, StringComparison.Ordinal);

        var bundle = _cli.PathOf("theirs.json");
        Assert.Equal(0, _cli.Run("taxii", "fetch", Address, "--collection", Collection, "--output", bundle, "--format", "stix").Code);
        Assert.Equal(_objects.Select(item => item.Id).Order(), StixReader.Read(File.ReadAllBytes(bundle), bundle).Objects.Select(item => item.Id).Order());
    }

    [Fact]
    public void What_goes_wrong_is_said_and_leaves_the_file_as_it_was()
    {
        var file = _cli.Write("theirs.jsonl", "as it was");
        var missing = _cli.Run("taxii", "fetch", Address, "--collection", "none", "--output", file);
        Assert.Equal(1, missing.Code);
        Assert.Contains("has no collection 'none' for you", missing.Error, StringComparison.Ordinal);
        Assert.Equal(2, _cli.Run("taxii", "fetch", Address, "--collection", Collection, "--output", file, "--added-after", "yesterday").Code);
        Assert.Equal(2, _cli.Run("taxii", "fetch", "node.example.org", "--collection", Collection, "--output", file).Code);
        Assert.Equal(2, _cli.Run("taxii").Code);

        using var stranger = new Cli();
        var refused = stranger.Run("taxii", "collections", Address);
        Assert.Equal(1, refused.Code);
        Assert.Contains("401", refused.Error, StringComparison.Ordinal);
        // A server that stops half way.
        _objects.AddRange(StixWriter.Write([Source("p-1", "Tarik Nahri")]).Select(written => written.Item));
        _objects.Insert(2, StixObject.Parse("""{"type":"x","id":"x--1","spec_version":"2.1"}"""));
        var half = _cli.Run("taxii", "fetch", Address, "--collection", Collection, "--output", Path.Combine(_cli.Folder, "no", "such", "folder"));
        Assert.Equal(1, half.Code);
        Assert.Equal("as it was", File.ReadAllText(file));
        Assert.Empty(Directory.GetFiles(_cli.Folder, "*.part"));
    }

    private static IResult Answer(object message) => Results.Text(JsonSerializer.Serialize(message), TaxiiMedia.Taxii);

    private static StixSource Source(string id, string name, bool recalled = false) => new(
        new MarkedEntity(new EntityBuilder(id, "Person", "own").Add("name", name).Build(), new Marking
        {
            Originator = "node-them",
            Tlp = Tlp.Amber,
            Audience = Audience.Anyone,
            LegalBasis = "S/RES/2253 (2015)",
            Purpose = "counter-terrorism",
            Category = EntityCategory.Suspect,
            Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
            Expires = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero),
        }), First, First, recalled);
}
