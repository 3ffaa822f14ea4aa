namespace Entente.Exchange.Stix;

/// <summary>Something is not the STIX that was expected. The message is one line, for people: where, what is wrong, what was expected.</summary>
public sealed class StixFormatException : FormatException
{
    /// <summary>Tells where something is not STIX, and why.</summary>
    /// <param name="source">The file or address, as messages shall name it.</param>
    /// <param name="path">Where in it, such as <c>objects[3].modified</c>; empty for all of it.</param>
    /// <param name="problem">What is wrong and what was expected, one sentence.</param>
    /// <param name="inner">What noticed it, if anything.</param>
    public StixFormatException(string source, string path, string problem, Exception? inner = null)
        : base(path.Length > 0 ? $"{source}, {path}: {problem}" : $"{source}: {problem}", inner)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>Where, such as <c>objects[3].modified</c>.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }
}
