using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Entente.Cli.Tests;

/// <summary>The real program, killed with SIGKILL while it updates a list, at every stage that it goes through.</summary>
public sealed class KilledUpdateTests : IDisposable
{
    private const int Turns = 24;

    private const int EnoughKills = 5;

    /// <summary>People of a version: enough that reading them takes a while, so that kills fall into that too.</summary>
    private const int People = 2000;

    /// <summary>On a busy machine fewer turns are enough, if they hit.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Whenever_it_is_killed_one_whole_version_stays_in_use()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is sent by Process.Kill on Unix");
        var versions = new[] { Version("one"), Version("two") };
        using var server = new SlowServer(versions);

        // Once undisturbed, to have a version in use and to know how long the stages take.
        var whole = Stopwatch.StartNew();
        using (var first = Update(server.Address))
        {
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, first.ExitCode);
        }
        var (all, after) = (whole.Elapsed, server.SinceSent);

        var random = new Random(20260227);
        var killed = 0;
        var seen = new HashSet<string>();
        var clock = Stopwatch.StartNew();
        for (var turn = 0; turn < 100 && (killed < EnoughKills || seen.Count < 2 || (turn < Turns && clock.Elapsed < Budget)); turn++)
        {
            var sent = server.NextSent();
            using var update = Update(server.Address);
            if (turn % 3 != 0)
                await Task.WhenAny(sent, update.WaitForExitAsync(TestContext.Current.CancellationToken)); // then into reading, storing, pointing
            await Task.Delay((turn % 3 == 0 ? all / 2 : after) * random.NextDouble(), TestContext.Current.CancellationToken);
            if (!update.HasExited)
                killed++;
            update.Kill();
            await update.WaitForExitAsync(TestContext.Current.CancellationToken);

            seen.Add(AssertUsable(versions));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} killed; undisturbed {all.TotalMilliseconds:F0} ms, of which {after.TotalMilliseconds:F0} ms after the last byte.");
        Assert.InRange(killed, EnoughKills, 100);
        Assert.Equal(2, seen.Count); // some ran far enough to put the other version to use
        using (var last = Update(server.Address))
        {
            await last.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, last.ExitCode);
        }
        AssertUsable(versions);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cli.PathOf("data/lists/un-sc"), "incoming-*")); // swept up
    }

    /// <summary>Asserts that status and screening work, by one of the two versions, whole; returns which.</summary>
    private string AssertUsable(string[] versions)
    {
        var status = _cli.Run("lists", "status");
        Assert.True(status.Code == 0, status.Error);
        var screen = _cli.Run("screen", "--format", "json", "Zubayr Al-Fictivi");
        Assert.True(screen.Code == 0, screen.Error);
        var document = JsonDocument.Parse(screen.Out).RootElement;
        var list = Assert.Single(document.GetProperty("lists").EnumerateArray());
        Assert.Equal("un-sc", list.GetProperty("dataset").GetString());
        Assert.Equal(People, list.GetProperty("entities").GetInt32());
        var hash = list.GetProperty("sha256").GetString()!;
        Assert.Contains(hash, versions.Select(version => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(version)))));
        Assert.Contains(document.GetProperty("queries")[0].GetProperty("results").EnumerateArray(), result => result.GetProperty("id").GetString() == "p-0");
        return hash;
    }

    private Process Update(string address)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "entente.dll"), "lists", "update", "--url", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _cli.Folder,
        };
        start.Environment["ENTENTE_DATA_DIR"] = _cli.PathOf("data");
        return Process.Start(start)!;
    }

    private static string Version(string note)
    {
        var text = new StringBuilder();
        for (var i = 0; i < People; i++)
        {
            var name = i == 0 ? "Zubayr Al-Fictivi" : $"Invented Person{i.ToString(CultureInfo.InvariantCulture)}";
            text.Append(CultureInfo.InvariantCulture, $$$"""{"id":"p-{{{i}}}","schema":"Person","datasets":["un-sc"],"target":true,"properties":{"name":["{{{name}}}"],"notes":["{{{note}}}"]}}""").Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Serves the versions in turn, in pieces with pauses between them.</summary>
    private sealed class SlowServer : IDisposable
    {
        private const int Pieces = 8;

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _closing = new();
        private readonly string[] _versions;
        private readonly Stopwatch _sentAt = new();
        private TaskCompletionSource _sent = new();
        private int _asked;

        public SlowServer(string[] versions)
        {
            _versions = versions;
            _listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/list.json";
            _ = ServeAsync();
        }

        public string Address { get; }

        /// <summary>How long ago the last byte of the last answer was sent.</summary>
        public TimeSpan SinceSent => _sentAt.Elapsed;

        /// <summary>Ends when the next answer has been sent whole.</summary>
        public Task NextSent() => (_sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Dispose()
        {
            _closing.Cancel();
            _listener.Stop();
            _closing.Dispose();
        }

        private async Task ServeAsync()
        {
            while (!_closing.IsCancellationRequested)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                    await AnswerAsync(client.GetStream());
                }
                catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
                {
                    // The client was killed, or the test is over.
                }
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(_closing.Token) is { Length: > 0 })
            {
            }
            var body = Encoding.UTF8.GetBytes(_versions[_asked++ % _versions.Length]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"), _closing.Token);
            foreach (var piece in body.Chunk((body.Length / Pieces) + 1))
            {
                await stream.WriteAsync(piece, _closing.Token);
                await stream.FlushAsync(_closing.Token);
                await Task.Delay(5, _closing.Token);
            }
            _sentAt.Restart();
            _sent.TrySetResult();
        }
    }
}
