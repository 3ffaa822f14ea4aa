namespace Entente.Bench.Peers;

/// <summary>What the command line asked for, paths resolved.</summary>
internal sealed record Options
{
    /// <summary>Folder of the real data.</summary>
    public required string Data { get; init; }

    /// <summary>Which lists are run on, one after the other: <c>un</c>, <c>union</c>.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>Where the results are written as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>At most this many rows of each query file; 0 is all.</summary>
    public int Rows { get; init; }

    /// <summary>At most this many ordinary people of each file; 0 is all.</summary>
    public int Ordinary { get; init; }

    /// <summary>Comparisons of two names that FuzzySharp may make for one measurement: it decides how many queries it gets.</summary>
    public long FuzzyComparisons { get; init; }

    /// <summary>A PostgreSQL server to use; null to start a private one.</summary>
    public string? Postgres { get; init; }
}
