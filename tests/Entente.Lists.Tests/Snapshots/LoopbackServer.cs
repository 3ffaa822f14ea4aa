using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Lists.Tests.Snapshots;

/// <summary>
/// An HTTP server on this machine that may misbehave: the script gets the raw stream, so it can cut an answer short,
/// state a wrong length or fall silent. One request a connection.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<Request, Task> _answer;

    public LoopbackServer(Func<Request, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/list.xml");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Every request so far.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Stop();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_closing.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var request = await Request.ReadAsync(client.GetStream(), _closing.Token);
                Requests.Enqueue(request);
                await _answer(request);
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    internal sealed class Request(string path, Dictionary<string, string> headers, Stream stream, CancellationToken closing)
    {
        public string Path => path;

        public string? Header(string name) => headers.GetValueOrDefault(name);

        public Task SendAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), closing).AsTask();

        public async Task OkAsync(string body, string headers = "Content-Type: application/xml\r\n", int? length = null) =>
            await SendAsync($"HTTP/1.1 200 OK\r\n{headers}Content-Length: {(length ?? Encoding.UTF8.GetByteCount(body)).ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n\r\n{body}");

        public Task StatusAsync(string status, string headers = "") =>
            SendAsync($"HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n");

        /// <summary>Says nothing more until the client hangs up or the test is over.</summary>
        public async Task FallSilentAsync() => await stream.CopyToAsync(Stream.Null, closing);

        public static async Task<Request> ReadAsync(Stream stream, CancellationToken closing)
        {
            var text = new StringBuilder();
            var one = new byte[1];
            while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, closing) == 1)
                text.Append((char)one[0]);
            var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length == 0)
                throw new IOException("no request");
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            return new Request(lines[0].Split(' ')[1], headers, stream, closing);
        }
    }
}
