using System.Net;
using System.Net.Http.Json;
using System.Text;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Bulk;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Node.Subjects;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Audit;

public sealed class RetentionTests
{
    private const string Secret = "Zubayr-Al-Fictivi-4711";

    private static readonly Actor Somebody = Actor.System("test");

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_due_is_erased_and_the_trail_still_verifies(string store)
    {
        var clock = new MovedClock();
        await using var node = await StartAsync(store, clock);
        var folder = node.Services.GetRequiredService<NodeOptions>().DataFolder;
        await FillAsync(node, folder);
        await RulesAsync(node, new RetentionRules { Screenings = 30, Alerts = 30, Subjects = 30, Bulk = 30, SignIns = 30 });

        Assert.Equal(new RetentionOutcome(0, 0, 0, 0), await RunAsync(node));
        clock.Days = 31;
        await node.Ledger.RecordAsync(Somebody, AuditAction.ScreeningMade, "screening:new", "{}", TestContext.Current.CancellationToken);
        var outcome = await RunAsync(node);
        // The screening of the alert that is still open stays, and so does the decision on a subject that is still monitored.
        Assert.Equal(new RetentionOutcome(Entries: 7, Alerts: 1, Subjects: 1, BulkJobs: 1), outcome);

        await using var db = node.Store.Open();
        Assert.Equal(["alert-monitored", "alert-open"], await db.Alerts.Select(alert => alert.Id).Order().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Decisions.Where(decision => decision.AlertId == "alert-done").ToListAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(Secret, System.Text.Json.JsonSerializer.Serialize(await db.Subjects.SingleAsync(subject => subject.Removed, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "bulk", "job")));
        var erased = await db.Audit.Where(entry => entry.Payload == null).Select(entry => entry.About).Order().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["account:1", "alert:alert-done", "bulk:job", "decision:decision-done", "screening:old", "screening:records", "subject:removed"], erased);

        var verdict = await node.Services.GetRequiredService<AuditService>().VerifyAsync([], TestContext.Current.CancellationToken);
        Assert.True(verdict.Intact, string.Join("; ", verdict.Faults.Select(fault => fault.Message)));
        Assert.Equal(7, verdict.Erased);
        Assert.Equal(new RetentionOutcome(0, 0, 0, 0), await RunAsync(node));
    }

