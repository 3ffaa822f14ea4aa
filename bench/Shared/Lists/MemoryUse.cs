using System.Diagnostics;
using System.Globalization;

namespace Entente.Bench;

/// <summary>How much memory the process holds at a moment.</summary>
/// <param name="Heap">Managed bytes still reachable, after full collections.</param>
/// <param name="Resident">Bytes of the process in memory (RSS).</param>
internal readonly record struct MemoryUse(long Heap, long Resident)
{
    private const string ProcessStatus = "/proc/self/status";

    /// <summary>Collects all garbage, then looks.</summary>
    public static MemoryUse Now()
    {
        // Twice: what finalizers let go of is free only after the second.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        using Process process = Process.GetCurrentProcess();
        return new MemoryUse(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
    }

    /// <summary>The most that was ever resident; null where the system does not tell.</summary>
    public static long? Peak()
    {
        if (File.Exists(ProcessStatus))
        {
            string? line = File.ReadLines(ProcessStatus).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : 1024 * long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 is > 0 and long peak ? peak : null;
    }

    public static MemoryUse operator -(MemoryUse after, MemoryUse before) => new(after.Heap - before.Heap, after.Resident - before.Resident);
}
