using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Entente.Node.Bulk;

/// <summary>Threads of their own, at a lower priority than those that answer people: work on them neither takes the place of a request in the queue nor its time.</summary>
internal sealed class QuietThreads : TaskScheduler, IDisposable
{
    // A tenth of the weight of an ordinary thread where both want a core.
    private const int Nice = 10;

    private readonly BlockingCollection<Task> _tasks = [];
    private readonly int _count;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many.</param>
    public QuietThreads(int count)
    {
        _count = count;
        for (var i = 0; i < count; i++)
            new Thread(Work) { IsBackground = true, Name = $"bulk {i + 1}", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => _count;

    /// <summary>Lets the threads end when what was begun has ended.</summary>
    public void Dispose() => _tasks.CompleteAdding();

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _tasks.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Work()
    {
        // The runtime does not pass priorities on to Linux, where they are of each thread. Elsewhere they would be of the process.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(0, 0, Nice);
        foreach (var task in _tasks.GetConsumingEnumerable())
            TryExecuteTask(task);
    }

    [DllImport("libc", EntryPoint = "setpriority"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
