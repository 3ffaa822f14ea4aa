namespace Entente.Cli;

/// <summary>What the process says to the shell. Others script against these numbers: add, never change.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something failed; stderr says what, where and what to do.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself was wrong.</summary>
    public const int BadUsage = 2;

    /// <summary><c>screen --fail-on-match</c> found a match.</summary>
    public const int Matched = 3;
}
