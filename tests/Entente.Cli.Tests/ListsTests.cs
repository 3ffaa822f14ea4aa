using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Cli.Tests;

public sealed class ListsTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Status_of_an_empty_store_says_what_to_do()
    {
        var result = _cli.Run("lists", "status");
        Assert.Equal(0, result.Code);
        Assert.Contains("not installed; `entente lists update` fetches it", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_updated_list_is_used_from_then_on_and_survives_a_failed_update()
    {
        using var server = new Server(File.ReadAllText(_cli.List()));
        var update = _cli.Run("lists", "update", "--url", server.Address);
        Assert.True(update.Code == 0, update.Error);
        Assert.Contains("Installed:", update.Out, StringComparison.Ordinal);

        server.Body = "<html>503</html>";
        var failed = _cli.Run("lists", "update", "--url", server.Address);
        Assert.Equal(1, failed.Code);
        Assert.Contains("In use stays:", failed.Error, StringComparison.Ordinal);

        var screen = _cli.Run("screen", "--fail-on-match", "Zubayr Al-Fictivi");
        Assert.Equal(3, screen.Code);
        Assert.DoesNotContain("sample", screen.Error, StringComparison.Ordinal);
        Assert.Contains("in use", _cli.Run("lists", "status").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_shrank_is_held_back_until_accepted()
    {
        var list = File.ReadAllText(_cli.List());
        using var server = new Server(list);
        Assert.Equal(0, _cli.Run("lists", "update", "--url", server.Address).Code);
        server.Body = list.Split('\n')[1] + "\n";
        Assert.Equal(1, _cli.Run("lists", "update", "--url", server.Address).Code);
        Assert.Contains("held back", _cli.Run("lists", "status").Out, StringComparison.Ordinal);
        Assert.Equal(3, _cli.Run("screen", "--fail-on-match", "Zubayr Al-Fictivi").Code);

        Assert.Equal(0, _cli.Run("lists", "update", "--accept").Code);
        Assert.Equal(0, _cli.Run("screen", "--fail-on-match", "Zubayr Al-Fictivi").Code);
    }

    [Fact]
    public void A_server_that_is_not_there_is_said_in_one_line()
    {
        string address;
        using (var server = new Server(""))
            address = server.Address;
        var result = _cli.Run("lists", "update", "--url", address);
        Assert.Equal(1, result.Code);
        Assert.Contains("No list is installed.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepting_when_nothing_is_held_back_fails() =>
        Assert.Equal(1, _cli.Run("lists", "update", "--accept").Code);

    /// <summary>Answers every request with one body.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public Server(string body)
        {
            Body = body;
            _listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/list.xml";
            _serving = Task.Run(ServeAsync);
        }

        public string Body { get; set; }

        public string Address { get; }

        public void Dispose()
        {
            _listener.Stop();
            _serving.GetAwaiter().GetResult();
            _listener.Dispose();
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    using var stream = client.GetStream();
                    using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }
                    var body = Encoding.UTF8.GetBytes(Body);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n"));
                    await stream.WriteAsync(body);
                }
                catch (Exception e) when (e is SocketException or InvalidOperationException)
                {
                    return;
                }
                catch (IOException)
                {
                    // A client that went away early; the next one may come.
                }
            }
        }
    }
}
