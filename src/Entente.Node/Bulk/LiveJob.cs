namespace Entente.Node.Bulk;

/// <summary>How a job is doing.</summary>
/// <param name="Id">A number that grows with each change, also over a restart of the node: milliseconds since 1970, or one more than before.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Rows">Rows done.</param>
/// <param name="Share">Share of the file done, 0 to 1.</param>
/// <param name="Matched">Rows that matched.</param>
/// <param name="Unscreened">Rows that could not be screened.</param>
internal sealed record BulkProgress(long Id, BulkState State, long Rows, double Share, long Matched, long Unscreened)
{
    /// <summary>Whether nothing will change any more.</summary>
    public bool IsEnd => State is BulkState.Done or BulkState.Failed or BulkState.Cancelled;
}

/// <summary>A job that this process has in hand: its progress, which any number may wait for, and the way to cancel it.</summary>
internal sealed class LiveJob : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private BulkProgress _progress;
    private long _told;

    public LiveJob(TimeProvider clock)
    {
        _clock = clock;
        _progress = new BulkProgress(clock.GetUtcNow().ToUnixTimeMilliseconds(), BulkState.Waiting, 0, 0, 0, 0);
    }

    /// <summary>Cancelled when a person cancels the job.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Who cancelled it: <see cref="Access.Actor.Id"/>; null while nobody has.</summary>
    public string? CancelledBy { get; private set; }

    /// <summary>How it is doing, and what ends when that changes.</summary>
    public (BulkProgress Progress, Task Changed) Look()
    {
        lock (_lock)
            return (_progress, _changed.Task);
    }

    /// <summary>Cancels the job.</summary>
    /// <param name="by">Who does.</param>
    public void Cancel(string by)
    {
        CancelledBy ??= by;
        try
        {
            _cancelled.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    /// <summary>Says how it is doing, if there is something new to say and it was not said just now.</summary>
    public void Report(long rows, double? share, long matched, long unscreened)
    {
        if (_clock.GetElapsedTime(_told) >= Pace)
            Tell(BulkState.Running, rows, share ?? 0, matched, unscreened);
    }

    /// <summary>Says how it is doing.</summary>
    public void Tell(BulkState state, long rows, double share, long matched, long unscreened)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _told = _clock.GetTimestamp();
            _progress = new BulkProgress(Math.Max(_progress.Id + 1, _clock.GetUtcNow().ToUnixTimeMilliseconds()), state, rows, Math.Min(share, 1), matched, unscreened);
            (changed, _changed) = (_changed, New());
        }
        changed.SetResult();
    }

    public void Dispose() => _cancelled.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
