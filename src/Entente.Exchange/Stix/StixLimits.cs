namespace Entente.Exchange.Stix;

/// <summary>How much is read of what somebody else wrote, before it is refused.</summary>
public sealed record StixLimits
{
    /// <summary>The usual limits.</summary>
    public static StixLimits Usual { get; } = new();

    /// <summary>Most bytes of a bundle; 32 MiB. Memory in use is a small multiple of it.</summary>
    public int Bytes { get; init; } = 32 << 20;

    /// <summary>Most objects of a bundle; 100,000.</summary>
    public int Objects { get; init; } = 100_000;

    /// <summary>How deep lists and objects may stand in each other; 32.</summary>
    public int Depth { get; init; } = 32;
}
