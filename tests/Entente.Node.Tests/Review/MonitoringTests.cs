using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Monitoring;
using Entente.Node.Settings;
using Entente.Node.Subjects;
using Entente.Node.Tests.Store;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Entente.Node.Tests.Review.ReviewNode;

namespace Entente.Node.Tests.Review;

public sealed class MonitoringTests
{
    private const string Name = "Zubair Qasmiran Telmani";

    private static readonly string[] Given = ["Zubair", "Ahmad", "Mohammed", "Tamim", "Yusuf", "Ivan", "Sergei", "Jean", "Maria", "Khalid"];

    private static readonly string[] Middle = ["", "", "bin Salman", "Abd al-Rahim", "Petrovich", "M.", "Hassan"];

    private static readonly string[] Family = ["Qasmiran", "Telmani", "al-Nahri", "Kharsanov", "Dubrovtsev", "Lamartel", "Qadiri", "Mansour"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_whom_a_change_concerns_is_screened_and_new_and_ended_matches_are_told(string store)
    {
        await using var review = await StartAsync(store, [Listed.Person("t-1", Name)]);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        await PutSubjectAsync(analyst, "old", Name);
        await PutSubjectAsync(analyst, "new", "Tamim Abd al-Rahim Kharsanov");
        for (var i = 0; i < 30; i++)
            await PutSubjectAsync(analyst, $"other-{i}", $"Ordinary{(char)('a' + i % 26)}{(char)('a' + i / 26)} Personov");
        await review.UpToDateAsync();

        var run = (await review.ChangeAsync(Listed.Person("t-2", "Kharsanov Tamim Abdurrahim")))!;

        Assert.Equal((MonitorState.Done, 2L, 1L, 1L), (run.State, run.Screened, run.NewMatches, run.EndedMatches));
        Assert.NotNull(run.FormerLists);
        var events = (await GetAsync(analyst, "/api/feed?after=0&limit=1000")).Body!["events"]!.AsArray();
        Assert.Equal(["old", "new"], events.Where(item => (string?)item!["type"] == "match.new").Select(item => (string?)item!["data"]!["reference"]));
        Assert.Equal("old", (string?)events.Single(item => (string?)item!["type"] == "match.ended")!["data"]!["reference"]);
        Assert.Single(events, item => (string?)item!["type"] == "alert.withdrawn");
        Assert.Equal("t-2", (string?)(await GetAsync(analyst, "/api/subjects/new")).Body!["matches"]![0]!["entityId"]);
        Assert.Empty((await GetAsync(analyst, "/api/subjects/old")).Body!["matches"]!.AsArray());
        await using var db = review.Open();
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Action == AuditAction.BookMonitored, Cancel));
        Assert.Equal(events.Count, events.Select(item => (long)item!["seq"]!).Distinct().Count());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_index_finds_is_what_screening_everybody_finds(string store)
    {
        var dice = new Random(20240501);
        await using var review = await StartAsync(store, Listing(dice, 60), builder => builder.Services.AddSingleton(new SubjectIndexSizes { MostInSegment = 300, WorthKeeping = 100 }));
        var book = review.Services.GetRequiredService<SubjectBook>();
        for (var part = 0; part < 2; part++)
            await book.PutAsync(Actor.System("test"), [.. Enumerable.Range(part * 700, 700).Select(i => new SubjectEntry($"S-{i}", Somebody(dice)))], null, Cancel);
        await review.UpToDateAsync();

        for (var change = 0; change < 3; change++)
        {
            var run = (await review.ChangeAsync([.. Listing(dice, 60)]))!;
            Assert.Equal(MonitorState.Done, run.State);
            Assert.True(run.Screened < 1400, $"{run.Screened} screened");
            await AssertAsFullScanAsync(review, book);
            // Some change, some go: what the parts on the disk say of them is old.
            await book.PutAsync(Actor.System("test"), [.. Enumerable.Range(change * 100, 300).Select(i => new SubjectEntry($"S-{i}", Somebody(dice)))], null, Cancel);
            await book.RemoveAsync(Actor.System("test"), $"S-{change}", Cancel);
        }
        Assert.True(Directory.GetFiles(Path.Combine(review.Folder, "subject-index"), "*.index").Length > 3);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_breaks_off_is_gone_on_with_also_when_lists_changed_while_the_node_was_down(string store)
    {
        await using var review = await StartAsync(store, [Listed.Person("t-1", Name)]);
        var book = review.Services.GetRequiredService<SubjectBook>();
        await book.PutAsync(Actor.System("test"), [.. Enumerable.Range(0, 900).Select(i => new SubjectEntry($"S-{i:D4}", new Query { Names = [$"Tamim Kharsanov Dubrovtsev{(char)('a' + (i % 26))}"] }))], null, Cancel);
        await review.UpToDateAsync();

        // The change comes while nothing is at work; the run is ended after its first act.
        review.Install([Listed.Person("t-2", "Tamim Kharsanov Dubrovtseva")]);
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            var former = review.Lists.Current;
            var running = Task.Run(async () =>
            {
                await review.Lists.RefreshAsync(Cancel);
                await review.Monitor.BringUpToDateAsync(stop.Token);
            }, Cancel);
            while (!running.IsCompleted && (await review.Monitor.RunsAsync(1, Cancel)) is not [{ FormerLists: not null, Screened: > 0 }])
                await Task.Delay(5, Cancel);
            await stop.CancelAsync();
            try
            {
                await running;
            }
            catch (OperationCanceledException)
            {
                // as wanted
            }
            Assert.NotSame(former, review.Lists.Current);
        }

        await review.UpToDateAsync();
        var runs = await review.Monitor.RunsAsync(10, Cancel);
        Assert.Equal(MonitorState.Done, runs[0].State);
        await AssertAsFullScanAsync(review, book);
        await using var db = review.Open();
        // Nobody is told twice.
        var told = await db.Feed.Where(item => item.Type == "match.new").Select(item => item.About).ToListAsync(Cancel);
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.NotEmpty(told);
    }

