using System.Globalization;

namespace Entente.Lists;

/// <summary>A list or another table of outside data could not be read, and nothing of it may be used. The message is one line, for people: file, place, what is wrong, what to do.</summary>
public sealed class ListFormatException : FormatException
{
    /// <summary>Tells where a list could not be read, and why.</summary>
    /// <param name="file">The file, as the user named it.</param>
    /// <param name="line">The line, from 1, when known.</param>
    /// <param name="column">The column, from 1, when known.</param>
    /// <param name="problem">What is wrong and what to do, one or two sentences on one line.</param>
    /// <param name="inner">What noticed it, if anything.</param>
    public ListFormatException(string file, int? line, int? column, string problem, Exception? inner = null)
        : base(Compose(file, line, column, OneLine(problem)), inner)
    {
        File = file;
        Line = line;
        Column = column;
        Problem = OneLine(problem);
    }

    /// <summary>The file, as the user named it.</summary>
    public string File { get; }

    /// <summary>The line, from 1, when known.</summary>
    public int? Line { get; }

    /// <summary>The column, from 1, when known.</summary>
    public int? Column { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    // Problems quote what they are about, and a damaged file holds anything.
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) ? '?' : c)]) : text;

    private static string Compose(string file, int? line, int? column, string problem)
    {
        var place = line is null ? "" : string.Create(CultureInfo.InvariantCulture, $", line {line}");
        if (line is not null && column is not null)
            place += string.Create(CultureInfo.InvariantCulture, $", column {column}");
        return $"{file}{place}: {problem}";
    }
}
