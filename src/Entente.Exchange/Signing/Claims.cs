namespace Entente.Exchange.Signing;

/// <summary>What is checked of every signed message once its signature holds.</summary>
internal static class Claims
{
    // A clock that is an hour off stops no exchange; a time far ahead would outlive every rotation and recall.
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    // Years 1 and 9999 in Unix seconds: all that a DateTimeOffset holds.
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>A time given in Unix seconds.</summary>
    public static DateTimeOffset Time(long seconds, string what) => seconds >= Earliest && seconds <= Latest
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw new RefusedException(Refusal.Malformed, $"The {what} names a time that there is not.");

    /// <summary>When a message was made, if that is not long after now.</summary>
    public static DateTimeOffset Made(long seconds, DateTimeOffset now, string what)
    {
        var made = Time(seconds, what);
        return made - now <= MostAhead ? made : throw new RefusedException(Refusal.FromTheFuture, $"The {what} says that it was made more than a day from now: a clock is wrong here or at its issuer.");
    }

    /// <summary>Refuses what comes from another node than expected.</summary>
    public static void Issuer(string found, string expected, string what)
    {
        if (found != expected)
            throw new RefusedException(Refusal.WrongIssuer, $"The {what} names another node as its issuer than the one that signed it.");
    }

    /// <summary>Refuses what was made for another node.</summary>
    public static void Audience(string found, string expected, string what)
    {
        if (found != expected)
            throw new RefusedException(Refusal.WrongAudience, $"The {what} was made for another node.");
    }
}
