using System.Text.Json.Serialization;

namespace Entente.Records.Markings;

/// <summary>How far a source and what it said are to be relied on: the Admiralty (NATO) scale, six by six, such as <c>B2</c>.</summary>
/// <remarks>NATO STANAG 2511 / AJP-2.1. <c>default</c> is no grade and prints as nothing.</remarks>
[JsonConverter(typeof(SourceGradeConverter))]
public readonly record struct SourceGrade
{
    private SourceGrade(char source, char information)
    {
        Source = source;
        Information = information;
    }

    /// <summary>The source: <c>A</c> completely reliable, <c>B</c> usually, <c>C</c> fairly, <c>D</c> not usually, <c>E</c> unreliable, <c>F</c> cannot be judged.</summary>
    public char Source { get; }

    /// <summary>What it said: <c>1</c> confirmed, <c>2</c> probably true, <c>3</c> possibly, <c>4</c> doubtful, <c>5</c> improbable, <c>6</c> cannot be judged.</summary>
    public char Information { get; }

    /// <summary>Reads a grade such as <c>B2</c>; small letters are accepted.</summary>
    /// <param name="text">The text; null is no grade.</param>
    /// <param name="grade">The grade, or <c>default</c>.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out SourceGrade grade)
    {
        grade = default;
        if (text?.Trim() is not [var source, var information] || char.ToUpperInvariant(source) is not (>= 'A' and <= 'F') || information is not (>= '1' and <= '6'))
            return false;
        grade = new SourceGrade(char.ToUpperInvariant(source), information);
        return true;
    }

    /// <summary>The grade as it is written, such as <c>B2</c>.</summary>
    /// <returns>Two characters; empty for <c>default</c>.</returns>
    public override string ToString() => Source == default ? "" : $"{Source}{Information}";
}
