using System.Globalization;
using System.Text;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Node.Access;
using Entente.Node.Taxii;
using Entente.Node.Tests.Api;
using Entente.Records.Markings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Tests.Taxii;

public sealed class TaxiiClientTests
{
    private static readonly TaxiiClientLimits Small = new() { Page = new StixLimits { Bytes = 20_000, Objects = 100 }, MessageBytes = 2000, Pages = 20, Answer = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task Records_go_from_one_node_to_another_with_their_markings()
    {
        await using var node = await TaxiiNode.StartAsync();
        var (key, account) = await node.Node.MemberAsync([Role.Liaison], [Right.ReadTaxii]);
        await node.Publisher.GrantAsync(Actor.System("test"), TaxiiNode.Collection, account.Id, TaxiiNode.Ally, Http.Cancel);
        var sources = Enumerable.Range(0, 12).Select(number => TaxiiNode.Source($"p{number}", Tlp.Amber, Audience.Of([TaxiiNode.Ally]))).ToList();
        await node.PublishAsync([.. sources, TaxiiNode.Source("hidden", Tlp.Red, Audience.Of([TaxiiNode.Third]))]);

        using var http = TaxiiClient.NewHttpClient(key.DefaultRequestHeaders.Authorization!.Parameter);
        var client = new TaxiiClient(http);
        var (discovery, roots) = await client.DiscoverAsync(new Uri(node.Node.Client.BaseAddress!, "/taxii2/"), Http.Cancel);
        Assert.Equal("Entente", discovery.Title);
        var root = Assert.Single(roots);
        Assert.Equal("Entente", (await client.RootAsync(root, Http.Cancel)).Title);
        Assert.Equal(TaxiiNode.Collection, Assert.Single(await client.CollectionsAsync(root, Http.Cancel)).Id);
        var objects = new List<StixObject>();
        DateTimeOffset? last = null;
        var pages = 0;
        await foreach (var page in client.ReadAsync(root, TaxiiNode.Collection, TaxiiFilter.Everything with { Limit = 5 }, Http.Cancel))
        {
            Assert.Empty(page.Faults);
            objects.AddRange(page.Objects);
            last = page.AddedLast;
            pages++;
        }
        Assert.True(pages > 2);
        var read = StixImport.Read(new StixBundle(null, [.. objects]), "test");
        Assert.Equal(sources.Select(source => source.Record.Entity.Id).Order(StringComparer.Ordinal), read.Records.Select(each => each.Entity.Id).Order(StringComparer.Ordinal));
        Assert.All(read.Records, each => Assert.Equal(sources[0].Record.Marking, each.Handling.Marking));

        // Then only what came later.
        await node.PublishAsync(TaxiiNode.Source("p0", Tlp.Amber, Audience.Of([TaxiiNode.Ally]), version: 2, recalled: true));
        objects.Clear();
        await foreach (var page in client.ReadAsync(root, TaxiiNode.Collection, TaxiiFilter.Everything with { AddedAfter = last }, Http.Cancel))
            objects.AddRange(page.Objects);
        Assert.Equal("p0", Assert.Single(StixImport.Read(new StixBundle(null, [.. objects]), "test").Recalls).EntityId);

        using var stranger = TaxiiClient.NewHttpClient("nothing");
        Assert.Contains("answered 401", (await Assert.ThrowsAsync<TaxiiClientException>(() => new TaxiiClient(stranger).CollectionsAsync(root, Http.Cancel))).Message);
    }

    [Fact]
    public async Task A_server_without_cursors_is_read_by_time()
    {
        var seen = new List<string>();
        await using var server = await Server.StartAsync(async http =>
        {
            var after = http.Request.Query["added_after"].ToString();
            http.Response.Headers["X-TAXII-Date-Added-Last"] = after.Length == 0 ? "2026-01-01T00:00:00.000001Z" : "2026-01-02T00:00:00.000000Z";
            seen.Add(after);
            await Server.EnvelopeAsync(http, $$"""{"more":{{(after.Length == 0 ? "true" : "false")}},"objects":[{{Server.Object(after.Length)}}]}""");
        });
        var pages = await server.ReadAsync();
        Assert.Equal(["", "2026-01-01T00:00:00.000001Z"], seen);
        Assert.Equal(2, pages.Count);
        Assert.Equal(2, pages.SelectMany(page => page.Objects).Select(item => item.Id).Distinct().Count());
    }

    [Fact]
    public async Task One_bad_object_does_not_keep_the_others_out()
    {
        await using var server = await Server.StartAsync(http => Server.EnvelopeAsync(http, $$"""{"objects":[{{Server.Object(1)}},{"type":"identity"},7,{{Server.Object(2)}}]}"""));
        var page = Assert.Single(await server.ReadAsync());
        Assert.Equal(2, page.Objects.Length);
        Assert.Equal(2, page.Faults.Length);
        Assert.Contains("objects[1].id", page.Faults[0]);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "circle", "round in circles" },
        { "endless", "more than 20 pages" },
        { "nothing", "and sends nothing" },
        { "no-cursor", "not how to ask for it" },
        { "large", "larger than 20000 bytes" },
        { "streamed", "larger than 20000 bytes" },
        { "many", "objects: expected a list of up to 100 objects" },
        { "redirect", "answered 302" },
        { "html", "the answer is not application/taxii+json;version=2.1" },
        { "old", "the answer is not application/taxii+json;version=2.1" },
        { "packed", "compressed" },
        { "slow", "no whole answer within 2 seconds" },
        { "cut", "" },
        { "no-json", "not valid JSON" },
        { "deep", "not valid JSON" },
        { "list", "expected an envelope" },
        { "more", "more: expected true or false" },
        { "next", "next: expected a text" },
        { "error", "answered 500 (Do not believe this.)" },
        { "large-error", "answered 500." },
    };