    [Fact]
    public async Task Lists_that_changed_while_the_node_was_down_are_monitored_at_its_start()
    {
        await using var review = await StartAsync(Stores.Sqlite, [Listed.Person("t-1", Name)]);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        await PutSubjectAsync(analyst, "C-1", "Tamim Abd al-Rahim Kharsanov");
        await review.RestartAsync(() => review.Install([Listed.Person("t-2", "Tamim Abdurrahim Kharsanov")]));

        var run = (await review.UpToDateAsync())!;

        Assert.Equal((MonitorState.Done, 1L), (run.State, run.NewMatches));
        Assert.NotNull(run.FormerLists);
        Assert.Equal("t-2", (await review.OnlyAlertAsync()).EntityId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_threshold_screens_everybody(string store)
    {
        await using var review = await StartAsync(store, [Listed.Person("t-1", Name, ("birthDate", "1960"))]);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        await PutSubjectAsync(analyst, "C-1", Name);
        await PutSubjectAsync(analyst, "C-2", "Somebody Elsewise");
        await review.UpToDateAsync();

        await review.SetAsync(NodeSettings.Threshold, 0.999999);
        var run = (await review.UpToDateAsync())!;

        Assert.Equal((null, 2L, 1L), (run.FormerLists, run.Screened, run.EndedMatches));
        Assert.Equal(AlertState.Withdrawn, (await review.OnlyAlertAsync()).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_feed_is_followed_as_it_grows(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/feed/events");
        using var answer = await analyst.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.Contains("ready", await NextAsync(reader), StringComparison.Ordinal);

        await PutSubjectAsync(analyst, "C-1", Name);

        Assert.Contains("event: match.new", await NextAsync(reader), StringComparison.Ordinal);
        Assert.Contains("event: alert.raised", await NextAsync(reader), StringComparison.Ordinal);

        static async Task<string> NextAsync(StreamReader reader)
        {
            var lines = new List<string>();
            while (await reader.ReadLineAsync(Cancel) is { Length: > 0 } line)
                lines.Add(line);
            return string.Join('\n', lines);
        }
    }

    private static async Task AssertAsFullScanAsync(ReviewNode review, SubjectBook book)
    {
        await using var db = review.Open();
        var screener = new Screener(review.Lists.Require().Index, book.Policy);
        var expected = new List<string>();
        foreach (var subject in await db.Subjects.AsNoTracking().Where(subject => !subject.Removed).ToListAsync(Cancel))
        {
            expected.AddRange(screener.Screen(QueryFacts.Read(subject.Schema, subject.Properties)).Where(match => match.IsMatch)
                .Select(match => $"{subject.Id} {review.Lists.Require().Index.Whole(match.Entity.Id)!.CanonicalId} {match.Weight:F6}"));
        }
        var stored = await db.SubjectMatches.AsNoTracking().ToListAsync(Cancel);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Select(match => $"{match.SubjectId} {match.EntityId} {match.Weight:F6}").Order(StringComparer.Ordinal));
        var open = await db.Alerts.AsNoTracking().Where(alert => alert.State == AlertState.Open).Select(alert => alert.SubjectKey + " " + alert.EntityId).ToListAsync(Cancel);
        Assert.Equal(stored.Select(match => $"subject:{match.SubjectId} {match.EntityId}").Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    private static string Person(Random dice) => string.Join(' ', new[] { Pick(dice, Given), Pick(dice, Middle), Pick(dice, Family) }.Where(part => part.Length > 0));

    private static Query Somebody(Random dice)
    {
        var name = Person(dice);
        if (dice.Next(4) == 0)
            name = name.Replace("a", "e", StringComparison.Ordinal);
        if (dice.Next(6) == 0)
            name = $"{name[(name.LastIndexOf(' ') + 1)..]}, {name[..name.LastIndexOf(' ')]}";
        return new Query
        {
            Schema = dice.Next(5) == 0 ? "LegalEntity" : "Person",
            Names = dice.Next(5) == 0 ? [name, Person(dice)] : [name],
            BirthDates = dice.Next(2) == 0 ? [] : [$"19{dice.Next(60, 64)}-0{dice.Next(1, 3)}-1{dice.Next(0, 2)}"],
            Nationalities = dice.Next(2) == 0 ? [] : [Pick(dice, ["jo", "ru", "fr"])],
            Documents = dice.Next(8) == 0 ? [$"K77199{dice.Next(0, 20):D2}"] : [],
        };
    }

    /// <summary>A list of which a half is the same from one to the next.</summary>
    private static IEnumerable<string> Listing(Random dice, int count) => Enumerable.Range(0, count).Select(i =>
    {
        var own = i % 2 == 0 ? new Random(i) : dice;
        var facts = new List<(string, string)>();
        if (own.Next(2) == 0)
            facts.Add(("birthDate", own.Next(2) == 0 ? $"19{own.Next(60, 64)}" : $"19{own.Next(60, 64)}-0{own.Next(1, 3)}-1{own.Next(0, 2)}"));
        if (own.Next(2) == 0)
            facts.Add(("nationality", Pick(own, ["jo", "ru", "fr"])));
        if (own.Next(4) == 0)
            facts.Add(("passportNumber", $"K77199{own.Next(0, 20):D2}"));
        if (own.Next(3) == 0)
            facts.Add((own.Next(2) == 0 ? "alias" : "weakAlias", Person(own)));
        return Listed.Person($"p-{i}", Person(own), [.. facts]);
    });

    private static string Pick(Random dice, string[] some) => some[dice.Next(some.Length)];
}
