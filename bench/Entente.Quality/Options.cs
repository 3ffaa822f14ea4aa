namespace Entente.Bench;

/// <summary>What the command line asked for, paths resolved.</summary>
internal sealed record Options
{
    /// <summary>Folder of the real data, or null where there is none.</summary>
    public string? Data { get; init; }

    /// <summary>Labelled name pairs.</summary>
    public required string Pairs { get; init; }

    /// <summary>Where the misses are written, one per line, tab-separated.</summary>
    public string? Misses { get; init; }

    /// <summary>Where the results are written as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>Queries screened at the same time (never while latency is measured).</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>At most this many rows of each file, spread evenly over it; 0 is all.</summary>
    public int Rows { get; init; }

    /// <summary>Exit 1 when a goal is missed or could not be measured.</summary>
    public bool Check { get; init; }
}
