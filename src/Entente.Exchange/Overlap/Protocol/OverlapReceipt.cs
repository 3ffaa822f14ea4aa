namespace Entente.Exchange.Overlap.Protocol;

/// <summary>What became of a message that came.</summary>
public enum OverlapReceipt
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>It was the next one, and was taken.</summary>
    Taken,

    /// <summary>It had been taken before.</summary>
    Repeated,

    /// <summary>Messages before it are missing: send <see cref="OverlapSession.Resume"/>.</summary>
    Missing,
}
