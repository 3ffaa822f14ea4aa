namespace Entente.Exchange.Signing;

/// <summary>Something that came from outside was not taken. The message is one line, for people: what is wrong with it, never what it held.</summary>
public sealed class RefusedException : Exception
{
    /// <summary>Tells what was not taken, and why.</summary>
    /// <param name="reason">Why, for programs.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="inner">What noticed it, if anything.</param>
    public RefusedException(Refusal reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    /// <summary>Why, for programs.</summary>
    public Refusal Reason { get; }
}
