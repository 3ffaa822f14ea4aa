namespace Entente.Records.Json;

/// <summary>A record could not be read. The message is one line, for people: file, line, what is wrong, what to do.</summary>
public sealed class RecordFormatException : FormatException
{
    /// <summary>Tells where a record could not be read, and why.</summary>
    /// <param name="source">The file, as the user named it.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="problem">What is wrong and what to do, one sentence.</param>
    /// <param name="inner">What noticed it, if anything.</param>
    public RecordFormatException(string source, int line, string problem, Exception? inner = null)
        : base($"{source}, line {line}: {problem}", inner)
    {
        SourceName = source;
        Line = line;
        Problem = problem;
    }

    /// <summary>The file, as the user named it.</summary>
    public string SourceName { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }
}
