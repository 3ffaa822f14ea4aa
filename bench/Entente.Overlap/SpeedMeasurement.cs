using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Entente.Bench;
using Entente.Exchange.Overlap.Protocol;

namespace Entente.Overlap;

/// <summary>The first round of two processes over loopback, beside what OpenSSL says of the same cores.</summary>
internal static class SpeedMeasurement
{
    private const double Goal = 1.3;
    private const int OpenSslSeconds = 3;

    public static async Task<bool> RunAsync(int keys)
    {
        int cores = Environment.ProcessorCount;
        Console.WriteLine(Machine.Line());
        double? byClock = OpenSslSpeed.Measure(cores, OpenSslSeconds, byProcessorTime: false), byProcessor = OpenSslSpeed.Measure(cores, OpenSslSeconds, byProcessorTime: true);
        (SideFigures a, SideFigures b) = await RoundAsync(keys);
        // Again, for a machine with other work is not as fast now as then.
        byClock = Mean(byClock, OpenSslSpeed.Measure(cores, OpenSslSeconds, byProcessorTime: false));
        byProcessor = Mean(byProcessor, OpenSslSpeed.Measure(cores, OpenSslSeconds, byProcessorTime: true));

        long multiplications = a.Multiplications + b.Multiplications;
        double seconds = Math.Max(a.Seconds, b.Seconds), processor = a.ProcessorSeconds + b.ProcessorSeconds;
        double perSecond = multiplications / seconds, perProcessorSecond = multiplications / processor;
        Console.WriteLine($"keys               {keys:N0} on each side, shown as {a.Band:N0}; {a.Common:N0} in common");
        Console.WriteLine($"time               {seconds:0.0} s, of which blinding {Math.Max(a.Blinding, b.Blinding):0.0} s; {processor:0.0} s of processors, {processor / seconds / cores:P0} of {cores}");
        Console.WriteLine($"multiplications    {multiplications:N0}: {perSecond:N0} a second, hashing and all else included");
        Console.WriteLine($"on the wire        {a.Sent + b.Sent:N0} bytes, {(double)(a.Sent + b.Sent) / (2 * keys):0.0} a key");
        Console.WriteLine($"memory at most     {a.PeakMemory / 1048576:N0} and {b.PeakMemory / 1048576:N0} MiB");
        if (byClock is not { } openssl || byProcessor is not { } opensslProcessor)
        {
            Console.WriteLine("openssl            not found: no ratio");
            return true;
        }

        Console.WriteLine($"openssl speed      {openssl:N0} a second on {cores} cores by the clock, {opensslProcessor:N0} by time of processors");
        Console.WriteLine($"ratio              {openssl / perSecond:0.00} by the clock, {opensslProcessor / cores / perProcessorSecond:0.00} by time of processors (goal {Goal})");
        return openssl / perSecond <= Goal;
    }

    /// <summary>The other side: connects, takes part, prints its figures.</summary>
    public static async Task AnswerAsync(int port, int keys)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        Console.WriteLine(Side.ToJson(await Side.RunAsync(OverlapSide.Answerer, keys, client.GetStream())));
    }

    private static async Task<(SideFigures A, SideFigures B)> RoundAsync(int keys)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using Process other = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? (string[])[typeof(SpeedMeasurement).Assembly.Location] : [], "answer", "--port", port.ToString(CultureInfo.InvariantCulture), "--keys", keys.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            SideFigures a = await Side.RunAsync(OverlapSide.Asker, keys, client.GetStream());
            SideFigures b = Side.FromJson(await other.StandardOutput.ReadToEndAsync());
            if (a.Transcript != b.Transcript || a.Common != b.Common || a.Common != keys - (keys / 2))
                throw new InvalidOperationException("The two sides found different things, or not what there is.");
            return (a, b);
        }
        finally
        {
            if (!other.WaitForExit(TimeSpan.FromSeconds(10)))
                other.Kill();
        }
    }

    private static double? Mean(double? a, double? b) => (a + b) / 2;
}
