using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Entente.Node.Tests.Api;

/// <summary>Whatever is sent, the answer is what was asked for, or a problem that says what is wrong; never a fault of the node.</summary>
public sealed class HostileTests(ApiNode api) : IClassFixture<ApiNode>
{
    private const string Valid = """{"queries":{"q1":{"schema":"Person","id":"x-1","properties":{"name":["Rustam Obraztsovsky","Рустам"],"birthDate":"1969","nationality":["ru"]},"threshold":0.7,"weights":{"name":1},"exclude_entity_ids":["be-8"]},"q2":{"schema":"Company","properties":{"name":["Obraztsovsky Holdings"]}}},"weights":{"birthDate":0.5}}""";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nul")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"queries\"")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"\\ud800\"]}}}}")]
    [InlineData("{\"queries\":{\"q\\udc00\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"x\"]}}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"id\":\"\\udfff\",\"properties\":{\"name\":[\"Rustam Obraztsovsky\"]}}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"na\\ud800me\":[\"x\"]}}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"schema\":\"Company\",\"properties\":{\"name\":[\"x\"]}}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"x\"]}},\"\\u0071\":{\"schema\":\"Person\",\"properties\":{}}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[NaN]}}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"x\"]},\"threshold\":1e999}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"x\"]},\"limit\":1e30}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"x\"]},\"limit\":-0.5}}}")]
    [InlineData("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"x\",]}}}}")]
    [InlineData("// comment\n{\"queries\":{}}")]
    public async Task What_is_no_request_is_a_clear_problem(string body) => await PostAsync(Encoding.UTF8.GetBytes(body), 400);

    [Fact]
    public async Task Depth_size_and_encodings_are_bounded()
    {
        await PostAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 100_000))), 400);
        await PostAsync(Encoding.UTF8.GetBytes("{\"queries\":" + string.Concat(Enumerable.Repeat("{\"a\":", 50)) + "1" + new string('}', 51)), 400);
        await PostAsync(new byte[(8 << 20) + 1], 413);
        await PostAsync([.. "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\""u8, 0xff, 0xfe, .. "\"]}}}}"u8], 400);
        await PostAsync(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Valid)).ToArray(), 400);
        await PostAsync(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Valid)).ToArray(), 200);
        await PostAsync(Encoding.UTF8.GetBytes(Valid), 415, "application/json; charset=utf-16");
        await PostAsync(Encoding.UTF8.GetBytes(Valid), 200, "application/json; charset=\"UTF-8\"");
        await PostAsync(Encoding.UTF8.GetBytes(Valid), 415, "application/x-www-form-urlencoded");
        await PostAsync(Encoding.UTF8.GetBytes(Valid), 415, "text/html");

        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[1 << 20]);
        using var content = new ByteArrayContent(bomb.ToArray()) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } } };
        using var answer = await api.Analyst.PostAsync("/match/default", content, Http.Cancel);
        await answer.ProblemAsync(415);
    }

    [Fact]
    public async Task Names_and_values_are_bounded()
    {
        await PostAsync(Encoding.UTF8.GetBytes($$$$$"""{"queries":{"q":{"schema":"Person","properties":{"name":["{{{{{new string('a', 2001)}}}}}"]}}}}"""), 400);
        await PostAsync(Encoding.UTF8.GetBytes($$$$$"""{"queries":{"q":{"schema":"Person","properties":{"name":[{{{{{string.Join(",", Enumerable.Repeat("\"a b\"", 201))}}}}}]}}}}"""), 400);
        Assert.NotEqual("", await (await api.Analyst.GetAsync("/search/default?q=" + new string('a', 2001), Http.Cancel)).ProblemAsync(400));
    }

    /// <summary>Bytes of a valid body changed at random: cut, doubled, replaced by what breaks parsers.</summary>
    [Fact]
    public async Task A_body_changed_at_random_never_makes_the_node_fail()
    {
        var random = new Random(20260227);
        var valid = Encoding.UTF8.GetBytes(Valid);
        byte[][] pieces = [.. new[] { "\"", "\\", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "1e999", "-", "\0", "\u2028", "NaN", "true", "\"name\":", "[[[[[[[[[[[[[[[[[[[[", "99999999999999999999", "\"\"", " ", "schema" }.Select(Encoding.UTF8.GetBytes), [0xff], [0xc3], [0xed, 0xa0, 0x80]];
        for (var run = 0; run < 600; run++)
        {
            var body = valid.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(body.Count);
                var piece = pieces[random.Next(pieces.Length)];
                switch (random.Next(5))
                {
                    case 0: body.InsertRange(at, piece); break;
                    case 1: body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at)); break;
                    case 2: body[at] = (byte)random.Next(256); break;
                    case 3: body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 40), body.Count - at))); break;
                    default: body.RemoveAt(at); body.InsertRange(at, piece); break;
                }
                if (body.Count == 0)
                    body.Add((byte)'{');
            }
            using var content = new ByteArrayContent([.. body]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await api.Analyst.PostAsync("/match/default", content, Http.Cancel);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.StatusCode} for {Encoding.UTF8.GetString([.. body])}");
            if (answer.StatusCode is HttpStatusCode.BadRequest)
                Assert.NotEqual("", await answer.ProblemAsync(400));
        }
    }

    /// <summary>Addresses with random parameters on every path that is read.</summary>
    [Fact]
    public async Task Parameters_at_random_never_make_the_node_fail()
    {
        var random = new Random(7);
        string[] paths = ["/search/default", "/entities/al-1", "/entities/%00", "/entities/%ED%A0%80", "/entities/al-1/adjacent", "/entities/al-1/adjacent/sanctions", "/catalog", "/algorithms", "/reconcile/default", "/reconcile/default/suggest/entity", "/reconcile/default/suggest/type", "/reconcile/default/suggest/property", "/reconcile/default/extend/properties", "/reconcile/default/preview", "/v2/search", "/v2/listinfo", "/api/lists", "/api/lists/alpha", "/api/lists/alpha/diff", "/api/entities/al-1"];
        string[] names = ["q", "limit", "offset", "schema", "threshold", "sort", "filter", "facets", "changed_since", "target", "topics", "nested", "prefix", "queries", "extend", "id", "type", "name", "minMatch", "birthDate", "from", "to", "source", "callback", "%00", "после", ""];
        string[] values = ["", "0", "-1", "1e9", "NaN", "%00", "%ED%A0%80", "%FF", "{", "{}", "[]", "null", "{\"q\":{\"query\":\"\\ud800\"}}", "true", "9999999999999999999", "al-1", "Person", "../../etc/passwd", "'; drop table", "%F0%9F%98%80", "2026-02-30", "a:b:c", "previous", "current"];
        for (var run = 0; run < 800; run++)
        {
            var path = paths[random.Next(paths.Length)] + "?" + string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => names[random.Next(names.Length)] + "=" + values[random.Next(values.Length)]));
            using var answer = await api.Analyst.GetAsync(path, Http.Cancel);
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode} for {path}: {await answer.Content.ReadAsStringAsync(Http.Cancel)}");
            // What is no address at all is refused by the server before anything of ours sees it.
            if ((int)answer.StatusCode >= 400 && !path.StartsWith("/entities/%", StringComparison.Ordinal))
                Assert.NotEqual("", await answer.ProblemAsync((int)answer.StatusCode));
        }
    }

    [Fact]
    public async Task Other_methods_and_paths_are_said_to_be_none()
    {
        using var method = await api.Analyst.GetAsync("/match/default", Http.Cancel);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        Assert.Contains("POST", method.Content.Headers.Allow);
        using var path = await api.Analyst.GetAsync("/nowhere", Http.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, path.StatusCode);
        Assert.Equal("application/problem+json", path.Content.Headers.ContentType?.MediaType);
    }

    private async Task PostAsync(byte[] body, int status, string type = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        // Whoever asks before sending learns that it is too much; others find the connection closed.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/match/default") { Content = content, Headers = { ExpectContinue = status == 413 } };
        using var answer = await api.Analyst.SendAsync(request, Http.Cancel);
        if (status == 200)
            await answer.JsonAsync(200);
        else
            Assert.NotEqual("", await answer.ProblemAsync(status));
    }
}
