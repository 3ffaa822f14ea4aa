using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Bench;

namespace Entente.Load;

/// <summary>What came of one load.</summary>
/// <param name="Batch">Names in each request.</param>
/// <param name="Connections">Connections, each with one request at a time.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="Failed">Of these, not with 200.</param>
/// <param name="Seconds">In this time.</param>
/// <param name="Milliseconds">How long each took, sorted.</param>
/// <param name="NodeCores">Processors that the node was busy on, on average.</param>
/// <param name="FirstFailure">What the first that failed said.</param>
/// <param name="Garbage">What collecting garbage cost meanwhile.</param>
internal sealed record LoadResult(int Batch, int Connections, long Requests, long Failed, double Seconds, double[] Milliseconds, double NodeCores, string? FirstFailure, GarbageCollections Garbage)
{
    public double NamesPerSecond => Requests * Batch / Seconds;

    public double At(double share) => Milliseconds.Length == 0 ? double.NaN : Quantile.Of(Milliseconds, share);

    public JsonObject ToJson() => new()
    {
        ["batch"] = Batch,
        ["connections"] = Connections,
        ["requests"] = Requests,
        ["failed"] = Failed,
        ["seconds"] = Seconds,
        ["namesPerSecond"] = NamesPerSecond,
        ["requestsPerSecond"] = Requests / Seconds,
        ["p50Ms"] = At(0.5),
        ["p95Ms"] = At(0.95),
        ["p99Ms"] = At(0.99),
        ["maxMs"] = At(1),
        ["nodeCores"] = NodeCores,
        ["gcPauseSeconds"] = Garbage.PauseSeconds,
        ["gcCollections"] = Garbage.Gen0,
    };
}

/// <summary>Asks a node over connections that stay open, each one request at a time, for a given time.</summary>
/// <remarks>By plain sockets: on the machine that the node runs on, what the asking costs is taken from the node.</remarks>
internal static class LoadRun
{
    /// <summary>Makes the requests beforehand.</summary>
    /// <param name="names">Names to screen.</param>
    /// <param name="batch">Names in each request.</param>
    /// <param name="key">An API key.</param>
    public static byte[][] Requests(IReadOnlyList<string> names, int batch, string key) => [.. names.Chunk(batch).Where(chunk => chunk.Length == batch).Select(chunk =>
    {
        JsonObject queries = [];
        for (int i = 0; i < chunk.Length; i++)
            queries[$"q{i.ToString(CultureInfo.InvariantCulture)}"] = new JsonObject { ["schema"] = "Person", ["properties"] = new JsonObject { ["name"] = new JsonArray(chunk[i]) } };
        byte[] body = Encoding.UTF8.GetBytes(new JsonObject { ["queries"] = queries }.ToJsonString());
        byte[] head = Encoding.ASCII.GetBytes($"POST /match/default HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n");
        return (byte[])[.. head, .. body];
    })];

    /// <summary>Asks.</summary>
    public static async Task<LoadResult> RunAsync(NodeProcess node, byte[][] requests, int batch, int connections, TimeSpan time)
    {
        GarbageCollections garbage = await node.CollectionsAsync();
        TimeSpan worked = node.Worked;
        long begun = Stopwatch.GetTimestamp();
        (List<double> Times, long Failed, string? First)[] all = await Task.WhenAll(Enumerable.Range(0, connections).Select(at => Task.Run(() => ConnectionAsync(node.Port, requests, at * 7919, begun, time))));
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        double[] times = [.. all.SelectMany(one => one.Times).Order()];
        double cores = (node.Worked - worked).TotalSeconds / seconds;
        return new LoadResult(batch, connections, times.Length, all.Sum(one => one.Failed), seconds, times, cores, all.Select(one => one.First).FirstOrDefault(first => first is not null), await node.CollectionsAsync() - garbage);
    }

    private static async Task<(List<double>, long, string?)> ConnectionAsync(int port, byte[][] requests, int from, long begun, TimeSpan time)
    {
        List<double> times = new(1 << 16);
        long failed = 0;
        string? first = null;
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        byte[] buffer = new byte[1 << 20];
        for (int at = from; Stopwatch.GetElapsedTime(begun) < time; at++)
        {
            byte[] request = requests[at % requests.Length];
            long start = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            int length = await AnswerAsync(socket, buffer);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
            {
                failed++;
                first ??= Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 600));
            }
        }
        return (times, failed, first);
    }

    /// <summary>Reads one answer to its end; of a long one, only the begin and the end are kept.</summary>
    private static async Task<int> AnswerAsync(Socket socket, byte[] buffer)
    {
        int length = 0;
        long? whole = null;
        long total = 0;
        bool chunked = false;
        while (true)
        {
            if (length == buffer.Length)
            {
                buffer.AsSpan(length - 1024).CopyTo(buffer.AsSpan(4096));
                length = 4096 + 1024;
            }
            int read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
                throw new IOException($"the node closed the connection. The last that it had said: {Encoding.UTF8.GetString(buffer, 0, 400)}");
            length += read;
            total += read;
            if (whole is null && !chunked)
            {
                int end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
                if (end < 0)
                    continue;
                string head = Encoding.ASCII.GetString(buffer, 0, end).ToUpperInvariant();
                chunked = head.Contains("TRANSFER-ENCODING: CHUNKED", StringComparison.Ordinal);
                int at = head.IndexOf("CONTENT-LENGTH:", StringComparison.Ordinal);
                if (!chunked)
                    whole = end + 4 + (at < 0 ? 0 : long.Parse(head[(at + 15)..].Split('\r')[0], CultureInfo.InvariantCulture));
            }
            if (chunked ? buffer.AsSpan(0, length).EndsWith("\r\n0\r\n\r\n"u8) : total >= whole)
                return length;
        }
    }
}
