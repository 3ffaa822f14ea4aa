using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Node.Tests.Store;
using Entente.Screening;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Audit;

public sealed class ScreeningReplayTests
{
    private static readonly Actor Somebody = Actor.System("test");

    [Theory, MemberData(nameof(Databases))]
    public async Task A_screening_made_again_comes_out_the_same(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var screening = await ScreenAsync(node, "Tareq Al Kadiri", "طارق القادري", "?!");
        Assert.NotEmpty(screening.Answers[0].Matches);

        var outcome = await ReplayAsync(node, screening.Id);
        Assert.Equal(ReplayVerdict.Same, outcome!.Verdict);
        Assert.Empty(outcome.Differences);
        Assert.Empty(outcome.Problems);
        Assert.Equal(3, outcome.Queries);
        Assert.Contains("sample@2026-03-01", Assert.Single(outcome.Lists), StringComparison.Ordinal);
        Assert.Null(await ReplayAsync(node, "nothing"));
    }

    [Fact]
    public async Task What_came_out_otherwise_and_why_is_said()
    {
        await using var node = await TestNode.StartAsync();
        var screening = await ScreenAsync(node, "Tareq Al Kadiri");
        var payload = ScreeningPayload.Write(screening);
        var match = screening.Answers[0].Matches[0];
        var score = JsonSerializer.Serialize(match.Score);
        await node.Ledger.RecordAsync(Somebody, AuditAction.ScreeningMade, "screening:other",
            payload.Replace($"\"score\":{score}", "\"score\":0.5", StringComparison.Ordinal).Replace(Desk.EngineVersion.Build, "0000000000000000", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var outcome = await ReplayAsync(node, "screening:other");
        Assert.Equal(ReplayVerdict.Different, outcome!.Verdict);
        Assert.Contains(outcome.Differences, difference => difference.Entity == match.Entity.Id && difference.Then == 0.5 && difference.Now == match.Score);
        Assert.False(outcome.Engine.Same);
        Assert.Contains("another build of the engine", outcome.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lists_of_then_are_used_while_they_are_kept_and_missed_when_they_are_not()
    {
        await using var node = await TestNode.StartAsync();
        var snapshots = node.Services.GetRequiredService<ListsInUse>().Snapshots;
        await InstallAsync(node, """{"id":"t-1","caption":"Zubayr Al-Fictivi","schema":"Person","datasets":["ours"],"target":true,"properties":{"name":["Zubayr Al-Fictivi"]}}""");
        var first = snapshots.Current("ours")!;
        var screening = await ScreenAsync(node, "Zubayr Al-Fictivi");
        Assert.Equal("t-1", Assert.Single(screening.Answers[0].Matches).Entity.Id);
        await InstallAsync(node, """{"id":"t-2","caption":"Somebody Else","schema":"Person","datasets":["ours"],"target":true,"properties":{"name":["Somebody Else"]}}""");
        Assert.Empty((await ScreenAsync(node, "Zubayr Al-Fictivi")).Answers[0].Matches);

        Assert.Equal(ReplayVerdict.Same, (await ReplayAsync(node, screening.Id))!.Verdict);
        Directory.Delete(first.Folder, recursive: true);
        var outcome = await ReplayAsync(node, screening.Id);
        Assert.Equal(ReplayVerdict.Impossible, outcome!.Verdict);
        Assert.Contains("is no longer kept", Assert.Single(outcome.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_replays_by_the_api_and_nobody_else()
    {
        await using var node = await TestNode.StartAsync();
        var screening = await ScreenAsync(node, "Tareq Al Kadiri");
        var path = new Uri($"/api/audit/replay/{screening.Id}", UriKind.Relative);
        using var analyst = await node.ClientForAsync(Role.Analyst, Role.Administrator);
        Assert.Equal(HttpStatusCode.Forbidden, (await analyst.PostAsync(path, null, TestContext.Current.CancellationToken)).StatusCode);
        using var auditor = await node.ClientForAsync(Role.Auditor);
        var answer = await auditor.PostAsync(path, null, TestContext.Current.CancellationToken);
        Assert.Equal("same", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("verdict").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.PostAsync(new Uri("/api/audit/replay/none", UriKind.Relative), null, TestContext.Current.CancellationToken)).StatusCode);
    }

    public static TheoryData<string> Databases => Stores.All;

    internal static Task<ScreeningResult> ScreenAsync(TestNode node, params string[] names) =>
        node.Services.GetRequiredService<ScreeningService>().ScreenAsync(Somebody,
            [.. names.Select((name, at) => new KeyedQuery($"q{at}", new Query { Names = ImmutableArray.Create(name) }))], MatchPolicy.Default, EntityFilter.All, TestContext.Current.CancellationToken);

    private static Task<ReplayOutcome?> ReplayAsync(TestNode node, string id) =>
        node.Services.GetRequiredService<ScreeningReplay>().ReplayAsync(Somebody, id, TestContext.Current.CancellationToken);

    private static async Task InstallAsync(TestNode node, string line)
    {
        var path = Path.Combine(node.Services.GetRequiredService<NodeOptions>().DataFolder, "given.jsonl");
        await File.WriteAllTextAsync(path, line + "\n", TestContext.Current.CancellationToken);
        using var http = ListUpdater.NewHttpClient();
        var lists = node.Services.GetRequiredService<ListsInUse>();
        var result = new ListUpdater(lists.Snapshots, http, file => ListSummary.Of(ListReader.Read(file)), TimeProvider.System)
            .Add(new ListSource("ours", "Ours", null, null, null), path);
        Assert.IsType<UpdateResult.Updated>(result);
        await lists.RefreshAsync(TestContext.Current.CancellationToken);
    }
}
