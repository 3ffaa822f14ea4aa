namespace Entente.Lists.Snapshots;

/// <summary>How an update ended. Whatever the ending, a version that was in use is harmed by none.</summary>
public abstract record UpdateResult
{
    private UpdateResult() { }

    /// <summary>A version that was not in use was fetched, added, accepted or gone back to; it was read whole and put to use.</summary>
    /// <param name="Current">The version now in use.</param>
    /// <param name="Previous">The one before; null at the first update, or where the one before could not be read.</param>
    public sealed record Updated(Snapshot Current, Snapshot? Previous) : UpdateResult;

    /// <summary>The server said that the version in use is still the latest; nothing was fetched.</summary>
    /// <param name="Current">The version in use.</param>
    public sealed record NotModified(Snapshot Current) : UpdateResult;

    /// <summary>The file was fetched and is, byte for byte, the version in use.</summary>
    /// <param name="Current">The version in use.</param>
    public sealed record Unchanged(Snapshot Current) : UpdateResult;

    /// <summary>A new version was fetched and read, but looks suspicious; it is kept aside until a person accepts it.</summary>
    /// <param name="Version">The version set aside.</param>
    /// <param name="Current">The version that stays in use.</param>
    /// <param name="Reason">What is suspicious and what to do, for the operator.</param>
    public sealed record Held(Snapshot Version, Snapshot Current, string Reason) : UpdateResult;

    /// <summary>Nothing was put to use.</summary>
    /// <param name="Reason">What went wrong and what to do, for the operator.</param>
    /// <param name="Current">The version that stays in use; null where there is none that can be read.</param>
    public sealed record Failed(string Reason, Snapshot? Current) : UpdateResult;
}

/// <summary>How much of a download has come in.</summary>
/// <param name="BytesReceived">Bytes so far.</param>
/// <param name="BytesExpected">Bytes in all; null where the server does not say.</param>
public readonly record struct DownloadProgress(long BytesReceived, long? BytesExpected);

/// <summary>What an update puts up with.</summary>
public sealed record UpdateLimits
{
    /// <summary>The longest file taken, in bytes; 512 MiB unless set.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>The longest time without a byte from the server; one minute unless set.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time for the whole download; 15 minutes unless set.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many redirects are followed; 5 unless set.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>A version that lacks this share of the entities in use, or more, is held; a third unless set.</summary>
    public double MaxShrink { get; init; } = 1.0 / 3;

    /// <summary>Which former versions are kept; <see cref="Retention.Default"/> unless set.</summary>
    public Retention Retention { get; init; } = Retention.Default;
}