    [Theory, MemberData(nameof(Hostile))]
    public async Task Whatever_a_server_sends_it_comes_to_an_end(string kind, string expected)
    {
        var page = 0;
        await using var server = await Server.StartAsync(async http =>
        {
            page++;
            switch (kind)
            {
                case "circle":
                    await Server.EnvelopeAsync(http, $$"""{"more":true,"next":"a","objects":[{{Server.Object(page)}}]}""");
                    break;
                case "endless":
                    await Server.EnvelopeAsync(http, $$"""{"more":true,"next":"{{page}}","objects":[{{Server.Object(page)}}]}""");
                    break;
                case "nothing":
                    await Server.EnvelopeAsync(http, $$"""{"more":true,"next":"{{page}}"}""");
                    break;
                case "no-cursor":
                    await Server.EnvelopeAsync(http, $$"""{"more":true,"objects":[{{Server.Object(page)}}]}""");
                    break;
                case "large":
                    await Server.EnvelopeAsync(http, new string(' ', 20_001));
                    break;
                case "streamed":
                    http.Response.ContentType = TaxiiMedia.Taxii;
                    while (!http.RequestAborted.IsCancellationRequested)
                        await http.Response.Body.WriteAsync(new byte[4096], http.RequestAborted);
                    break;
                case "many":
                    await Server.EnvelopeAsync(http, $$"""{"objects":[{{string.Join(',', Enumerable.Repeat("7", 101))}}]}""");
                    break;
                case "redirect":
                    http.Response.Redirect("/elsewhere");
                    break;
                case "html":
                    http.Response.ContentType = "text/html";
                    await http.Response.WriteAsync("<html>", http.RequestAborted);
                    break;
                case "old":
                    http.Response.ContentType = "application/taxii+json;version=2.0";
                    await http.Response.WriteAsync("{}", http.RequestAborted);
                    break;
                case "packed":
                    http.Response.Headers.ContentEncoding = "gzip";
                    await Server.EnvelopeAsync(http, "{}");
                    break;
                case "slow":
                    http.Response.ContentType = TaxiiMedia.Taxii;
                    await http.Response.Body.WriteAsync("{"u8.ToArray(), http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                    await Task.Delay(Timeout.Infinite, http.RequestAborted);
                    break;
                case "cut":
                    http.Response.ContentType = TaxiiMedia.Taxii;
                    http.Response.ContentLength = 100;
                    await http.Response.Body.WriteAsync("{"u8.ToArray(), http.RequestAborted);
                    http.Abort();
                    break;
                case "error" or "large-error":
                    http.Response.StatusCode = 500;
                    await Server.EnvelopeAsync(http, $$"""{"title":"x","description":"Do not\r\n believe this{{(kind == "error" ? "" : new string('!', 3000))}}."}""".Replace("\\r\\n", "\\u001b\\n", StringComparison.Ordinal));
                    break;
                default:
                    await Server.EnvelopeAsync(http, kind switch
                    {
                        "no-json" => "{",
                        "deep" => new string('[', 5000),
                        "list" => "[]",
                        "more" => """{"more":"yes"}""",
                        _ => """{"more":true,"next":7}""",
                    });
                    break;
            }
        });
        var fault = await Assert.ThrowsAsync<TaxiiClientException>(server.ReadAsync);
        Assert.Contains(expected, fault.Message);
        Assert.DoesNotContain(fault.Message, char.IsControl);
    }

    [Fact]
    public async Task A_key_is_sent_to_no_other_server()
    {
        await using var server = await Server.StartAsync(http => Server.EnvelopeAsync(http, """{"title":"x","api_roots":["/api1/","https://elsewhere.example/api2/","http://127.0.0.1:1/api3/","//elsewhere.example/x/","file:///etc/passwd","%%"]}"""));
        using var http = TaxiiClient.NewHttpClient("secret");
        var (_, roots) = await new TaxiiClient(http, Small).DiscoverAsync(server.Address, Http.Cancel);
        Assert.All(roots, root => Assert.Equal(server.Address.Authority, root.Authority));
        Assert.Contains(new Uri(server.Address, "/api1/"), roots);
        Assert.Contains("only https", (await Assert.ThrowsAsync<TaxiiClientException>(() => new TaxiiClient(http, Small).CollectionsAsync(new Uri("http://example.org/api1/"), Http.Cancel))).Message);
    }

    private sealed class Server(WebApplication app) : IAsyncDisposable
    {
        public Uri Address { get; } = new(app.Urls.First());

        public static async Task<Server> StartAsync(RequestDelegate answer)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Run(answer);
            await app.StartAsync(Http.Cancel);
            return new Server(app);
        }

        public static Task EnvelopeAsync(HttpContext http, string json)
        {
            http.Response.ContentType = TaxiiMedia.Taxii;
            return http.Response.WriteAsync(json, Encoding.UTF8, http.RequestAborted);
        }

        public static string Object(int number) => string.Create(CultureInfo.InvariantCulture, $$"""{"type":"identity","spec_version":"2.1","id":"identity--00000000-0000-4000-8000-{{number:D12}}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"x"}""");

        public async Task<List<TaxiiPageRead>> ReadAsync()
        {
            using var http = TaxiiClient.NewHttpClient("secret");
            var pages = new List<TaxiiPageRead>();
            await foreach (var page in new TaxiiClient(http, Small).ReadAsync(new Uri(Address, "/api1/"), "c", TaxiiFilter.Everything, Http.Cancel))
                pages.Add(page);
            return pages;
        }

        public async ValueTask DisposeAsync()
        {
            using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }
}
