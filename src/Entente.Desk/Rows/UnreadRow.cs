namespace Entente.Desk.Rows;

/// <summary>
/// A row that was found in the file but not yet understood. Finding rows is work for one, in file order; understanding
/// them (dates, countries, JSON) is work that many can share, and that nobody need do for a row that is passed over.
/// </summary>
/// <param name="Number">Its place among the rows, from 1; header and blank lines do not count.</param>
/// <param name="Size">How long it is, in UTF-16 units.</param>
/// <param name="Read">Understands it. Safe on any thread.</param>
public readonly record struct UnreadRow(long Number, int Size, Func<ScreeningRow> Read);
