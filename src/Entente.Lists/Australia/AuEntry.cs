namespace Entente.Lists.Australia;

/// <summary>One entry as its rows come in.</summary>
internal sealed class AuEntry(string reference, int line)
{
    /// <summary>The reference without the letters of the further names.</summary>
    public string Reference => reference;

    /// <summary>Where its first row stands.</summary>
    public int Line => line;

    /// <summary>Its rows, in file order.</summary>
    public List<AuRow> Rows { get; } = [];
}

/// <summary>One row: a name, and what the entry's rows repeat.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="IsFurther">Whether its reference has a letter: a further name of the entry.</param>
/// <param name="Values">What it holds, by column; none blank.</param>
internal sealed record AuRow(int Line, bool IsFurther, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The value of a column; null where there is none.</summary>
    public string? Value(string column) => Values.GetValueOrDefault(column);
}
