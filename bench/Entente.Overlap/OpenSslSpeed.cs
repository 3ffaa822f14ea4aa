using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Overlap;

/// <summary>What <c>openssl speed ecdhp256</c> does on this machine: one agreement is one multiplication of a point.</summary>
internal static partial class OpenSslSpeed
{
    /// <summary>Agreements a second on so many cores at once; null where the command is missing.</summary>
    /// <param name="cores">How many.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="byProcessorTime">By the time that processors spent, else by the clock on the wall.</param>
    public static double? Measure(int cores, int seconds, bool byProcessorTime)
    {
        double?[] each = new double?[cores];
        Parallel.For(0, cores, new ParallelOptions { MaxDegreeOfParallelism = cores }, i => each[i] = One(seconds, byProcessorTime));
        return each.Contains(null) ? null : each.Sum();
    }

    private static double? One(int seconds, bool byProcessorTime)
    {
        try
        {
            string[] mode = byProcessorTime ? [] : ["-elapsed"];
            using Process? process = Process.Start(new ProcessStartInfo("openssl", ["speed", .. mode, "-seconds", seconds.ToString(CultureInfo.InvariantCulture), "ecdhp256"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (process is null)
                return null;
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Match found = Line().Match(output);
            return found.Success ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"ecdh \(nistp256\)\s+\S+\s+([\d.]+)")]
    private static partial Regex Line();
}
