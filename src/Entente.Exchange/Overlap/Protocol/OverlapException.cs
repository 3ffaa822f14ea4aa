namespace Entente.Exchange.Overlap.Protocol;

/// <summary>The other side broke the protocol: the run is over, and nothing it gave is to be used.</summary>
/// <remarks>The message says what was wrong and in which message, in words for a log; it holds no key and no name.</remarks>
public sealed class OverlapException : Exception
{
    /// <summary>A breach.</summary>
    public OverlapException()
    {
    }

    /// <summary>A breach.</summary>
    /// <param name="message">What was wrong.</param>
    public OverlapException(string message)
        : base(message)
    {
    }

    /// <summary>A breach found by another exception.</summary>
    /// <param name="message">What was wrong.</param>
    /// <param name="innerException">The other exception.</param>
    public OverlapException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
