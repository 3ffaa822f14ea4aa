namespace Entente.Lists.Snapshots;

/// <summary>
/// The store cannot do what was asked: a file is damaged or missing, or another process is writing. The message says
/// which file and what to do, and is fit to be shown as it is.
/// </summary>
public sealed class SnapshotException : Exception
{
    /// <summary>Makes the exception with a message for the operator.</summary>
    public SnapshotException(string message) : base(message) { }

    /// <summary>Makes the exception with a message for the operator and the fault behind it.</summary>
    public SnapshotException(string message, Exception inner) : base(message, inner) { }
}
