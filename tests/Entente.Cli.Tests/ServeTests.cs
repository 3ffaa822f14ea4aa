using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Entente.Cli.Tests;

/// <summary><c>entente serve</c>: what it says when it starts, stops, and cannot start.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _cli.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_where_it_listens_and_what_it_screens_against_and_stops_when_asked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        using var process = Start("--data", _cli.PathOf("node"), "--urls", "http://127.0.0.1:0");
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            said.Add(line);
            if (line.Contains("ready after", StringComparison.Ordinal))
                break;
        }
        var address = said.Single(line => line.Contains("listens on", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.Contains(said, line => line.Contains("NO LIST IS INSTALLED", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("/setup?token=", StringComparison.Ordinal));
        using (var client = new HttpClient())
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(address + "/readyz"), Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(address + "/api/bulk"), Cancel)).StatusCode);
        }

        // A second one in the same folder would write into the first one's files.
        var second = _cli.Run("serve", "--data", _cli.PathOf("node"), "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, 1), (second.Code, second.Error.Count(c => c == '\n')));
        Assert.Contains("another node is at work in the data folder", second.Error, StringComparison.Ordinal);

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Cancel);
        Assert.EndsWith("Stopped.", (await process.StandardOutput.ReadToEndAsync(Cancel)).TrimEnd(), StringComparison.Ordinal);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("   at ", await process.StandardError.ReadToEndAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_it_from_starting_is_one_line_and_no_stack_trace()
    {
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        using var process = Start("--data", _cli.PathOf("node"), "--urls", $"http://127.0.0.1:{port}");
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"entente: http://127.0.0.1:{port} is taken by another program", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a file", "cannot be the data folder", "--data", "FILE")]
    [InlineData("no server", "cannot be used: ", "--data", "node", "--postgres", "Host=127.0.0.1;Port=1;Database=entente;Username=x;Password=secret;Timeout=5")]
    [InlineData("no connection string", "the connection string for PostgreSQL cannot be read", "--data", "node", "--postgres", "nonsense=1;Password=secret")]
    [InlineData("no address", "localhost:80 is no address to listen on", "--data", "node", "--urls", "localhost:80")]
    [InlineData("no certificate", "cannot listen on https://127.0.0.1:1", "--data", "node", "--urls", "https://127.0.0.1:1")]
    [InlineData("settings", "the settings cannot be read", "--data", "settings")]
    public void What_cannot_be_used_is_told_and_no_secret_with_it(string what, string message, params string[] arguments)
    {
        _cli.Write("FILE", what);
        _cli.Write("settings/appsettings.json", "{ \"Entente\": { \"MaxQueries\": \"many\" } }");
        var result = _cli.Run(["serve", .. arguments.Select(argument => argument is "FILE" or "node" or "settings" ? _cli.PathOf(argument) : argument)]);
        Assert.Equal(1, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "entente.dll"), "serve", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = _cli.Folder,
    })!;
}
