using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Entente.Node.Access;
using Entente.Node.Tests.Store;

namespace Entente.Node.Tests.Api;

public sealed class LimitTests
{
    [Fact]
    public async Task A_caller_who_asks_too_often_is_told_when_to_come_again_and_others_are_served()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite, options => options with { RequestsPerMinute = 3 });
        await ApiNode.ReadyAsync(node);
        var (busy, other) = (await node.ClientForAsync(Role.Analyst), await node.ClientForAsync(Role.Analyst));
        for (var left = 2; left >= 0; left--)
        {
            using var served = await busy.GetAsync("/catalog", Http.Cancel);
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
            Assert.Equal("\"requests\";q=3;w=60", served.Headers.GetValues("RateLimit-Policy").Single());
            Assert.StartsWith($"\"requests\";r={left};t=", served.Headers.GetValues("RateLimit").Single());
        }
        using var refused = await busy.GetAsync("/catalog", Http.Cancel);
        Assert.Contains("seconds", await refused.ProblemAsync(429));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/catalog", Http.Cancel)).StatusCode);
    }

    [Fact]
    public async Task Whoever_has_no_key_is_counted_by_address_and_watchers_are_not()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite, options => options with { AnonymousRequestsPerMinute = 2 });
        Assert.Equal(HttpStatusCode.Unauthorized, (await node.Client.GetAsync("/catalog", Http.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await node.Client.GetAsync("/catalog", Http.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await node.Client.GetAsync("/catalog", Http.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/healthz", Http.Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite, options => options with { RequestTimeout = TimeSpan.FromMilliseconds(1) });
        await ApiNode.ReadyAsync(node);
        var analyst = await node.ClientForAsync(Role.Analyst);
        var names = string.Join(',', Enumerable.Range(0, 900).Select(i => $$$"""
            "q{{{i}}}":{"schema":"Person","properties":{"name":["Tarek Kadiri {{{i}}}"]}}
            """));
        using var answer = await analyst.PostAsync("/match/default", new StringContent($"{{\"queries\":{{{names}}}}}", Encoding.UTF8, "application/json"), Http.Cancel);
        await answer.ProblemAsync(503);
    }

    [Fact]
    public async Task A_client_that_is_slow_is_let_go()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite);
        await ApiNode.ReadyAsync(node);
        var analyst = await node.ClientForAsync(Role.Analyst);
        using var socket = await ConnectAsync(node);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /match/default HTTP/1.1\r\nHost: x\r\nAuthorization: {analyst.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{"), Http.Cancel);
        // 240 bytes a second, and five seconds' grace.
        var answer = await ReadAsync(socket).WaitAsync(TimeSpan.FromSeconds(30), Http.Cancel);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
    }

    /// <summary>Ten thousand connections, or as many as the system allows this process to have both ends of: half say nothing, half say half of something.</summary>
    [Fact]
    public async Task Open_connections_by_the_thousand_leave_others_served()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite);
        await ApiNode.ReadyAsync(node);
        var analyst = await node.ClientForAsync(Role.Analyst);
        await analyst.GetJsonAsync("/catalog");
        var count = Math.Min(10_000, (OpenFiles() - 1500) / 2);
        Assert.SkipWhen(count < 200, "skipped: too few open files allowed");
        GC.Collect();
        var before = Process.GetCurrentProcess().WorkingSet64;
        var sockets = new List<Socket>(count);
        try
        {
            for (var i = 0; i < count; i++)
            {
                var socket = await ConnectAsync(node);
                sockets.Add(socket);
                if (i % 2 == 0)
                    await socket.SendAsync("GET /catalog HTTP/1.1\r\nHost: x\r\nX-Half: "u8.ToArray(), Http.Cancel);
            }
            var slowest = TimeSpan.Zero;
            for (var i = 0; i < 20; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await analyst.PostJsonAsync("/match/default", """{"queries":{"q":{"schema":"Person","properties":{"name":["Tarek Kadiri"]}}}}""");
                slowest = Stopwatch.GetElapsedTime(began) is var took && took > slowest ? took : slowest;
            }
            var grown = (Process.GetCurrentProcess().WorkingSet64 - before) >> 20;
            TestContext.Current.TestOutputHelper?.WriteLine($"{count} connections: {grown} MB more, slowest of 20 answers {slowest.TotalMilliseconds:F0} ms");
            Assert.True(slowest < TimeSpan.FromSeconds(5), $"{slowest}");
            // Both ends are in this process: some 20 KB for each connection.
            Assert.True(grown < 100 + (count * 40L / 1024), $"{grown} MB for {count} connections");
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }

    private static async Task<Socket> ConnectAsync(TestNode node)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, node.Client.BaseAddress!.Port, Http.Cancel);
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var all = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, Http.Cancel)) > 0)
                all.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // Cut off: that is what is wanted.
        }
        return all.ToString();
    }

    private static int OpenFiles()
    {
        if (!OperatingSystem.IsLinux())
            return 2000;
        var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        return int.TryParse(line[26..].Trim().Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : 2000;
    }
}
