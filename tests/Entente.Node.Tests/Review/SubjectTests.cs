using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using static Entente.Node.Tests.Review.ReviewNode;

namespace Entente.Node.Tests.Review;

public sealed class SubjectTests
{
    private const string Name = "Zubair Qasmiran Telmani";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_enters_the_book_is_screened_at_once_and_again_changes_nothing(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);

        var added = await PutSubjectAsync(analyst, "C/1 ü", Name);
        var again = await PutSubjectAsync(analyst, "C/1 ü", Name);
        var clear = await PutSubjectAsync(analyst, "C-2", "Somebody Elsewise");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created), (added.Status, again.Status, clear.Status));
        Assert.Equal("t-1", (string?)added.Body!["matches"]![0]!["entityId"]);
        Assert.Equal("unchanged", (string?)again.Body!["effect"]);
        Assert.Empty(clear.Body!["matches"]!.AsArray());
        Assert.Equal(2, (await GetAsync(analyst, "/api/subjects")).Body!["subjects"]!.AsArray().Count);
        Assert.Equal("C/1 ü", (string?)Assert.Single((await GetAsync(analyst, "/api/subjects?matching=true")).Body!["subjects"]!.AsArray())!["reference"]);
        Assert.Single((await GetAsync(analyst, "/api/subjects?text=ELSEWISE")).Body!["subjects"]!.AsArray());
        Assert.Single((await GetAsync(analyst, "/api/feed")).Body!["events"]!.AsArray(), item => (string?)item!["type"] == "match.new");
        await using var db = review.Open();
        Assert.Equal(2, await db.Audit.CountAsync(entry => entry.Action == AuditAction.SubjectAdded, Cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whom_a_caller_named_and_was_decided_stays_decided_in_the_book(string store)
    {
        await using var review = await StartAsync(store);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (await ScreenAsync(reviewer, Name, reference: "C-1"))["alerts"]![0]!;
        await DecideAsync(reviewer, (string)alert["id"]!, 1);

        var added = (await PutSubjectAsync(reviewer, "C-1", Name)).Body!;

        Assert.Equal(((string?)alert["id"], "decided"), ((string?)added["alerts"]![0]!["id"], (string?)added["alerts"]![0]!["state"]));
        Assert.Equal("suppressed", (string?)(await ScreenAsync(reviewer, Name, reference: "C-1"))["alerts"]![0]!["effect"]);
        // Other facts than the book's would reopen decisions to and fro.
        var conflict = await PostAsync(reviewer, "/api/screenings", new JsonObject { ["queries"] = new JsonObject { ["q"] = new JsonObject { ["subject"] = "C-1", ["properties"] = new JsonObject { ["name"] = "Other Namesake" } } } });
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        var known = await PostAsync(reviewer, "/api/screenings", new JsonObject { ["queries"] = new JsonObject { ["q"] = new JsonObject { ["subject"] = "C-1" } } });
        Assert.Equal("suppressed", (string?)known.Body!["answers"]!["q"]!["alerts"]![0]!["effect"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_taken_out_leaves_nothing_to_do_and_may_come_back_with_what_was_decided(string store)
    {
        await using var review = await StartAsync(store);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (await PutSubjectAsync(reviewer, "C-1", Name)).Body!["alerts"]![0]!;
        await DecideAsync(reviewer, (string)alert["id"]!, 1);

        using (var removed = await reviewer.DeleteAsync("/api/subjects/C-1", Cancel))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(reviewer, "/api/subjects/C-1")).Status);
        Assert.Equal(AlertState.Withdrawn, (await review.OnlyAlertAsync()).State);
        using (var twice = await reviewer.DeleteAsync("/api/subjects/C-1", Cancel))
            Assert.Equal(HttpStatusCode.NotFound, twice.StatusCode);

        Assert.Equal("added", (string?)(await PutSubjectAsync(reviewer, "C-1", Name)).Body!["effect"]);
        var back = await review.OnlyAlertAsync();
        Assert.Equal((AlertState.Decided, Verdict.FalseMatch), (back.State, back.Verdict));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_is_taken_row_by_row_bad_rows_in_their_place_and_again_it_changes_nothing(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        var csv = new StringBuilder("id,name,birth_date,schema\n");
        for (var i = 1; i <= 1500; i++)
            csv.Append(i switch { 7 => "C-7,,1970,Person\n", 8 => ",No Reference,1970,Person\n", 9 => "C-9,Unknown Schema,1970,Starship\n", 10 => $"C-10,{Name},not a date,Person\n", 1400 => "C-10,Changed Later,1970,Person\n", _ => $"C-{i},Ordinary{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))} Personov,19{50 + (i % 50)},Person\n" });

        var first = await ImportAsync(analyst, csv.ToString());
        var second = await ImportAsync(analyst, csv.ToString());

        Assert.Equal([7, 8, 9, 10], first.SkipLast(1).Select(line => (int)line["row"]!));
        Assert.All(first.Take(3), line => Assert.NotNull(line["error"]));
        Assert.Null(first[3]["error"]);
        Assert.Contains("birth date", (string?)first[3]["warnings"]![0], StringComparison.Ordinal);
        var summary = first[^1];
        Assert.Equal((1500, 1496, 1, 3, 1), ((int)summary["rows"]!, (int)summary["added"]!, (int)summary["changed"]!, (int)summary["failed"]!, (int)summary["alerts"]!));
        // The one that stands twice with other facts changes to and fro; the others stay.
        Assert.Equal((0, 2, 1495), ((int)second[^1]["added"]!, (int)second[^1]["changed"]!, (int)second[^1]["unchanged"]!));
        await using var db = review.Open();
        Assert.Equal(1496, await db.Subjects.CountAsync(Cancel));
        Assert.Equal(1496, await db.Subjects.Select(subject => subject.Revision).Distinct().CountAsync(Cancel));
        Assert.False(Directory.EnumerateFiles(Path.Combine(review.Folder, "imports")).Any());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_no_table_is_refused(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        foreach (var text in new[] { "", "just,columns\n1,2\n", "\0\0\0\0" })
        {
            using var content = new StringContent(text, Encoding.UTF8, "text/csv");
            using var answer = await analyst.PostAsync("/api/subjects/import", content, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(analyst, "/api/subjects/C-1", new JsonObject { ["schema"] = "Sanction", ["properties"] = new JsonObject { ["name"] = "Main Street" } })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(analyst, $"/api/subjects/{new string('x', 300)}", new JsonObject { ["properties"] = new JsonObject { ["name"] = "Some Body" } })).Status);
    }

    private static async Task<List<JsonNode>> ImportAsync(HttpClient client, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var answer = await client.PostAsync("/api/subjects/import", content, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
