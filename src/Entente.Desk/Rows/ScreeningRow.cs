using System.Collections.Immutable;
using Entente.Screening;

namespace Entente.Desk.Rows;

/// <summary>One row of a file to screen: something to ask, or why it cannot be asked.</summary>
/// <param name="Number">Its place among the rows, from 1; header and blank lines do not count.</param>
/// <param name="Id">The row's own reference, if it has one.</param>
/// <param name="Name">The name as given, for the answer; null when there is none.</param>
/// <param name="Query">What to screen; null when <paramref name="Fault"/> is set.</param>
/// <param name="Fault">Why the row cannot be screened, with its line; null when it can.</param>
/// <param name="Warnings">Values that were not understood and so play no part.</param>
public sealed record ScreeningRow(
    long Number, string? Id, string? Name, Query? Query, string? Fault, ImmutableArray<string> Warnings)
{
    /// <summary>A row that cannot be screened.</summary>
    /// <param name="number">Its place among the rows, from 1.</param>
    /// <param name="line">Its line in the file, from 1.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="id">Its reference, if known.</param>
    /// <param name="name">Its name, if known.</param>
    /// <returns>The row.</returns>
    public static ScreeningRow Bad(long number, long line, string fault, string? id = null, string? name = null) =>
        new(number, id, name, null, $"line {line}: {fault}", []);
}
