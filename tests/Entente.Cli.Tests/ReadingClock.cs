namespace Entente.Cli.Tests;

/// <summary>A clock that stands still and calls back when it has been read so many times.</summary>
/// <param name="readings">How many.</param>
/// <param name="then">Called once.</param>
internal sealed class ReadingClock(int readings, Action then) : TimeProvider
{
    /// <summary>Bulk screening reads the clock for its progress and for its writing to the disk: as it begins, and after each batch.</summary>
    public static int AfterBatches(int batches) => 2 + (2 * batches);

    private int _left = readings;

    public override long GetTimestamp()
    {
        if (Interlocked.Decrement(ref _left) == 0)
            then();
        return 0;
    }
}
