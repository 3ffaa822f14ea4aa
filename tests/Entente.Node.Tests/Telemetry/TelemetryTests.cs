using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Tests.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Entente.Node.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);

    [Fact]
    public async Task What_the_node_does_is_counted_and_no_name_is_in_it()
    {
        await using var node = await TestNode.StartAsync();
        await ScreeningReplayTests.ScreenAsync(node, "Tareq Al Kadiri", "Nobody Whosoever");
        await node.Client.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await node.Client.GetStringAsync(Metrics, TestContext.Current.CancellationToken);

        Assert.True(Value(text, "entente_screening_queries_total") >= 2);
        Assert.True(Value(text, "entente_screening_matches_total") >= 1);
        Assert.True(Value(text, "entente_ledger_commit_duration_seconds_count") >= 1);
        Assert.True(Value(text, "entente_audit_entries_total{.*action=\"screening.made\"}") >= 1);
        Assert.True(Value(text, "entente_list_entities{.*dataset=\"sample\"}") > 0);
        // Nodes of other tests in this process count by the same meters, and may not be ready at this moment.
        await Until.TrueAsync(async () => Value(await node.Client.GetStringAsync(Metrics, TestContext.Current.CancellationToken), "entente_lists_ready") == 1);
        Assert.Equal(0, Value(text, "entente_alerts_queue{.*state=\"open\"}"));
        Assert.True(Value(text, "http_server_request_duration_seconds_count{.*http_route=\"/healthz\".*}") >= 1);
        Assert.DoesNotContain("Kadiri", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_or_for_those_with_the_right()
    {
        await using var node = await TestNode.StartAsync();
        // A proxy on this machine must not make the whole world local.
        foreach (var header in new[] { "X-Forwarded-For", "Forwarded", "Via", "X-Real-IP" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Metrics);
            request.Headers.TryAddWithoutValidation(header, "192.0.2.1");
            Assert.Equal(HttpStatusCode.Unauthorized, (await node.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }

        await using var closed = await TestNode.StartAsync(options: options => options with { MetricsFromLoopback = false });
        Assert.Equal(HttpStatusCode.Unauthorized, (await closed.Client.GetAsync(Metrics, TestContext.Current.CancellationToken)).StatusCode);
        using var analyst = await closed.ClientForAsync(Role.Analyst);
        Assert.Equal(HttpStatusCode.Forbidden, (await analyst.GetAsync(Metrics, TestContext.Current.CancellationToken)).StatusCode);
        var (scraper, _) = await closed.MemberAsync([Role.Administrator], [Right.ReadMetrics]);
        Assert.Equal(HttpStatusCode.OK, (await scraper.GetAsync(Metrics, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_name_that_is_searched_for_is_in_no_log()
    {
        var log = new Kept();
        await using var node = await TestNode.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
            builder.Configuration["Logging:LogLevel:Default"] = "Trace";
        });
        await node.Client.GetAsync(new Uri("/search/default?q=Zubayr", UriKind.Relative), TestContext.Current.CancellationToken);
        await node.Client.GetAsync(new Uri("/nowhere?q=Zubayr", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(log.Lines, line => line.Contains("Hosting startup", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("Audit head", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("Zubayr", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Logs_are_lines_of_JSON_where_the_setting_says_so_whoever_chose_another_form()
    {
        await using var node = await TestNode.StartAsync(configure: builder =>
        {
            builder.Configuration["Entente:Logging:Json"] = "true";
            builder.Logging.AddSimpleConsole();
        });
        Assert.Equal("json", node.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    [Fact]
    public async Task At_the_end_what_was_begun_is_finished_and_written()
    {
        var folder = Directory.CreateTempSubdirectory("entente-stop-");
        try
        {
            Task[] written;
            await using (var node = await TestNode.StartAsync(dataFolder: folder.FullName))
            {
                written = [.. Enumerable.Range(0, 3000).Select(i => node.Ledger.RecordAsync(Actor.System("test"), AuditAction.SignedIn, $"account:{i}", "{}", CancellationToken.None))];
                await node.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);
            }
            await Task.WhenAll(written);
            var store = Node.Store.NodeStore.InFolder(folder.FullName);
            await using var db = store.Open();
            Assert.Equal(3000, await db.Audit.CountAsync(entry => entry.Action == AuditAction.SignedIn, TestContext.Current.CancellationToken));
            Assert.True((await AuditService.VerifyAsync(store, folder.FullName, [], TestContext.Current.CancellationToken)).Intact);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static double Value(string text, string series)
    {
        var name = series.Contains('{', StringComparison.Ordinal) ? series : series + @"({.*})?";
        var match = Regex.Match(text, $"^{name} (?<value>[^ \n]+)", RegexOptions.Multiline);
        Assert.True(match.Success, $"{series} is not in\n{text}");
        return double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    private sealed class Kept : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
