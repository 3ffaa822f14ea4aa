using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Entente.Exchange.Overlap.Protocol;

namespace Entente.Overlap;

/// <summary>What one side of a measured round spent and found.</summary>
internal sealed record SideFigures(int Keys, int Band, int Common, double Blinding, double Seconds, double ProcessorSeconds, long Sent, long PeakMemory, long Multiplications, string Transcript);

/// <summary>One side of a measured round, over a connection.</summary>
internal static class Side
{
    // More than the protocol lets the other side be ahead.
    private const int MessagesWaiting = 32;

    public static async Task<SideFigures> RunAsync(OverlapSide side, int keys, NetworkStream stream)
    {
        int first = side == OverlapSide.Asker ? 0 : keys / 2;
        OverlapInput input = OverlapInput.Which(
            [.. Enumerable.Range(first, keys).Select(number => OverlapKey.Of("bench", number.ToString(CultureInfo.InvariantCulture)))], new byte[keys]);
        // Both have their keys before the clock starts.
        await stream.WriteAsync(new byte[] { 1 });
        await stream.ReadExactlyAsync(new byte[1]);

        using var process = Process.GetCurrentProcess();
        TimeSpan spent = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        using OverlapSession session = OverlapSession.Start(InMemory.Terms(1, OverlapMode.Which), side, input);
        double blinding = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var coming = Channel.CreateBounded<byte[]>(MessagesWaiting);
        Task reading = ReadAsync(stream, coming.Writer);
        long sent = 0;
        while (!session.IsComplete)
        {
            while (session.TryGetNext(out byte[] message))
            {
                byte[] length = new byte[4];
                System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
                await stream.WriteAsync(length);
                await stream.WriteAsync(message);
                sent += length.Length + message.Length;
            }

            if (!session.IsComplete)
                session.Receive(await coming.Reader.ReadAsync());
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        OverlapOutcome outcome = session.Outcome();
        stream.Socket.Shutdown(SocketShutdown.Send);
        await reading;
        return new SideFigures(
            keys, OverlapBands.Of(keys), outcome.Keys, blinding, seconds, (process.TotalProcessorTime - spent).TotalSeconds, sent, process.PeakWorkingSet64, (long)keys + outcome.PartnerBand, outcome.Transcript);
    }

    private static async Task ReadAsync(NetworkStream stream, ChannelWriter<byte[]> into)
    {
        byte[] length = new byte[4];
        while (await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false) == length.Length)
        {
            int size = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(length);
            if (size is < 0 or > OverlapSession.LongestMessage)
                throw new InvalidDataException("A message of the other side is too long.");
            byte[] message = new byte[size];
            await stream.ReadExactlyAsync(message);
            await into.WriteAsync(message);
        }

        into.Complete();
    }

    public static string ToJson(SideFigures figures) => JsonSerializer.Serialize(figures);

    public static SideFigures FromJson(string json) => JsonSerializer.Deserialize<SideFigures>(json) ?? throw new InvalidDataException("The other side gave no figures.");
}
