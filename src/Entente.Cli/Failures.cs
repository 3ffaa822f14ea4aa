namespace Entente.Cli;

/// <summary>Work that could not be done. The message is for a person: what, where (file, line), what to do.</summary>
internal sealed class FailureException(string message) : Exception(message);

/// <summary>A command line that asks for nothing we can do. Ends the process with <see cref="ExitCodes.BadUsage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
