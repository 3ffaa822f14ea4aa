namespace Entente.Lists;

/// <summary>Bounds on what a list file may ask of this machine. A file beyond one of them is refused whole.</summary>
public sealed record ListLimits
{
    /// <summary>Bounds that every official list of today keeps with a wide margin.</summary>
    public static ListLimits Default { get; } = new();

    /// <summary>Size of the whole file, in bytes; of a packed one, packed and unpacked. Default 2 GiB.</summary>
    public long MaxBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How many times its packed size a file may unpack to, beyond the first 16 MiB. Lists pack to a twentieth at
    /// best; what packs better is made to fill the memory. Default 200.</summary>
    public int MaxUnpackRatio { get; init; } = 200;

    /// <summary>Length of one value, in UTF-16 units. Default 1 Mi. In JSON lines it bounds the line, sixteen times over.</summary>
    public int MaxValueLength { get; init; } = 1024 * 1024;

    /// <summary>Number of entities of all schemata. Default 5 million.</summary>
    public int MaxEntities { get; init; } = 5_000_000;

    /// <summary>Number of XML elements in one record. Default 50,000.</summary>
    public int MaxElementsPerRecord { get; init; } = 50_000;

    /// <summary>Number of warnings that are kept; of more than that, only their number is told. Default 100,000.</summary>
    public int MaxWarnings { get; init; } = 100_000;
}
