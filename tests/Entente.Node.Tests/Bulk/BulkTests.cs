using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Desk.Bulk;
using Entente.Desk.Rows;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Bulk;
using Entente.Node.Lists;
using Entente.Node.Tests.Store;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Bulk;

public sealed class BulkTests
{
    public static TheoryData<string> Databases => Stores.All;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_is_uploaded_watched_and_its_result_taken_and_the_trail_proves_all_of_it(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var (client, account) = await node.MemberAsync([Role.Analyst]);
        var file = People.Csv(500);
        var id = await client.BeginAsync(file, "../people 2026.csv");

        var events = await client.EventsAsync(id);
        Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.Id < pair.Second.Id));
        var end = events[^1].Data;
        Assert.Equal(("done", 500, 1.0), (end.GetProperty("state").GetString(), end.GetProperty("rows").GetInt32(), end.GetProperty("share").GetDouble()));
        Assert.Equal(("people 2026.csv", account.Id), (end.GetProperty("fileName").GetString(), end.GetProperty("account").GetString()));

        var result = await client.ResultAsync(id);
        Assert.Equal(await DirectlyAsync(node, file, MatchPolicy.Default), result);
        var hash = Convert.ToHexStringLower(SHA256.HashData(result));
        Assert.Equal(hash, end.GetProperty("resultSha256").GetString());
        Assert.True(end.GetProperty("matched").GetInt32() > 0 && end.GetProperty("unscreened").GetInt32() > 0);

        await using var db = node.Store.Open();
        var entries = await db.Audit.Where(entry => entry.About == $"bulk:{id}").OrderBy(entry => entry.Seq).ToListAsync(Cancel);
        Assert.Equal([AuditAction.BulkBegun, AuditAction.BulkEnded, AuditAction.BulkTaken], entries.Select(entry => entry.Action));
        var ended = JsonDocument.Parse(entries[1].Payload!).RootElement;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), ended.GetProperty("input").GetProperty("sha256").GetString());
        Assert.Equal(hash, ended.GetProperty("output").GetProperty("sha256").GetString());
        Assert.Equal(MatchPolicy.Default.Hash, ended.GetProperty("policy").GetString());
        Assert.True(await db.ListsUsed.AnyAsync(used => used.Id == ended.GetProperty("lists").GetString(), Cancel));
        Assert.Contains(hash, entries[2].Payload, StringComparison.Ordinal);
        Assert.Equal(500, ended.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Options_are_those_of_the_command_line()
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Analyst);
        var file = People.JsonLines(50);
        var id = await client.BeginAsync(file, "people.jsonl", "&schema=person&threshold=0.4&limit=1&alerts=false");
        await client.EndAsync(id);
        var lines = Encoding.UTF8.GetString(await client.ResultAsync(id)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(50, lines.Length);
        Assert.All(lines, line => Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("results").GetArrayLength() <= 1));
    }

    [Theory]
    [InlineData("&limit=0", "'limit' must be")]
    [InlineData("&threshold=1.5", "'threshold' must be")]
    [InlineData("&schema=Sandwich", "'schema' is not known")]
    [InlineData("&treshold=0.5", "Unknown parameter 'treshold'")]
    [InlineData("&alerts=perhaps", "'alerts' must be")]
    public async Task Options_that_make_no_sense_are_refused(string more, string message)
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Analyst);
        await RefusedAsync(await client.UploadAsync(People.Csv(1), more: more), HttpStatusCode.BadRequest, message);
        Assert.Empty(BulkFolder.All(node.Options.DataFolder));
    }

    [Fact]
    public async Task Packed_files_give_the_same_result()
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Reviewer);
        var file = People.Csv(200);
        var plain = await Result(file, "people.csv");
        Assert.Equal(plain, await Result(Gzip(file), "people.csv.gz"));
        Assert.Equal(plain, await Result(Zip(("folder/people.csv", file), ("__MACOSX/._people.csv", [1])), "people.zip"));
        Assert.Equal(plain, await Result(file, "no ending at all"));

        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" }, { new ByteArrayContent(file), "file", "people.csv" } };
        using var answer = await client.PostAsync(new Uri("/api/bulk", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("id").GetString()!;
        await client.EndAsync(id);
        Assert.Equal(plain, await client.ResultAsync(id));

        async Task<byte[]> Result(byte[] content, string name)
        {
            var job = await client.BeginAsync(content, name);
            var end = await client.EndAsync(job);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), end.GetProperty("sha256").GetString());
            return await client.ResultAsync(job);
        }
    }

    public static TheoryData<string, string, string?, string> Lies => new()
    {
        { "pdf", "people.csv", null, "is a PDF document" },
        { "zip of two", "people.zip", null, "several files, where one was expected: a.csv, b.csv" },
        { "workbook", "people.csv", null, "is a zip archive by its content, and its name says that it is a table" },
        { "workbook", "people.xlsx", null, "is a workbook. Save the sheet as 'CSV UTF-8'" },
        { "gzip", "people.csv", null, "is packed with gzip by its content" },
        { "csv", "people.jsonl", null, "is a table by its content, and its name says that it is JSON lines" },
        { "jsonl", "people.csv", null, "is JSON lines by its content" },
        { "csv", "people.csv.gz", null, "is a table by its content, and its name says that it is packed with gzip" },
        { "csv", "people", "application/json", "its Content-Type application/json says that it is JSON lines" },
        { "array", "people.json", null, "is one JSON array. Write one object on each line" },
        { "html", "people.csv", null, "is a web page" },
        { "zeros", "people.csv", null, "is no text" },
        { "utf16", "people.csv", null, "UTF-16 text" },
        { "empty", "people.csv", null, "is empty" },
        { "header", "people.csv", null, "has no row to screen" },
        { "no name", "people.csv", null, "no column holds a name" },
        { "cut gzip", "people.csv.gz", null, "damaged" },
        { "cut zip", "people.zip", null, "damaged" },
        { "gzip of gzip", "people.csv.gz", null, "holds another archive" },
        { "gzip of pdf", "people.csv.gz", null, "is a PDF document" },
        { "bomb", "people.csv.gz", null, "times its size" },
    };

    [Theory, MemberData(nameof(Lies))]
    public async Task An_upload_that_is_not_what_it_says_is_refused_and_leaves_nothing(string what, string name, string? type, string message)
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Analyst);
        var csv = People.Csv(20);
        var content = what switch
        {
            "pdf" => "%PDF-1.7 name,birth_date\n"u8.ToArray(),
            "zip of two" => Zip(("a.csv", csv), ("b.csv", csv)),
            "workbook" => Zip(("[Content_Types].xml", "<x/>"u8.ToArray()), ("xl/workbook.xml", "<x/>"u8.ToArray())),
            "gzip" => Gzip(csv),
            "jsonl" => People.JsonLines(3),
            "array" => "[{\"name\":\"Tarek\"}]"u8.ToArray(),
            "html" => "<!DOCTYPE html><html>name,id</html>"u8.ToArray(),
            "zeros" => new byte[100],
            "utf16" => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("name\nTarek\n")).ToArray(),
            "empty" => [],
            "header" => "id,name\n"u8.ToArray(),
            "no name" => "a,b\n1,2\n"u8.ToArray(),
            "cut gzip" => Gzip(csv)[..^20],
            "cut zip" => Zip(("a.csv", csv))[..^30],
            "gzip of gzip" => Gzip(Gzip(csv)),
            "gzip of pdf" => Gzip("%PDF-1.7"u8.ToArray()),
            "bomb" => Gzip(new byte[64 << 20]),
            _ => csv,
        };
        await RefusedAsync(await client.UploadAsync(content, name, type), HttpStatusCode.BadRequest, message);
        Assert.Empty(BulkFolder.All(node.Options.DataFolder));
        await using var db = node.Store.Open();
        Assert.False(await db.BulkJobs.AnyAsync(Cancel));
    }

    [Fact]
    public async Task What_is_larger_than_the_node_takes_is_refused_sent_and_unpacked()
    {
        await using var node = await TestNode.StartAsync(options: options => options with { MaxUploadBytes = 100_000 });
        var client = await node.ClientForAsync(Role.Analyst);
        var file = People.Csv(5000);
        await RefusedAsync(await client.UploadAsync(file), HttpStatusCode.RequestEntityTooLarge, "larger");
        await RefusedAsync(await client.UploadAsync(Gzip(file), "people.csv.gz"), HttpStatusCode.BadRequest, "larger than 100,000 bytes");
        Assert.Empty(BulkFolder.All(node.Options.DataFolder));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Others_do_not_learn_that_there_is_such_a_job(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var owner = await node.ClientForAsync(Role.Analyst);
        var other = await node.ClientForAsync(Role.Analyst, Role.Reviewer);
        var auditor = await node.ClientForAsync(Role.Auditor);
        var administrator = await node.ClientForAsync(Role.Administrator);
        var id = await owner.BeginAsync(People.Csv(50));
        await owner.EndAsync(id);

        foreach (var path in new[] { $"/api/bulk/{id}", $"/api/bulk/{id}/result", $"/api/bulk/{id}/events" })
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(owner, path));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, path));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(administrator, path));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node.Client, path));
            Assert.Equal(path.EndsWith("result", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : HttpStatusCode.OK, await StatusAsync(auditor, path));
        }
        using (var refused = await other.DeleteAsync(new Uri($"/api/bulk/{id}", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using (var refused = await auditor.DeleteAsync(new Uri($"/api/bulk/{id}", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(0, await CountAsync(other));
        Assert.Equal(1, await CountAsync(auditor));
        Assert.Equal(1, await CountAsync(owner));

        using (var removed = await owner.DeleteAsync(new Uri($"/api/bulk/{id}", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(owner, $"/api/bulk/{id}"));
        Assert.Empty(BulkFolder.All(node.Options.DataFolder));
    }

    [Fact]
    public async Task Jobs_come_in_pages()
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Analyst);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await client.BeginAsync(People.Csv(2)));
        var seen = new List<string>();
        for (var next = ""; ;)
        {
            var page = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/bulk?limit=2{next}", UriKind.Relative), Cancel)).RootElement;
            seen.AddRange(page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()!));
            if (page.GetProperty("next").GetString() is not { } after)
                break;
            next = "&after=" + after;
        }
        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_job_is_cancelled_while_it_runs(string store)
    {
        await using var node = await TestNode.StartAsync(store, options => options with { BulkThreads = 1, BulkJobsAtOnce = 1 });
        var client = await node.ClientForAsync(Role.Analyst);
        var id = await client.BeginAsync(People.Csv(200_000));
        var waiting = await client.BeginAsync(People.Csv(10));
        var part = new FileInfo(Path.Combine(node.Options.DataFolder, "bulk", id, "result.jsonl.part"));
        await UntilAsync(() =>
        {
            part.Refresh();
            return part.Exists && part.Length > 0;
        });
        await RefusedAsync(await client.GetAsync(new Uri($"/api/bulk/{id}/result", UriKind.Relative), Cancel), HttpStatusCode.Conflict, "running");

        using (var answer = await client.DeleteAsync(new Uri($"/api/bulk/{id}", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var job = await client.JobAsync(id);
        Assert.Equal("cancelled", job.GetProperty("state").GetString());
        Assert.InRange(job.GetProperty("rows").GetInt32(), 1, 199_999);
        Assert.Equal("end", Assert.Single(await client.EventsAsync(id)).Type);
        Assert.DoesNotContain(BulkFolder.All(node.Options.DataFolder), found => found.Id == id);
        await using var db = node.Store.Open();
        var ended = await db.Audit.SingleAsync(entry => entry.About == $"bulk:{id}" && entry.Action == AuditAction.BulkEnded, Cancel);
        Assert.Contains("\"state\":\"cancelled\",\"by\":\"key:", ended.Payload, StringComparison.Ordinal);

        Assert.Equal("done", (await client.EndAsync(waiting)).GetProperty("state").GetString());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Matches_become_alerts_where_that_is_asked_and_once(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var client = await node.ClientForAsync(Role.Analyst);
        var file = People.JsonLines(300);
        await client.EndAsync(await client.BeginAsync(file, "people.jsonl"));
        await using var db = node.Store.Open();
        Assert.Equal(0, await db.Alerts.CountAsync(Cancel));

        var id = await client.BeginAsync(file, "people.jsonl", "&alerts=true");
        Assert.Equal("done", (await client.EndAsync(id)).GetProperty("state").GetString());
        var alerts = await db.Alerts.AsNoTracking().ToListAsync(Cancel);
        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.Equal($"bulk:{id}", alert.Screening));
        // A hundred rows of one name are one person, for all that is known.
        Assert.Single(alerts.Select(alert => alert.SubjectKey).Distinct());
        await client.EndAsync(await client.BeginAsync(file, "people.jsonl", "&alerts=true"));
        Assert.Equal(alerts.Count, await db.Alerts.CountAsync(Cancel));
    }

    [Fact]
    public async Task Events_go_on_where_they_were_broken_off()
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Analyst);
        var id = await client.BeginAsync(People.Csv(2000));
        var all = await client.EventsAsync(id);
        Assert.Equal("end", all[^1].Type);
        Assert.Empty(await client.EventsAsync(id, all[^1].Id));
        Assert.Equal("end", Assert.Single(await client.EventsAsync(id, all[0].Id - 1)).Type);
    }

    [Fact]
    public async Task A_result_can_be_taken_in_parts()
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Analyst);
        var id = await client.BeginAsync(People.Csv(100));
        await client.EndAsync(id);
        var whole = await client.ResultAsync(id);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/bulk/{id}/result", UriKind.Relative));
        request.Headers.Range = new RangeHeaderValue(10, 99);
        using var answer = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(whole[10..100], await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("people.jsonl", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(whole))}\"", answer.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Stopped_in_the_midst_it_goes_on_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("entente-bulk-");
        try
        {
            var file = People.Csv(30_000);
            string id;
            AuthenticationHeaderValue key;
            byte[] whole;
            await using (var node = await TestNode.StartAsync(dataFolder: folder.FullName, options: options => options with { BulkThreads = 1 }))
            {
                var client = await node.ClientForAsync(Role.Analyst);
                key = client.DefaultRequestHeaders.Authorization!;
                whole = await DirectlyAsync(node, file, MatchPolicy.Default);
                id = await client.BeginAsync(file);
                var part = new FileInfo(Path.Combine(folder.FullName, "bulk", id, "result.jsonl.part"));
                await UntilAsync(() =>
                {
                    part.Refresh();
                    return part.Exists && part.Length > 100_000;
                });
            }
            Assert.False(File.Exists(Path.Combine(folder.FullName, "bulk", id, "result.jsonl")), "it was over before it was stopped");
            await using var again = await TestNode.StartAsync(dataFolder: folder.FullName);
            using var owner = new HttpClient { BaseAddress = again.Client.BaseAddress };
            owner.DefaultRequestHeaders.Authorization = key;
            Assert.Equal("done", (await owner.EndAsync(id)).GetProperty("state").GetString());
            var result = await owner.ResultAsync(id);
            Assert.True(whole.AsSpan().SequenceEqual(result), "the result differs");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Jobs_that_ended_long_ago_are_removed_and_there_is_a_bound_on_how_many_there_are()
    {
        await using var node = await TestNode.StartAsync(options: options => options with { BulkJobsPerAccount = 2 });
        var client = await node.ClientForAsync(Role.Analyst);
        await client.BeginAsync(People.Csv(2));
        await client.BeginAsync(People.Csv(2));
        await RefusedAsync(await client.UploadAsync(People.Csv(2)), HttpStatusCode.Conflict, "2 bulk jobs");
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5, Cancel);
    }

    internal static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string message)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains(message, JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    /// <summary>What the command line writes for the same file, lists and policy.</summary>
    internal static async Task<byte[]> DirectlyAsync(TestNode node, byte[] file, MatchPolicy policy)
    {
        var folder = Directory.CreateTempSubdirectory("entente-direct-");
        try
        {
            var path = Path.Combine(folder.FullName, "in.csv");
            await File.WriteAllBytesAsync(path, file, Cancel);
            using (var input = RowFile.Open(path, Stream.Null, "Person"))
            using (var output = BulkOutput.Open(path + ".out", Stream.Null, TimeProvider.System))
            {
                output.Begin(null);
                await new BulkRun(input, output, node.Services.GetRequiredService<ListsInUse>().Require(), policy).RunAsync(Cancel);
                output.Complete();
            }
            return await File.ReadAllBytesAsync(path + ".out", Cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.StatusCode;
    }

    private static async Task<int> CountAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/bulk", UriKind.Relative), Cancel)).RootElement.GetProperty("jobs").GetArrayLength();

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return packed.ToArray();
    }
}
