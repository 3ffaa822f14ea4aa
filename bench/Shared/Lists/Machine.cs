using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Entente.Bench;

/// <summary>What figures were made on, without which they say nothing.</summary>
internal static class Machine
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The model name of the processor, as far as the system tells.</summary>
    public static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        string? line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    public static string Line() => FormattableString.Invariant(
        $"{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors ({Processor()}), {Megabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} of memory");

    public static JsonObject ToJson() => new()
    {
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["processor"] = Processor(),
        ["processors"] = Environment.ProcessorCount,
        ["memoryBytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
    };

    public static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / (1024.0 * 1024):N1} MiB");

    public static void Write(string path, JsonObject whole) => File.WriteAllText(path, whole.ToJsonString(Indented) + "\n");
}