    [Fact]
    public async Task A_node_erases_what_is_due_when_it_starts()
    {
        var folder = Directory.CreateTempSubdirectory("entente-retention-");
        try
        {
            await using (var before = await TestNode.StartAsync(dataFolder: folder.FullName))
            {
                await FillAsync(before, folder.FullName);
                await RulesAsync(before, new RetentionRules { Screenings = 30 });
            }
            await using var node = await TestNode.StartAsync(dataFolder: folder.FullName, configure: builder => builder.Services.AddSingleton<TimeProvider>(new MovedClock { Days = 31 }));
            await Until.TrueAsync(async () =>
            {
                await using var db = node.Store.Open();
                return await db.Audit.CountAsync(entry => entry.Payload == null, TestContext.Current.CancellationToken) == 2;
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_script_in_the_documents_verifies_an_export()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/python3"), "skipped: no Python");
        var clock = new MovedClock();
        await using var node = await StartAsync(Stores.Sqlite, clock);
        await FillAsync(node, node.Services.GetRequiredService<NodeOptions>().DataFolder);
        await RulesAsync(node, new RetentionRules { Screenings = 1, SignIns = 1 });
        clock.Days = 2;
        Assert.Equal(3, (await RunAsync(node)).Entries);

        var folder = Directory.CreateTempSubdirectory("entente-script-");
        try
        {
            var script = Path.Combine(folder.FullName, "verify.py");
            await File.WriteAllTextAsync(script, ScriptOf(await File.ReadAllTextAsync(Document("docs/audit.md"), TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
            var export = Path.Combine(folder.FullName, "trail.jsonl");
            await using (var source = await AuditExport.BeginAsync(node.Ledger, node.Store, Somebody, 1, null, new { }, TestContext.Current.CancellationToken))
            await using (var file = File.Create(export))
                await AuditExport.WriteAsync(source, file, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
            Assert.StartsWith("whole: entries 1 to ", await PythonAsync(script, export), StringComparison.Ordinal);

            var text = await File.ReadAllTextAsync(export, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(export, text.Replace("subject:removed", "subject:someone", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.Contains("was changed", await PythonAsync(script, export), StringComparison.Ordinal);
            await File.WriteAllTextAsync(export, text[..text.TrimEnd('\n').LastIndexOf('\n')], TestContext.Current.CancellationToken);
            Assert.Contains("the end is missing", await PythonAsync(script, export), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string ScriptOf(string document)
    {
        const string Fence = "```python\n";
        var begin = document.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        return document[begin..document.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private static string Document(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, name)))
                return Path.Combine(folder.FullName, name);
        }
        throw new FileNotFoundException(name);
    }

    private static async Task<string> PythonAsync(string script, string export)
    {
        using var python = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", [script, export]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
    }

    [Fact]
    public async Task What_is_erased_is_nowhere_in_the_files_any_more()
    {
        var clock = new MovedClock();
        await using var node = await StartAsync(Stores.Sqlite, clock);
        var folder = node.Services.GetRequiredService<NodeOptions>().DataFolder;
        for (var i = 0; i < 50; i++)
            await node.Ledger.RecordAsync(Somebody, AuditAction.ScreeningMade, $"screening:{i}", $$"""{"names":["{{Secret}}"]}""", TestContext.Current.CancellationToken);
        await RulesAsync(node, new RetentionRules { Screenings = 1 });
        Assert.True(Holds(folder));
        clock.Days = 2;
        Assert.Equal(50, (await RunAsync(node)).Entries);
        Assert.False(Holds(folder));
    }

    [Fact]
    public async Task Rules_are_set_by_administrators_and_recorded()
    {
        await using var node = await TestNode.StartAsync();
        var path = new Uri("/api/audit/retention", UriKind.Relative);
        using var auditor = await node.ClientForAsync(Role.Auditor, Role.Reviewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync(path, null, TestContext.Current.CancellationToken)).StatusCode);
        using var administrator = await node.ClientForAsync(Role.Administrator);
        foreach (var bad in new[] { """{"screenings":0}""", """{"screening":10}""", """{"screenings":"ten"}""", "[]", "" })
        {
            using var content = new StringContent(bad, Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.BadRequest, (await administrator.PutAsync(path, content, TestContext.Current.CancellationToken)).StatusCode);
        }
        using var rules = new StringContent("""{"screenings":1825}""", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.OK, (await administrator.PutAsync(path, rules, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(1825, (await administrator.GetFromJsonAsync<RetentionRules>(path, NodeJson.Options, TestContext.Current.CancellationToken))!.Screenings);
        Assert.Equal(HttpStatusCode.OK, (await administrator.PostAsync(path, null, TestContext.Current.CancellationToken)).StatusCode);
        await using var db = node.Store.Open();
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.About == "setting:retention", TestContext.Current.CancellationToken));
    }

    /// <summary>A node that erases only when it is told: the job of its start may come late, and take what a test counts.</summary>
    private static Task<TestNode> StartAsync(string store, TimeProvider clock) => TestNode.StartAsync(store, configure: builder =>
    {
        builder.Services.AddSingleton(clock);
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(RetentionJob)));
    });

    private static Task<RetentionOutcome> RunAsync(TestNode node) =>
        node.Services.GetRequiredService<RetentionService>().RunAsync(Somebody, TestContext.Current.CancellationToken);

    private static Task RulesAsync(TestNode node, RetentionRules rules) =>
        node.Ledger.ActAsync(Somebody, act => RetentionEndpoints.SetAsync(act, rules, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    private static bool Holds(string folder) => Directory.EnumerateFiles(folder, "node.db*").Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0;
    });

    private static async Task FillAsync(TestNode node, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "bulk", "job"));
        await node.Ledger.ActAsync(Somebody, act =>
        {
            act.Db.Subjects.AddRange(NewSubject("removed", true), NewSubject("monitored", false));
            act.Db.Alerts.AddRange(NewAlert("alert-done", "query:1", "screening:done", AlertState.Decided), NewAlert("alert-open", "query:2", "screening:open", AlertState.Open), NewAlert("alert-monitored", "subject:monitored", "screening:monitored", AlertState.Decided));
            act.Db.Decisions.Add(new Decision { Id = "decision-done", AlertId = "alert-done", SubjectKey = "query:1", EntityId = "e", Verdict = Verdict.FalseMatch, Reason = Secret, Author = "account:1", At = act.At, Facts = "{}" });
            act.Db.AlertComments.Add(new AlertComment { Id = "c", AlertId = "alert-done", Author = "account:1", At = act.At, Text = Secret });
            act.Db.BulkJobs.Add(new BulkJob { Id = "job", AccountId = "1", FileName = "a.csv", Sha256 = "", InputSha256 = "", BegunBy = "account:1", Options = "{}", State = BulkState.Done, CreatedAt = act.At, EndedAt = act.At });
            act.Record(AuditAction.SignedIn, "account:1", new { Secret });
            act.Record(AuditAction.ScreeningMade, "screening:old", new { Secret });
            act.Record(AuditAction.ScreeningMade, "screening:open", new { Secret });
            act.Record(AuditAction.RecordsScreened, "screening:records", new { Secret });
            act.Record(AuditAction.AlertRaised, "alert:alert-done", new { Secret });
            act.Record(AuditAction.AlertRaised, "alert:alert-open", new { Secret });
            act.Record(AuditAction.DecisionMade, "decision:decision-done", new { Secret });
            act.Record(AuditAction.SubjectAdded, "subject:removed", new { Secret });
            act.Record(AuditAction.SubjectAdded, "subject:monitored", new { Secret });
            act.Record(AuditAction.BulkBegun, "bulk:job", new { Secret });
            act.Publish("alert.raised", "alert:alert-done", new { Secret });
            return Task.CompletedTask;

            Alert NewAlert(string id, string subject, string screening, AlertState state) => new()
            {
                Id = id,
                SubjectKey = subject,
                EntityId = "e",
                SubjectCaption = Secret,
                SearchText = Secret,
                EntityCaption = "E",
                Query = "{}",
                Match = "{}",
                Facts = "{}",
                Datasets = "un-sc",
                Screening = screening,
                ListsId = "l",
                State = state,
                RaisedAt = act.At,
                ChangedAt = act.At,
            };

            Subject NewSubject(string id, bool removed) => new() { Id = id, Reference = id, Schema = "Person", Caption = Secret, SearchText = Secret, Properties = $$"""{"name":["{{Secret}}"]}""", Facts = "f", Removed = removed, CreatedAt = act.At, ChangedAt = act.At };
        }, TestContext.Current.CancellationToken);
    }

    /// <summary>The clock of the system, moved on by days.</summary>
    private sealed class MovedClock : TimeProvider
    {
        public int Days { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(Days);
    }
}
