using System.Text.Json.Serialization;

namespace Entente.Scale;

/// <summary>What was measured of a list of one size, in a process of its own.</summary>
internal sealed record Measured
{
    public required int Entities { get; init; }

    public required int Names { get; init; }

    public required double GenerateSeconds { get; init; }

    public required long FileBytes { get; init; }

    public required double ReadSeconds { get; init; }

    /// <summary>Managed heap that the entities take, as they are read from FtM JSON lines.</summary>
    public required long EntityHeapBytes { get; init; }

    public required double BuildSeconds { get; init; }

    /// <summary>Managed heap that the index takes on top of the entities.</summary>
    public required long IndexHeapBytes { get; init; }

    /// <summary>The process in memory, with entities and index, garbage collected.</summary>
    public required long ResidentBytes { get; init; }

    /// <summary>The most that the process ever took; null where the system does not tell.</summary>
    public long? PeakResidentBytes { get; init; }

    public required int Queries { get; init; }

    public required double MedianMs { get; init; }

    public required double P95Ms { get; init; }

    public required double P99Ms { get; init; }

    public required double MaxMs { get; init; }

    public required double QueriesPerSecond { get; init; }

    /// <summary>Queries that some made-up entity matched.</summary>
    public required int Alerts { get; init; }
}

/// <summary>Writes and reads what passes between the processes.</summary>
[JsonSerializable(typeof(Measured))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class MeasuredJson : JsonSerializerContext;
